//! The command that a finding names finds it again, wherever the run went.

use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use proofhouse::contract::Contract;
use proofhouse::store;
use proofhouse::twin::{self, Twin};
use serde_json::Value;

use super::killed::serve_twin;

const EDITION: &str = "bms-ref-2020-zh";
const OPERATION: &str = "baremetalservers.update";
const DEFECT: &str = "baremetalservers.update/constraint-ignored/server.name/length_range";

/// Serves a Twin that takes names of any length.
fn serve_ill() -> String {
    let contract = Arc::new(Contract::newest(&store::embedded()).unwrap());
    let defects = twin::defects(&contract);
    let defect = defects.into_iter().find(|defect| defect.id == DEFECT);
    serve_twin(Twin::new(contract, 42).with_defect(defect.unwrap()))
}

/// The violations of the latest run in `folder`: each one's identity and command.
fn violations(folder: &Path) -> Vec<(String, String)> {
    let text = std::fs::read_to_string(folder.join("reports/latest/report.json")).unwrap();
    let report: Value = serde_json::from_str(&text).unwrap();
    let text = |finding: &Value, key: &str| finding[key].as_str().unwrap().to_owned();
    let findings = report["findings"].as_array().unwrap().iter();
    findings
        .filter(|finding| finding["severity"] == "violation")
        .map(|finding| (text(finding, "id"), text(finding, "repeat")))
        .collect()
}

/// Runs, then types what the first violation says, as a person would.
#[track_caller]
fn finds_again(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .current_dir(folder)
        .args(["run", "--operation", OPERATION, "--seed", "7"])
        .args(arguments)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout).into_owned();
    assert_eq!(output.status.code(), Some(1), "{told}");
    let (id, command) = violations(folder).swap_remove(0);
    assert!(told.contains(&command), "{command} is not in\n{told}");
    std::fs::remove_dir_all(folder.join("reports")).unwrap();

    let program = Path::new(env!("CARGO_BIN_EXE_proofhouse"));
    let path = std::env::join_paths(std::iter::once(program.parent().unwrap().to_owned()).chain(
        std::env::split_paths(&std::env::var_os("PATH").unwrap_or_default()),
    ));
    let again = Command::new("sh")
        .current_dir(folder)
        .env("PATH", path.unwrap())
        .args(["-c", &command])
        .output()
        .unwrap();
    assert_eq!(again.status.code(), Some(1), "{command}: {again:?}");
    let mut found = violations(folder).into_iter();
    assert!(found.any(|found| found.0 == id), "{command}: {again:?}");
    command
}

#[test]
fn on_the_embedded_twin() {
    let folder = tempfile::tempdir().unwrap();
    let command = finds_again(folder.path(), &["--defect", DEFECT, "--strict"]);
    assert!(
        command.starts_with(&format!(
            "proofhouse run --defect {DEFECT} --strict --seed 7 --case "
        )),
        "{command}"
    );
}

#[test]
fn on_an_endpoint_that_lends_what_is_typed() {
    let folder = tempfile::tempdir().unwrap();
    let endpoint = serve_ill();
    let arguments = ["--endpoint", &endpoint, "--allow", "write,create"];
    let command = finds_again(folder.path(), &arguments);
    assert!(command.contains(" --allow write,create "), "{command}");
}

#[test]
fn on_a_named_target_of_another_file_and_edition() {
    let folder = tempfile::tempdir().unwrap();
    let config = format!(
        "[targets.kitchen]\nendpoints.twin.url = \"{}\"\nmay = [\"read\", \"write\"]\n",
        serve_ill()
    );
    std::fs::write(folder.path().join("my clouds.toml"), config).unwrap();
    let arguments = ["--config", "my clouds.toml", "--target", "kitchen"];
    let command = finds_again(
        folder.path(),
        &[&arguments[..], &["--edition", EDITION]].concat(),
    );
    assert!(
        command.contains(&format!(
            "--target kitchen --config 'my clouds.toml' --edition {EDITION} "
        )),
        "{command}"
    );
}
