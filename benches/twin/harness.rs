//! The harness over HTTP beside a bare loop of the same client: what it costs to make cases and to judge
//! answers, in the time that the answers take.
//!
//! Both send the same requests in the same order, one after the other, to the same server. The rate of
//! the harness is told twice: of a whole run, and of what comes once its cases are planned and its
//! Schemas compiled, which takes the same time however many cases there are.

use std::cell::Cell;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use proofhouse::contract::{Contract, Operation, OperationId};
use proofhouse::event::Event;
use proofhouse::runner::{self, Plan};
use proofhouse::target::live::Auth;
use proofhouse::target::{Lent, Live, LiveOptions, Restored, Target};
use proofhouse::wire::{Request, Response, SendFailure};

/// Generated cases of one turn.
const N: u32 = 10_000;
/// Turns of each, one after the other.
const TURNS: usize = 5;

/// Tries cases of one operation on a server, and sends the same requests by the bare client, in turns.
pub fn beside_a_bare_loop(
    contract: &Arc<Contract>,
    operation: &OperationId,
    server: SocketAddr,
    token: &str,
) {
    let requests = requests(contract, operation, server, token);
    let turns = (0..TURNS).map(|_| Turn {
        harness: harness(contract, operation, server, token),
        bare: bare(&requests, server, token),
    });
    let turns: Vec<Turn> = turns.collect();
    let best = |of: fn(&Turn) -> f64| turns.iter().map(of).fold(0.0, f64::max);
    let (run, planned) = (
        best(|turn| turn.harness.of_all),
        best(|turn| turn.harness.once_planned),
    );
    let bare = best(|turn| turn.bare);
    println!(
        "over HTTP, {} requests of {operation}: {run:.0}/s made and judged in a whole run, {planned:.0}/s once planned; \
         bare loop of the same: {bare:.0}/s; ratios {:.2} and {:.2}",
        requests.len(),
        run / bare,
        planned / bare
    );
}

/// Requests a second, in one turn.
struct Turn {
    harness: Rate,
    bare: f64,
}

/// Requests a second of a run.
struct Rate {
    of_all: f64,
    once_planned: f64,
}

fn connect(contract: &Arc<Contract>, server: SocketAddr, token: &str) -> Live {
    Live::connect(LiveOptions {
        auth: Auth::Token(token.into()),
        contract: Some(Arc::clone(contract)),
        ..LiveOptions::new(&format!("http://{server}"))
    })
    .expect("the server answers")
}

fn plan(operation: &OperationId) -> Plan {
    Plan {
        operations: Some(vec![operation.clone()]),
        generated: N,
        ..Plan::default()
    }
}

/// What the harness sends.
fn requests(
    contract: &Arc<Contract>,
    operation: &OperationId,
    server: SocketAddr,
    token: &str,
) -> Vec<Request> {
    let mut recorder = Recorder {
        live: connect(contract, server, token),
        sent: Vec::new(),
    };
    runner::run(contract, &plan(operation), &mut recorder, &mut |_| {});
    recorder.sent
}

fn harness(
    contract: &Arc<Contract>,
    operation: &OperationId,
    server: SocketAddr,
    token: &str,
) -> Rate {
    let mut live = connect(contract, server, token);
    let n_requests = Cell::new(0);
    let planned = Cell::new(Duration::ZERO);
    let start = Instant::now();
    runner::run(
        contract,
        &plan(operation),
        &mut live,
        &mut |event| match event {
            Event::RunStarted { .. } => planned.set(start.elapsed()),
            Event::CaseFinished { n_exchanges, .. } => {
                n_requests.set(n_requests.get() + n_exchanges);
            }
            _ => {}
        },
    );
    let n = f64::from(n_requests.get());
    Rate {
        of_all: n / start.elapsed().as_secs_f64(),
        once_planned: n / (start.elapsed() - planned.get()).as_secs_f64(),
    }
}

/// Requests a second of a loop that reads each answer and nothing else.
fn bare(requests: &[Request], server: SocketAddr, token: &str) -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("the system gives a runtime");
    runtime.block_on(async {
        let client = reqwest::Client::new();
        let start = Instant::now();
        for request in requests {
            let asked = client
                .get(format!("http://{server}{}", request.target))
                .header("Accept", "application/json");
            // Some cases leave it out, or have another one.
            let asked = match request.headers.get("X-Auth-Token") {
                Some(_) => asked.header("X-Auth-Token", token),
                None => asked,
            };
            let answer = asked.send().await.expect("the server answers");
            answer.bytes().await.expect("a whole answer");
        }
        requests.len() as f64 / start.elapsed().as_secs_f64()
    })
}

/// A live target that keeps what it is asked.
struct Recorder {
    live: Live,
    sent: Vec<Request>,
}

impl Target for Recorder {
    fn name(&self) -> &str {
        self.live.name()
    }

    fn endpoint(&self) -> &str {
        self.live.endpoint()
    }

    fn send(&mut self, request: &Request) -> Result<Response, SendFailure> {
        self.sent.push(request.clone());
        self.live.send(request)
    }

    fn authorize(&self, request: &mut Request) {
        self.live.authorize(request);
    }

    fn wait(&mut self, time: Duration) {
        self.live.wait(time);
    }

    fn lent(&self) -> &Lent {
        self.live.lent()
    }

    fn forbids(&self, operation: &Operation, request: Option<&Request>) -> Option<String> {
        self.live.forbids(operation, request)
    }

    fn restore(&mut self) -> Restored {
        self.live.restore()
    }
}
