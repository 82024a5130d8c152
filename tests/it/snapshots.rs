//! Snapshots of a target: recorded, compared, reviewed.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::{Value, json};

/// What a command prints, and how it ends.
fn proofhouse(folder: &Path, arguments: &[&str]) -> (String, Option<i32>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_proofhouse"));
    let output = command
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap();
    (
        String::from_utf8(output.stdout).unwrap(),
        output.status.code(),
    )
}

/// The snapshots of the embedded Twin, by file name.
fn kept(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder.join("snapshots/twin")).unwrap();
    let mut names: Vec<String> = names
        .map(|name| name.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn what_drifted_is_told_and_waits_for_a_person() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let (told, code) = proofhouse(folder, &["snapshot"]);
    assert_eq!(code, Some(0), "{told}");
    let before = kept(folder);
    assert!(
        !before.is_empty() && told.contains(&format!("{} recorded", before.len())),
        "{told}"
    );
    assert_eq!(
        proofhouse(folder, &["snapshot"]).1,
        Some(0),
        "a healthy Twin shows the same"
    );

    let file = folder.join("snapshots/twin").join(&before[0]);
    let mut old: Value = serde_json::from_str(&fs::read_to_string(&file).unwrap()).unwrap();
    old["body"] = json!({"whistle": "loud"});
    fs::write(&file, old.to_string()).unwrap();
    let (told, code) = proofhouse(folder, &["snapshot"]);
    assert_eq!(code, Some(1), "{told}");
    assert!(
        told.contains("  - /body/whistle: \"loud\"") && told.contains("1 drifted"),
        "{told}"
    );
    assert_eq!(kept(folder).len(), before.len() + 1);

    let (told, _) = proofhouse(folder, &["snapshot", "reject"]);
    assert!(told.starts_with("rejected"), "{told}");
    assert_eq!(kept(folder), before);
    assert_eq!(
        proofhouse(folder, &["snapshot"]).1,
        Some(1),
        "it still drifts"
    );
    let (told, _) = proofhouse(
        folder,
        &["snapshot", "accept", before[0].trim_end_matches(".json")],
    );
    assert!(told.starts_with("accepted"), "{told}");
    assert_eq!(
        proofhouse(folder, &["snapshot"]).1,
        Some(0),
        "what was accepted is the snapshot now"
    );
    assert_eq!(
        proofhouse(folder, &["snapshot", "accept"]),
        ("nothing drifted\n".to_owned(), Some(0))
    );
}
