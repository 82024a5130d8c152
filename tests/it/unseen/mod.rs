//! An API that nothing here was written for: a page about it, a server of it, and nothing else.

mod apiary;
mod boats;
mod bugs;
mod gardens;
mod jars;
mod kitchen;
mod looms;
mod rooms;

use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Instant;

use gardens::Gardens;
use kitchen::{Bug, Kitchen};
use proofhouse::contract::Contract;
use proofhouse::document;
use proofhouse::event::{CaseOutcome, Event};
use proofhouse::extract;
use proofhouse::runner::{self, Plan};
use proofhouse::source::DocumentId;
use proofhouse::target::Target;
use proofhouse::wire;
use serde_json::{Value, json};
use wiremock::matchers::any;
use wiremock::{Mock, MockServer, Request, Respond, ResponseTemplate};

fn kettles() -> Contract {
    let page = include_bytes!("kettles.txt");
    extract::read(&document::read(&DocumentId::new("kettles"), page)).contract
}

/// What the server is accused of, each once: check and case.
fn accusations(contract: &Contract, server: &mut dyn Target) -> (Vec<String>, Vec<String>) {
    let (mut accused, mut skipped) = (Vec::new(), Vec::new());
    let plan = Plan::default();
    runner::run(contract, &plan, server, &mut |event| match event {
        Event::FindingMade(finding) if runner::accuses(finding) => {
            accused.push(format!(
                "{} {}: {}",
                finding.case, finding.check, finding.title
            ));
        }
        Event::CaseFinished {
            case,
            outcome: CaseOutcome::Skipped(reason),
            ..
        } => {
            skipped.push(format!("{case}: {reason}"));
        }
        _ => {}
    });
    accused.dedup();
    (accused, skipped)
}

#[test]
fn a_sound_server_is_accused_of_nothing_and_every_thing_is_found() {
    let contract = kettles();
    assert_eq!(contract.operations.len(), 6);
    let (accused, skipped) = accusations(&contract, &mut Kitchen::new(None));
    assert_eq!(accused, [""; 0]);
    // Only the kitchen is lent: kettles are made, shelves and pages are read from lists.
    assert_eq!(skipped, [""; 0]);
}

#[test]
fn every_bug_is_found() {
    let contract = kettles();
    let missed: Vec<Bug> = Bug::ALL
        .into_iter()
        .filter(|bug| {
            accusations(&contract, &mut Kitchen::new(Some(*bug)))
                .0
                .is_empty()
        })
        .collect();
    assert_eq!(missed, []);
}

fn gardens() -> Contract {
    let page = include_bytes!("gardens.md");
    extract::read(&document::read(&DocumentId::new("gardens"), page)).contract
}

#[test]
fn a_sound_server_with_jobs_states_and_quotas_is_accused_of_nothing() {
    let contract = gardens();
    assert_eq!(contract.operations.len(), 15);
    let (accused, skipped) = accusations(&contract, &mut Gardens::new(None));
    assert_eq!(accused, [""; 0]);
    // There are no wells; nobody takes a second job along.
    let usual = |reason: &&String| !reason.contains("well_id") && !reason.contains("job_id");
    let unusual: Vec<&String> = skipped.iter().filter(usual).collect();
    assert_eq!(unusual, [""; 0]);
}

#[test]
fn every_bug_of_the_gardens_is_found() {
    let contract = gardens();
    let missed = Mutex::new(Vec::new());
    let (first, second) = bugs::Bug::ALL.split_at(bugs::Bug::ALL.len() / 2);
    thread::scope(|scope| {
        for half in [first, second] {
            let (contract, missed) = (&contract, &missed);
            scope.spawn(move || {
                for bug in half {
                    let mut server = Gardens::new(Some(*bug));
                    if accusations(contract, &mut server).0.is_empty() {
                        missed.lock().unwrap().push(*bug);
                    }
                }
            });
        }
    });
    assert_eq!(missed.into_inner().unwrap(), []);
}

