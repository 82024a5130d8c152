//! A run that was cut short goes on, and tells in the end what it would have told.

use std::path::Path;
use std::process::{Command, Output};
use std::sync::Arc;
use std::time::{Duration, Instant};

use proofhouse::contract::Contract;
use proofhouse::store;
use proofhouse::target::{Live, LiveOptions, Restored, Target};
use regex::Regex;

use super::killed::{proofhouse, serve};

const LOG: &str = "events.jsonl";

fn twin() -> String {
    serve(&Arc::new(Contract::newest(&store::embedded()).unwrap()))
}

fn done(mut command: Command) -> Output {
    command.output().unwrap()
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    done(proofhouse(
        folder,
        &[&["run", "--quiet"], arguments].concat(),
    ))
}

/// The report of a run, without what differs from one to the next: also keys, which the Twin makes of
/// names, and the numbers of what it has made so far.
fn told(folder: &Path, run: &str) -> String {
    let arguments = ["report", run, "--normalised", "--format", "json"];
    let output = done(proofhouse(folder, &arguments));
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(text.contains("\"outcome\""), "{:?}", output.stderr);
    let keys = r"ssh-ed25519 [^ ]+|(?:[0-9a-f]{2}:){15}[0-9a-f]{2}";
    let numbers = r#"\\"id\\":\d+"#;
    let others = Regex::new(&format!("{keys}|{numbers}")).unwrap();
    others.replace_all(&text, "(made)").into_owned()
}

#[track_caller]
fn same(one: &str, two: &str) {
    let differs: Vec<_> = one
        .lines()
        .zip(two.lines())
        .filter(|(a, b)| a != b)
        .collect();
    assert!(
        one == two,
        "{} lines differ: {:#?}",
        differs.len(),
        differs.first()
    );
}

fn n_ended(log: &Path) -> usize {
    let text = std::fs::read_to_string(log).unwrap_or_default();
    text.matches("\"event\":\"case_finished\"").count()
}

/// Kills a run once so many cases have ended, and a moment later.
fn kill_after(mut command: Command, log: &Path, n_cases: usize, moment: Duration) {
    let mut run = command.spawn().unwrap();
    let start = Instant::now();
    while n_ended(log) < n_cases && run.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < Duration::from_secs(120), "it hangs");
        std::thread::sleep(Duration::from_millis(2));
    }
    std::thread::sleep(moment);
    run.kill().unwrap();
    run.wait().unwrap();
}

/// Kills the run that these arguments start at three points, and compares what comes of it.
fn killed_and_resumed(endpoint: &str, folder: &Path, arguments: &[&str]) {
    let reset = || {
        let mut twin = Live::connect(LiveOptions::new(endpoint)).unwrap();
        assert_eq!(twin.restore(), Restored::Whole);
    };
    let whole = run(
        folder,
        &[arguments, &["--report", "reports/whole"]].concat(),
    );
    let n_cases = n_ended(&folder.join("reports/whole").join(LOG));
    assert!(n_cases > 20, "{whole:?}");
    reset();
    let log = folder.join("reports/cut").join(LOG);
    let begin = [&["run", "--quiet", "--report", "reports/cut"], arguments].concat();
    let mut command = proofhouse(folder, &begin);
    for (nth, part) in [3, 7, 15].into_iter().enumerate() {
        let moment = Duration::from_millis(3 * nth as u64);
        kill_after(command, &log, n_cases * part / 20, moment);
        assert!(n_ended(&log) < n_cases, "it was killed too late");
        command = proofhouse(folder, &["run", "--quiet", "--resume", "reports/cut"]);
    }
    let ended = done(command);
    assert_eq!(ended.status.code(), whole.status.code(), "{ended:?}");
    same(&told(folder, "reports/whole"), &told(folder, "reports/cut"));
    let n_left = std::fs::read_dir(folder.join(".proofhouse")).map_or(0, Iterator::count);
    assert_eq!(n_left, 0, "journals");
}

