//! The committed sample in `reports/twin/`: what today's renderings make of its log, and what the
//! healthy Twin still comes to.

use std::fs;
use std::path::Path;
use std::process::Command;

use proofhouse::report::{self, Baseline, Report};
use serde_json::Value;

const STALE: &str = "reports/twin/ is stale; `reports/twin/make.sh` makes it again";

fn sample(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/twin");
    fs::read_to_string(folder.join(name)).unwrap()
}

fn replayed() -> Report {
    let mut report = Report::default();
    for (number, line) in sample("events.jsonl").lines().enumerate() {
        report.take(report::read_normalised(number + 1, line).unwrap());
    }
    report
}

#[test]
fn the_sample_is_what_its_log_gives() {
    let report = replayed();
    assert_eq!(sample("report.json"), report::json(&report), "{STALE}");
    assert_eq!(sample("summary.md"), report::summary_md(&report), "{STALE}");
    let log: String = sample("events.jsonl")
        .lines()
        .enumerate()
        .map(|(number, line)| report::print(&report::read_normalised(number + 1, line).unwrap()))
        .collect();
    assert_eq!(sample("events.jsonl"), log, "{STALE}");
}

#[test]
fn the_healthy_twin_still_comes_to_what_the_sample_says() {
    let told = replayed();
    let folder = tempfile::tempdir().unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_proofhouse"));
    command.args(["run", "--quiet", "--baseline", "none", "--report"]);
    command.arg(folder.path()).current_dir(folder.path());
    for sheet in &told.sheets {
        command.args(["--operation", &sheet.operation]);
    }
    let output = command.output().unwrap();
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = fs::read_to_string(folder.path().join("report.json")).unwrap();
    Baseline::read(&text).unwrap();
    let now: Value = serde_json::from_str(&text).unwrap();
    let then: Value = serde_json::from_str(&sample("report.json")).unwrap();
    for key in ["version", "outcome", "target", "operations", "seed"] {
        assert_eq!(now[key], then[key], "{key}: {STALE}");
    }
}

#[test]
fn the_sample_knows_no_clock_and_no_id() {
    let report: Value = serde_json::from_str(&sample("report.json")).unwrap();
    assert_eq!(report["started"], Value::Null);
    assert_eq!(report["millis"], 0);
    assert!(sample("report.json").contains("(id)"));
    let picture = Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/twin/report.png");
    assert!(fs::metadata(picture).unwrap().len() < 200_000);
}
