//! What chance found once is kept in a small file, and tried first from then on.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::killed::proofhouse;

const OPERATION: &str = "os-server-groups.create";
const ILL: &str = "os-server-groups.create/constraint-ignored/server_group.policies/presence";
const KEPT: &str = "cases/regressions";

fn run(folder: &Path, more: &[&str]) -> (Option<i32>, String) {
    let arguments = [&["run", "--operation", OPERATION][..], more].concat();
    let output = proofhouse(folder, &arguments).output().unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(told).unwrap())
}

/// The cases of the last run, in the order in which they were begun.
fn begun(folder: &Path) -> Vec<String> {
    let log = fs::read_to_string(folder.join("reports/latest/events.jsonl")).unwrap();
    let lines = log
        .lines()
        .map(|line| serde_json::from_str::<Value>(line).unwrap());
    let started = lines.filter(|line| line["event"] == "case_started");
    started
        .map(|line| line["case"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn what_chance_found_is_tried_first_under_any_seed() {
    let folder = tempfile::tempdir().unwrap();
    let (code, told) = run(folder.path(), &["--defect", ILL]);
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("kept 1 of the generated cases in `cases/regressions`"),
        "{told}"
    );
    let files: Vec<_> = fs::read_dir(folder.path().join(KEPT)).unwrap().collect();
    assert_eq!(files.len(), 1);
    let file = files[0].as_ref().unwrap().path();
    let kept: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    let case = kept["case"].as_str().unwrap();
    assert!(
        case.starts_with("os-server-groups.create/request/generated/42-"),
        "{kept}"
    );

    // A sound server under another seed: tried first, once, and nothing new is kept.
    let (code, told) = run(folder.path(), &["--seed", "7"]);
    assert_eq!(code, Some(0), "{told}");
    let cases = begun(folder.path());
    assert_eq!(cases[0], case);
    assert_eq!(cases.iter().filter(|known| *known == case).count(), 1);
    assert_eq!(fs::read_dir(folder.path().join(KEPT)).unwrap().count(), 1);

    // And it finds the same again, alone.
    let (code, told) = run(
        folder.path(),
        &["--seed", "7", "--defect", ILL, "--case", case],
    );
    assert_eq!(code, Some(1), "{told}");
    assert_eq!(begun(folder.path()), [case]);
}

#[test]
fn what_is_no_regression_is_told_with_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let kept = folder.path().join(KEPT);
    fs::create_dir_all(&kept).unwrap();
    for (text, reason) in [
        ("{".to_owned(), "EOF while parsing"),
        (
            json!({"version": 2, "case": "x", "found": "y"}).to_string(),
            "it has version 2",
        ),
        (
            json!({"version": 1, "found": "y"}).to_string(),
            "missing field `case`",
        ),
    ] {
        fs::write(kept.join("odd.json"), text).unwrap();
        let (code, told) = run(folder.path(), &[]);
        assert_eq!(code, Some(2), "{told}");
        assert!(told.contains("odd.json") && told.contains(reason), "{told}");
        assert!(told.contains("delete it to forget the case"), "{told}");
    }
}