#[test]
fn a_killed_run_tells_in_the_end_what_one_tells_that_never_was() {
    let endpoint = twin();
    let folder = tempfile::tempdir().unwrap();
    let arguments = [
        "--endpoint",
        &endpoint,
        "--cases",
        "2",
        "--operation",
        "servers.tags.*",
        "--operation",
        "os-keypairs.*",
    ];
    killed_and_resumed(&endpoint, folder.path(), &arguments);
}

#[test]
fn a_killed_run_on_a_cloud_removes_what_it_left_and_makes_anew_what_it_needs() {
    let endpoint = twin();
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "[targets.kitchen]\nendpoints.twin.url = \"{endpoint}\"\nlike_a_cloud = true\n\
         may = [\"read\", \"write\", \"create\"]\nbudget.creations = 100000\n"
    );
    std::fs::write(folder.path().join("proofhouse.toml"), config).unwrap();
    let arguments = [
        "--target",
        "kitchen",
        "--cases",
        "1",
        "--operation",
        "os-keypairs.*",
        "--operation",
        "servers.os-interface.*",
    ];
    killed_and_resumed(&endpoint, folder.path(), &arguments);
}

/// A whole run of the embedded Twin that is ill, so that there is something to count.
const ILL: [&str; 8] = [
    "--defect",
    "baremetalservers.update/constraint-ignored/server.name/length_range",
    "--operation",
    "baremetalservers.update",
    "--seed",
    "7",
    "--edition",
    "bms-ref-2020-zh",
];

#[test]
fn wherever_a_log_ends_its_run_goes_on_as_it_was_started() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let whole = run(folder, &[&ILL[..], &["--report", "reports/whole"]].concat());
    assert_eq!(whole.status.code(), Some(1), "{whole:?}");
    let expected = told(folder, "reports/whole");
    let log = std::fs::read(folder.join("reports/whole").join(LOG)).unwrap();
    let head = log.iter().position(|byte| *byte == b'\n').unwrap();
    let cut = folder.join("reports/cut");
    fastrand::seed(42);
    for nth in 0..12 {
        let end = match nth {
            // Only the head, and half a line behind it.
            0 => head + 1,
            1 => head + 10,
            2 => log.len() - 3,
            _ => fastrand::usize(head..log.len() - 3),
        };
        std::fs::create_dir_all(&cut).unwrap();
        std::fs::write(cut.join(LOG), &log[..end]).unwrap();
        let ended = run(folder, &["--resume", "reports/cut"]);
        assert_eq!(ended.status.code(), Some(1), "cut at {end}: {ended:?}");
        same(&expected, &told(folder, "reports/cut"));
        std::fs::remove_dir_all(&cut).unwrap();
    }
}

#[test]
fn what_cannot_go_on_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    run(folder, &ILL);
    let check = |arguments: &[&str], reason: &str| {
        let output = run(folder, arguments);
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(2), "{told}");
        assert!(told.contains(reason), "{told}");
    };
    check(&["--resume", "reports/latest"], "came to its end");
    check(
        &["--resume", "reports/lost"],
        "there is no run `reports/lost`",
    );
    check(
        &["--resume", "reports/latest", "--cases", "7"],
        "cannot be used with",
    );
    let path = folder.join("reports/latest").join(LOG);
    let log = std::fs::read_to_string(&path).unwrap();
    let start = log.find("\"run\":\"").unwrap() + "\"run\":\"".len();
    let name = &log[start..start + "ph00000000".len()];
    check(&["--resume", name], "came to its end");
    let lines: Vec<&str> = log.lines().collect();
    let half = lines[..lines.len() / 2].join("\n") + "\n";
    // The contract has changed since.
    std::fs::write(&path, half.replace("/request/", "/requests/")).unwrap();
    check(&["--resume", name], "begin a new run");
    std::fs::write(&path, &half).unwrap();
    let going_on = std::fs::File::open(&path).unwrap();
    going_on.try_lock().unwrap();
    check(&["--resume", name], "still goes on");
    drop(going_on);
    assert_eq!(run(folder, &["--resume", name]).status.code(), Some(1));
}