/// The gardens behind HTTP, where time passes by itself.
struct Behind(Arc<Mutex<Gardens>>, Instant);

impl Respond for Behind {
    fn respond(&self, request: &Request) -> ResponseTemplate {
        /// Nobody wants to wait for what grows.
        const HASTE: u32 = 2000;
        let mut server = self.0.lock().unwrap();
        server.be_at(self.1.elapsed() * HASTE);
        let method = request.method.as_str().parse().unwrap();
        let url = &request.url;
        let target = match url.query() {
            Some(query) => format!("{}?{query}", url.path()),
            None => url.path().to_owned(),
        };
        let mut asked = wire::Request::new(method, target);
        for (name, value) in &request.headers {
            let name = name.as_str().to_owned();
            let value = value.to_str().unwrap().to_owned();
            asked.headers.0.push((name.into(), value));
        }
        asked.body = request.body.clone().into();
        let answer = server.respond(&asked);
        let template = ResponseTemplate::new(answer.status);
        match answer.headers.get("Content-Type") {
            Some(kind) => template.set_body_raw(answer.body.to_vec(), kind),
            None => template,
        }
    }
}

/// What is said over HTTP: a status with a body, or the status of a refusal.
fn answered(answer: Result<(u16, Value), u16>) -> ResponseTemplate {
    match answer {
        Ok((204, _)) => ResponseTemplate::new(204),
        Ok((status, body)) => ResponseTemplate::new(status).set_body_json(body),
        Err(status) => {
            let body = json!({"error": {"code": status.to_string(), "message": "no"}});
            ResponseTemplate::new(status).set_body_json(body)
        }
    }
}

/// A service behind HTTP: the page about it, a project and a token.
struct Service {
    page: (&'static str, &'static [u8]),
    project: &'static str,
    token: &'static str,
}

impl Service {
    /// What the program says of a server: its exit code and what it prints.
    fn tried(&self, server: impl Respond + 'static, more: &[&str]) -> (Option<i32>, String) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let mock = runtime.block_on(MockServer::start());
        runtime.block_on(Mock::given(any()).respond_with(server).mount(&mock));
        let folder = tempfile::tempdir().unwrap();
        let (name, text) = self.page;
        std::fs::write(folder.path().join(name), text).unwrap();
        let project = format!("project_id={}", self.project);
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_proofhouse"))
            .args(["run", "--edition", name, "--endpoint", &mock.uri()])
            .args(["--allow", "write,create,delete", "--lend", &project])
            .args(["--cases", "1", "--quiet"])
            .args(more)
            .env("PROOFHOUSE_TOKEN", self.token)
            .current_dir(folder.path())
            .output()
            .unwrap();
        let told = String::from_utf8(output.stdout).unwrap();
        (output.status.code(), told)
    }
}

/// What the program says of the gardens.
fn tried_by_page(bug: Option<bugs::Bug>, more: &[&str]) -> (Option<i32>, String) {
    let service = Service {
        page: ("gardens.md", include_bytes!("gardens.md")),
        project: gardens::PROJECT,
        token: gardens::TOKEN,
    };
    let gardens = Arc::new(Mutex::new(Gardens::new(bug)));
    service.tried(Behind(gardens, Instant::now()), more)
}

/// What the program says of the hives.
fn tried_hives(bug: Option<apiary::Bug>) -> (Option<i32>, String) {
    let service = Service {
        page: ("hives.rst", include_bytes!("hives.rst")),
        project: apiary::PROJECT,
        token: apiary::TOKEN,
    };
    service.tried(apiary::Server::new(bug), &[])
}

#[test]
fn a_sound_apiary_is_accused_of_nothing() {
    let (code, told) = tried_hives(None);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("0 violations, 0 warnings"), "{told}");
}

