//! A run that is killed leaves nothing behind once `clean` has been there.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use proofhouse::contract::{Contract, creations, is_plain_show};
use proofhouse::store;
use proofhouse::target::{Live, LiveOptions, Restored, Target};
use proofhouse::twin::{self, Clock, Twin};
use proofhouse::wire::{Method, Request};
use serde_json::Value;

/// How often a run is killed in each of two tests, which run side by side.
const N_KILLS: usize = 50;

/// The latest point at which it is killed.
const LONGEST: Duration = Duration::from_millis(400);

/// Serves a healthy Twin of this contract.
pub(super) fn serve(contract: &Arc<Contract>) -> String {
    serve_twin(Twin::new(Arc::clone(contract), 42))
}

/// Serves a Twin in a thread of its own, and says where.
pub(super) fn serve_twin(twin: Twin) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.set_nonblocking(true).unwrap();
    let endpoint = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        runtime.block_on(async {
            let listener = tokio::net::TcpListener::from_std(listener).unwrap();
            twin::serve(twin, listener, Clock::Manual.into())
                .await
                .unwrap();
        });
    });
    endpoint
}

/// Everything that can be seen of what the Twin lends, without times.
fn seen(contract: &Contract, endpoint: &str) -> Vec<String> {
    let mut live = Live::connect(LiveOptions::new(endpoint)).unwrap();
    let lent = live.lent().clone();
    let jobs = contract.jobs.as_ref().map(|jobs| &jobs.operation);
    let mut seen = Vec::new();
    for operation in &contract.operations {
        // What was done to a server stays in the record of that.
        let records = operation.id.as_str().contains("instance-actions");
        if records || !is_plain_show(operation) || Some(&operation.id) == jobs {
            continue;
        }
        for nth in 0..3 {
            let path = operation
                .path
                .filled(|name| Some(lent.0.get(name)?.get(nth)?.as_str()));
            let Some(path) = path else { continue };
            let mut request = Request::new(Method::Get, path);
            live.authorize(&mut request);
            let answer = live.send(&request).unwrap();
            let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
            seen.push(format!(
                "{}: {} {}",
                request.target,
                answer.status,
                timeless(body)
            ));
        }
    }
    assert!(!seen.is_empty());
    seen
}

fn timeless(value: Value) -> Value {
    match value {
        Value::String(text) if is_time(&text) => Value::Null,
        Value::Array(items) => items.into_iter().map(timeless).collect(),
        Value::Object(members) => members
            .into_iter()
            .map(|(key, value)| (key, timeless(value)))
            .collect(),
        other => other,
    }
}

/// A server that was stopped and started again shows when; some times have no zone.
fn is_time(text: &str) -> bool {
    text.parse::<jiff::Timestamp>().is_ok() || text.parse::<jiff::civil::DateTime>().is_ok()
}

pub(super) fn proofhouse(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_proofhouse"));
    command.current_dir(folder).args(arguments);
    command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn begin(folder: &Path, operations: &[String]) -> Child {
    let mut arguments = vec!["run", "--target", "kitchen", "--quiet", "--cases", "0"];
    for operation in operations {
        arguments.extend(["--operation", operation]);
    }
    proofhouse(folder, &arguments).spawn().unwrap()
}

/// A Twin that is treated like a cloud, a folder to run in, and what can be made there.
struct Kitchen {
    contract: Arc<Contract>,
    endpoint: String,
    folder: tempfile::TempDir,
    makes: Vec<String>,
}

fn kitchen() -> Kitchen {
    let contract = Arc::new(Contract::newest(&store::embedded()).unwrap());
    let endpoint = serve(&contract);
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "[targets.kitchen]\nendpoints.twin.url = \"{endpoint}\"\nlike_a_cloud = true\n\
         may = [\"read\", \"write\", \"create\"]\nbudget.creations = 1000000\n"
    );
    std::fs::write(folder.path().join("proofhouse.toml"), config).unwrap();
    let healthy = Twin::new(Arc::clone(&contract), 42);
    let makes = creations(&contract)
        .into_iter()
        .map(|creation| creation.makes);
    let makes: Vec<String> = makes
        .filter(|id| healthy.serves(id))
        .map(|id| id.to_string())
        .collect();
    assert!(
        !makes.is_empty(),
        "the Twin serves something that makes something"
    );
    Kitchen {
        contract,
        endpoint,
        folder,
        makes,
    }
}

