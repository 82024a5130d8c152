//! An API that nothing here was written for: a page about it, a server of it, and nothing else.

mod kitchen;

use kitchen::{Bug, Kitchen};
use proofhouse::contract::Contract;
use proofhouse::document;
use proofhouse::event::{CaseOutcome, Event};
use proofhouse::extract;
use proofhouse::runner::{self, Plan};
use proofhouse::source::DocumentId;

fn kettles() -> Contract {
    let page = include_bytes!("kettles.txt");
    extract::read(&document::read(&DocumentId::new("kettles"), page)).contract
}

/// What the server is accused of, each once: check and case.
fn accusations(contract: &Contract, bug: Option<Bug>) -> (Vec<String>, Vec<String>) {
    let (mut accused, mut skipped) = (Vec::new(), Vec::new());
    let plan = Plan::default();
    runner::run(
        contract,
        &plan,
        &mut Kitchen::new(bug),
        &mut |event| match event {
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
        },
    );
    accused.dedup();
    (accused, skipped)
}

#[test]
fn a_sound_server_is_accused_of_nothing_and_every_thing_is_found() {
    let contract = kettles();
    assert_eq!(contract.operations.len(), 6);
    let (accused, skipped) = accusations(&contract, None);
    assert_eq!(accused, [""; 0]);
    // Only the kitchen is lent: kettles are made, shelves and pages are read from lists.
    assert_eq!(skipped, [""; 0]);
}

#[test]
fn every_bug_is_found() {
    let contract = kettles();
    let missed: Vec<Bug> = Bug::ALL
        .into_iter()
        .filter(|bug| accusations(&contract, Some(*bug)).0.is_empty())
        .collect();
    assert_eq!(missed, []);
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