/// The bugs with which a server is not accused, and how the program ended. Most of the time goes by
/// waiting for what never comes, so several are tried at once.
fn missed<B: Copy + Send + Sync>(
    bugs: &[B],
    tried: fn(Option<B>) -> (Option<i32>, String),
) -> Vec<(B, Option<i32>)> {
    const AT_ONCE: usize = 13;
    let (next, missed) = (Mutex::new(bugs.iter()), Mutex::new(Vec::new()));
    let next_bug = || next.lock().unwrap().next();
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                while let Some(bug) = next_bug() {
                    let (code, _) = tried(Some(*bug));
                    if code != Some(1) {
                        missed.lock().unwrap().push((*bug, code));
                    }
                }
            });
        }
    });
    missed.into_inner().unwrap()
}

#[test]
fn every_bug_of_the_apiary_is_found_over_http() {
    assert_eq!(missed(&apiary::Bug::ALL, tried_hives), []);
}

/// What the program says of the tea rooms.
fn tried_rooms(bug: Option<rooms::Bug>) -> (Option<i32>, String) {
    let service = Service {
        page: ("rooms.txt", include_bytes!("rooms.txt")),
        project: rooms::PROJECT,
        token: rooms::TOKEN,
    };
    service.tried(rooms::Server::new(bug), &[])
}

#[test]
fn rooms_that_take_their_time_without_a_job_are_waited_for() {
    let (code, told) = tried_rooms(None);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("0 violations, 0 warnings"), "{told}");
    assert!(!told.contains("its state is"), "{told}");
}

#[test]
fn every_bug_of_the_tea_rooms_is_found_over_http() {
    assert_eq!(missed(&rooms::Bug::ALL, tried_rooms), []);
}

/// What the program says of the rowing boats.
fn tried_boats(bug: Option<boats::Bug>) -> (Option<i32>, String) {
    let service = Service {
        page: ("boats.md", include_bytes!("boats.md")),
        project: boats::PROJECT,
        token: boats::TOKEN,
    };
    service.tried(boats::Server::new(bug), &[])
}

#[test]
fn boats_are_made_by_parts_of_a_task_and_moored_before_they_are_sold() {
    let (code, told) = tried_boats(None);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains("0 violations, 0 warnings"), "{told}");
    for reason in ["`boat_id`", "`tag`", "its state is"] {
        assert!(!told.contains(reason), "{told}");
    }
}

#[test]
fn every_bug_of_the_rowing_boats_is_found_over_http() {
    assert_eq!(missed(&boats::Bug::ALL, tried_boats), []);
}

#[test]
fn a_page_and_an_endpoint_are_enough() {
    // Both wait for a garden to rest no longer, which it does not do by itself.
    let tags = &["--operation", "gardens.tags.*"];
    let (sound, ill) = thread::scope(|scope| {
        let sound = scope.spawn(|| tried_by_page(None, &[]));
        let ill = tried_by_page(Some(bugs::Bug::OneTagMore), tags);
        (sound.join().unwrap(), ill)
    });
    let (code, told) = sound;
    assert_eq!(code, Some(0), "{told}");
    let (code, told) = ill;
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("gardens.tags.action.create") && told.contains("at most 10 tags per garden"),
        "{told}"
    );
}

/// What the program prints, called in a folder that holds the page and nothing else to begin with.
fn in_folder(folder: &std::path::Path, arguments: &[&str]) -> String {
    let output = std::process::Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    assert!(output.status.success(), "{arguments:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_contract_of_a_page_is_used_by_its_name_and_where_it_was_extracted() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(
        folder.path().join("kettles.txt"),
        include_bytes!("kettles.txt"),
    )
    .unwrap();
    let named = in_folder(folder.path(), &["cases", "--edition", "kettles.txt"]);
    assert!(
        named.lines().count() > 100 && named.contains("kettles/request/valid/"),
        "{named}"
    );
    in_folder(folder.path(), &["extract", "kettles.txt"]);
    assert_eq!(in_folder(folder.path(), &["cases"]), named);
    assert_eq!(
        in_folder(folder.path(), &["cases", "--edition", "kettles"]),
        named
    );
}
