//! Servers that nobody meant to build. Each gives a Finding or an honest "undecided", and the run
//! goes on to its end with little memory.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use proofhouse::contract::Contract;
use proofhouse::document;
use proofhouse::event::{CaseOutcome, Event};
use proofhouse::extract;
use proofhouse::runner::{self, Plan};
use proofhouse::source::DocumentId;
use proofhouse::target::{Lent, Live, LiveOptions};

const KETTLES: &str = "\
## 1.1 Showing a Kettle

## URI

GET /v1/kettles/{kettle_id}

Table 1-1 Parameters

Parameter\tMandatory\tDescription
kettle_id\tYes\tThe ID of the kettle.

## Response

Table 1-2 Response parameters

Parameter\tType\tDescription
name\tString\tThe name of the kettle.
litres\tInteger\tHow much it holds.

Example

```
{\"name\": \"Grey\", \"litres\": 2}
```

## Status codes

Normal\tDescription
200\tThe kettle is shown.
";

fn kettles() -> Contract {
    let document = document::read(&DocumentId::new("kettles"), KETTLES.as_bytes());
    let contract = extract::read(&document).contract;
    assert_eq!(contract.operations.len(), 1, "{contract:#?}");
    contract
}

/// A server that does `misdeed` to every connection, once it has read the head of a request.
pub fn server(misdeed: impl Fn(&mut TcpStream) + Send + Sync + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    let misdeed = Arc::new(misdeed);
    thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let misdeed = Arc::clone(&misdeed);
            thread::spawn(move || {
                let mut head = [0; 4096];
                // A client that goes away is what some of these servers deserve.
                let _ = stream.read(&mut head);
                misdeed(&mut stream);
            });
        }
    });
    endpoint
}

pub fn says(answer: &'static str) -> impl Fn(&mut TcpStream) + Send + Sync {
    move |stream| {
        let _ = stream.write_all(answer.as_bytes());
    }
}

/// How each case ended, and which checks accused the server of what.
pub fn run(endpoint: &str) -> (Vec<CaseOutcome>, Vec<String>) {
    let contract = kettles();
    let mut lent = Lent::default();
    lent.0.insert("kettle_id".to_owned(), vec!["k1".to_owned()]);
    let options = LiveOptions {
        lent,
        patience: Duration::from_millis(500),
        ..LiveOptions::new(endpoint)
    };
    let mut target = Live::connect(options).unwrap();
    let (mut outcomes, mut accusations, mut whole) = (Vec::new(), Vec::new(), false);
    let plan = Plan::default();
    runner::run(&contract, &plan, &mut target, &mut |event| match event {
        Event::CaseFinished { outcome, .. } => outcomes.push(outcome.clone()),
        Event::FindingMade(finding) if runner::accuses(finding) => {
            accusations.push(format!("{}: {}", finding.check, finding.title));
        }
        Event::RunFinished { .. } => whole = true,
        _ => {}
    });
    assert!(whole, "the run came to its end");
    accusations.sort();
    accusations.dedup();
    (outcomes, accusations)
}

/// Every case that is run ends, and the server is accused of exactly this.
#[track_caller]
pub fn check(misdeed: impl Fn(&mut TcpStream) + Send + Sync + 'static, expected: &[&str]) {
    let (outcomes, accusations) = run(&server(misdeed));
    assert_eq!(accusations, expected);
    let n_failed = outcomes
        .iter()
        .filter(|outcome| **outcome == CaseOutcome::Failed)
        .count();
    assert!(
        n_failed >= 2,
        "one bad answer does not stop the run: {outcomes:?}"
    );
}

/// These servers say 200 to whatever is asked.
pub const SERVES_ANYTHING: &str = "not_found: served a request for something that does not exist";

#[test]
fn a_page_instead_of_json_is_a_finding() {
    let page = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 26\r\nConnection: close\r\n\r\n<!doctype html><p>Hello\n\n\n";
    check(
        says(page),
        &[
            "body_json: sent a page instead of JSON",
            "content_type: labelled its answer as something else",
            SERVES_ANYTHING,
        ],
    );
}

#[test]
fn half_an_answer_is_a_finding() {
    let half = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"name\":\"Gr";
    check(says(half), &["broken_answer: sent half an answer"]);
}

#[test]
fn json_that_is_none_is_a_finding() {
    let invalid = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 10\r\nConnection: close\r\n\r\n{'name':1}";
    check(
        says(invalid),
        &[
            "body_json: sent something that is not JSON",
            SERVES_ANYTHING,
        ],
    );
}

#[test]
fn what_is_not_http_is_a_finding() {
    check(
        says("SSH-2.0-kettle\r\n"),
        &["broken_answer: sent half an answer"],
    );
}

#[test]
fn a_hundred_megabytes_are_a_finding_and_not_read() {
    const HUGE: u64 = 100_000_000;
    let sent = Arc::new(AtomicU64::new(0));
    let most_sent = Arc::clone(&sent);
    let pours = move |stream: &mut TcpStream| {
        let head = format!(
            "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {HUGE}\r\n\r\n"
        );
        let mut n_sent = 0;
        let chunk = [b' '; 65536];
        let mut poured = stream.write_all(head.as_bytes());
        while poured.is_ok() && n_sent < HUGE {
            poured = stream.write_all(&chunk);
            n_sent += chunk.len() as u64;
        }
        sent.fetch_max(n_sent, Ordering::Relaxed);
    };
    check(pours, &["broken_answer: sent more than a run reads"]);
    let most = most_sent.load(Ordering::Relaxed);
    assert!(most < HUGE / 2, "{most} bytes were taken");
}

#[test]
fn silence_decides_nothing() {
    let (outcomes, accusations) = run(&server(|_| thread::sleep(Duration::from_secs(5))));
    assert_eq!(accusations, [""; 0]);
    let n_undecided = outcomes
        .iter()
        .filter(
            |outcome| matches!(outcome, CaseOutcome::Undecided(reason) if reason == "timed out"),
        )
        .count();
    assert!(n_undecided >= 2, "{outcomes:?}");
}
