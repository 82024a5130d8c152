//! What is committed under `schemas/`: accepted by any validator, and not stale.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use proofhouse::{schema, store};
use serde_json::Value;

const PROJECT: &str = env!("CARGO_MANIFEST_DIR");

fn committed() -> BTreeMap<String, String> {
    files(&Path::new(PROJECT).join("schemas"))
}

/// Path under a folder to text, without hidden files.
fn files(root: &Path) -> BTreeMap<String, String> {
    let mut folders = vec![root.to_owned()];
    let mut files = BTreeMap::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let inside = path.strip_prefix(root).unwrap();
            let name = inside.to_str().unwrap().replace('\\', "/");
            if !name.starts_with('.') {
                files.insert(name, fs::read_to_string(&path).unwrap());
            }
        }
    }
    files
}

fn is_schema(path: &str) -> bool {
    !path.ends_with("/edition.json") && !path.ends_with("/operation.json")
}

#[test]
fn the_meta_schema_accepts_every_schema() {
    for (path, text) in committed().iter().filter(|(path, _)| is_schema(path)) {
        let schema: Value = serde_json::from_str(text).unwrap();
        let dialect = "https://json-schema.org/draft/2020-12/schema";
        assert_eq!(schema["$schema"], dialect, "{path}");
        if let Err(error) = jsonschema::meta::validate(&schema) {
            panic!(
                "{path} is no JSON Schema at {}: {error}",
                error.instance_path()
            );
        }
        if let Err(error) = jsonschema::validator_for(&schema) {
            panic!("{path} cannot be compiled by a validator with its own settings: {error}");
        }
    }
}

#[test]
fn the_files_are_what_the_contracts_in_them_give() {
    let contracts = store::embedded();
    let mut expected: BTreeMap<String, String> = store::write(&contracts).into_iter().collect();
    expected.extend(schema::files(&contracts));
    check(&committed(), &expected);
}

#[test]
fn the_documents_give_what_is_committed() {
    let manifest = Path::new(PROJECT).join("documents.toml");
    if !Path::new(PROJECT).join("../shared/docs/seeds").is_dir() {
        crate::skip("there are no documents in ../shared/docs/seeds to hold schemas/ against");
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let read = Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .current_dir(folder.path())
        .arg("extract")
        .arg("--manifest")
        .arg(manifest)
        .output()
        .unwrap();
    assert!(read.status.success(), "{read:?}");
    check(&committed(), &files(&folder.path().join("schemas")));
}

/// Names every file that differs, and what rewrites them.
#[track_caller]
fn check(committed: &BTreeMap<String, String>, expected: &BTreeMap<String, String>) {
    let mut wrong = Vec::new();
    for (path, text) in expected {
        match committed.get(path) {
            None => wrong.push(format!("{path} is missing")),
            Some(found) if found != text => {
                let line = found.lines().zip(text.lines()).position(|(a, b)| a != b);
                wrong.push(format!(
                    "{path} differs from line {}",
                    line.unwrap_or_default() + 1
                ));
            }
            Some(_) => {}
        }
    }
    for path in committed
        .keys()
        .filter(|path| !expected.contains_key(*path))
    {
        wrong.push(format!("{path} belongs to no contract"));
    }
    assert!(
        wrong.is_empty(),
        "schemas/ is stale; `proofhouse extract DOCUMENTS` rewrites it:\n{}",
        wrong.join("\n")
    );
}
