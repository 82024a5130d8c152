//! The committed sample in `reports/twin/` is what the healthy Twin comes to today, byte by byte.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("reports/twin")
}

#[test]
fn the_sample_is_what_its_script_makes() {
    let scratch = tempfile::tempdir().unwrap();
    let output = Command::new("bash")
        .args([&folder().join("make.sh"), scratch.path()])
        .env("PROOFHOUSE", env!("CARGO_BIN_EXE_proofhouse"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    for name in ["report.json", "report.html", "summary.md"] {
        let read = |folder: &Path| fs::read_to_string(folder.join(name)).unwrap();
        let (then, now) = (read(&folder()), read(scratch.path()));
        let differing = then
            .lines()
            .zip(now.lines())
            .find(|(then, now)| then != now);
        assert!(
            then == now,
            "reports/twin/{name} is stale; `reports/twin/make.sh` makes it again: {:.300?}",
            differing
        );
    }
}

#[test]
fn the_sample_knows_no_clock_and_no_id() {
    let text = fs::read_to_string(folder().join("report.json")).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(report["started"], Value::Null);
    assert_eq!(report["millis"], 0);
    assert!(text.contains("(id)"));
    assert!(fs::metadata(folder().join("report.png")).unwrap().len() < 200_000);
}
