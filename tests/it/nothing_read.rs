//! What the commands that read documents say and give back where there is nothing to read.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const LAMP: &str = "# Lamps\n\n## URI\n\nGET /v1/lamps\n";

fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stderr, .. } = Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    (status.code(), String::from_utf8(stderr).unwrap())
}

#[track_caller]
fn check(folder: &Path, arguments: &[&str], code: i32, says: &str) {
    let (found, stderr) = run(folder, arguments);
    assert_eq!(found, Some(code), "{arguments:?}: {stderr}");
    assert!(stderr.contains(says), "{arguments:?}: {stderr}");
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("empty.txt"), "").unwrap();
    fs::write(folder.path().join("junk.txt"), [0u8, 159, 146, 150, 0, 255]).unwrap();
    fs::write(folder.path().join("poem.txt"), "The sea is cold.\n").unwrap();
    // The header of a table that nobody filled in.
    fs::write(
        folder.path().join("header.md"),
        "| Parameter | Type |\n|--|--|\n",
    )
    .unwrap();
    fs::write(folder.path().join("lamp.md"), LAMP).unwrap();
    folder
}

#[test]
fn extract_of_nothing_is_no_success_and_writes_nothing() {
    let folder = folder();
    for name in ["empty.txt", "junk.txt", "poem.txt", "header.md"] {
        for what in ["--inventory", "--unread", "--explain", "--coverage"] {
            check(
                folder.path(),
                &["extract", name, what],
                3,
                "nothing was read",
            );
        }
        check(
            folder.path(),
            &["extract", name, "--write", "out"],
            3,
            "nothing was read",
        );
        assert!(!folder.path().join("out").exists(), "{name}");
    }
    check(
        folder.path(),
        &["extract", "empty.txt", "lamp.md", "--inventory"],
        0,
        "holds no text",
    );
}

#[test]
fn what_holds_no_operation_is_neither_compared_nor_shown_nor_linted() {
    let folder = folder();
    check(folder.path(), &["lint", "empty.txt"], 3, "nothing was read");
    check(
        folder.path(),
        &["diff", "lamp.md", "poem.txt"],
        3,
        "`poem.txt` has no operation",
    );
    check(
        folder.path(),
        &["diff", "junk.txt", "lamp.md"],
        3,
        "`junk.txt` has no operation",
    );
    check(
        folder.path(),
        &["show", "lamps.list", "--edition", "poem.txt"],
        3,
        "no operation was read",
    );
}

#[test]
fn what_cannot_be_opened_is_named() {
    let folder = folder();
    for arguments in [["extract", "gone.md"], ["lint", "gone.md"]] {
        check(folder.path(), &arguments, 2, "gone.md");
    }
    check(
        folder.path(),
        &["diff", "lamp.md", "gone.md"],
        2,
        "`gone.md` is neither a file",
    );
    check(folder.path(), &["extract"], 2, "name some");
}