/// Waits until the run has made something: then it listens to signals, too.
fn wait_for_journal(folder: &Path) {
    let made = || {
        std::fs::read_dir(folder.join(".proofhouse")).is_ok_and(|mut files| files.next().is_some())
    };
    let start = Instant::now();
    while !made() {
        assert!(
            start.elapsed() < Duration::from_secs(60),
            "nothing was made"
        );
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn interrupt(run: &Child) {
    let sent = Command::new("kill")
        .args(["-INT", &run.id().to_string()])
        .status()
        .unwrap();
    assert!(sent.success());
}

#[test]
fn interrupted_once_a_run_cleans_up_and_reports_and_twice_it_stops() {
    let Kitchen {
        contract,
        endpoint,
        folder,
        makes,
    } = kitchen();
    let before = seen(&contract, &endpoint);
    let run = begin(folder.path(), &makes);
    wait_for_journal(folder.path());
    interrupt(&run);
    let ended = run.wait_with_output().unwrap();
    let told = String::from_utf8_lossy(&ended.stderr).into_owned();
    let report = String::from_utf8_lossy(&ended.stdout).into_owned();
    assert!(
        !ended.status.success() && report.contains("cut short"),
        "{ended:?}"
    );
    assert!(told.contains("stopping after the case in flight"), "{told}");
    assert!(
        seen(&contract, &endpoint) == before,
        "the case in flight was cleaned up"
    );
    assert!(folder.path().join("reports/latest/report.json").exists());
    let clean = proofhouse(folder.path(), &["clean"]).output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&clean.stdout),
        "nothing to remove: .proofhouse holds no journal\n"
    );

    let run = begin(folder.path(), &makes);
    wait_for_journal(folder.path());
    interrupt(&run);
    std::thread::sleep(Duration::from_millis(20));
    interrupt(&run);
    let ended = run.wait_with_output().unwrap();
    assert!(!ended.status.success(), "{ended:?}");
    let clean = proofhouse(folder.path(), &["clean"]).output().unwrap();
    assert!(clean.status.success(), "{clean:?}");
    assert!(seen(&contract, &endpoint) == before);
}

#[test]
fn killed_at_any_point_a_run_leaves_nothing_that_clean_does_not_remove() {
    kill_and_clean(42);
}

#[test]
fn killed_at_other_points_a_run_leaves_nothing_that_clean_does_not_remove() {
    kill_and_clean(43);
}

/// Kills runs at points that a seed decides, and cleans up after each.
fn kill_and_clean(seed: u64) {
    let Kitchen {
        contract,
        endpoint,
        folder,
        makes,
    } = kitchen();
    let before = seen(&contract, &endpoint);
    // Servers are made by hundreds of cases; what is killed below is enough of them.
    let quick = makes.iter().filter(|id| !id.contains("servers.create"));
    let quick: Vec<String> = quick.cloned().collect();
    let whole = begin(folder.path(), &quick).wait_with_output().unwrap();
    assert!(
        seen(&contract, &endpoint) == before,
        "a whole run cleans up: {whole:?}"
    );
    let (mut n_left, mut n_caught, mut n_told) = (0, 0, 0);
    fastrand::seed(seed);
    for nth in 0..N_KILLS {
        let make = &makes[nth % makes.len()];
        let mut run = begin(folder.path(), std::slice::from_ref(make));
        if nth / makes.len() % 2 == 0 {
            // Where the machine is slow, most of the time passes before anything is made.
            wait_for_journal(folder.path());
        }
        std::thread::sleep(LONGEST.mul_f64(fastrand::f64()));
        run.kill().unwrap();
        run.wait().unwrap();
        n_left += u32::from(seen(&contract, &endpoint) != before);
        let clean = proofhouse(folder.path(), &["clean"]).output().unwrap();
        let told = String::from_utf8_lossy(&clean.stdout).into_owned();
        n_caught += u32::from(told.contains("removed"));
        if told.contains("NOT removed") {
            // Nothing tells a thing without a name from those of others, but for its answer.
            let why = "its answer never came";
            assert!(told.contains(why), "kill {nth} of {make}: {told}");
            assert!(!clean.status.success(), "kill {nth}: {clean:?}");
            n_told += 1;
            start_again(&endpoint, folder.path());
            continue;
        }
        let after = seen(&contract, &endpoint);
        let changed: Vec<_> = before.iter().zip(&after).filter(|(a, b)| a != b).collect();
        assert!(
            changed.is_empty(),
            "kill {nth} of {make} left something: {told}\n{changed:#?}"
        );
        assert!(clean.status.success(), "kill {nth} of {make}: {clean:?}");
    }
    assert!(
        n_left > 0 && n_caught >= n_left && n_told <= 5,
        "{n_left} of {N_KILLS} kills left something, {n_caught} were cleaned, {n_told} only told"
    );
    let again = proofhouse(folder.path(), &["clean"]).output().unwrap();
    assert_eq!(
        String::from_utf8_lossy(&again.stdout),
        "nothing to remove: .proofhouse holds no journal\n"
    );
}

/// Puts the Twin back to its start and forgets what was journalled.
fn start_again(endpoint: &str, folder: &Path) {
    let mut live = Live::connect(LiveOptions::new(endpoint)).unwrap();
    assert_eq!(live.restore(), Restored::Whole);
    std::fs::remove_dir_all(folder.join(".proofhouse")).unwrap();
}
