//! What is read from two folders of pages that others wrote. They are no part of the project: where
//! they are not at hand, the tests skip themselves.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

/// The facts of a folder by kind, if it is there.
fn facts(folder: &str) -> Option<BTreeMap<String, Vec<Value>>> {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/docs")
        .join(folder);
    if !path.is_dir() {
        crate::skip(&format!("there is no folder ../shared/docs/{folder}"));
        return None;
    }
    let output = Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .args(["extract", "--inventory"])
        .arg(path)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let mut by_kind: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for line in String::from_utf8(output.stdout).unwrap().lines() {
        let fact: Value = serde_json::from_str(line).unwrap();
        let kind = fact["kind"].as_str().unwrap().to_owned();
        by_kind.entry(kind).or_default().push(fact);
    }
    Some(by_kind)
}

fn route(operation: &Value) -> String {
    let text = |key: &str| operation[key].as_str().unwrap_or("").to_owned();
    let route = format!("{} {}", text("method"), text("path"));
    match text("action") {
        action if action.is_empty() => route,
        action => format!("{route}#{action}"),
    }
}

/// Every operation has its path's parameters and a status of success, and every row a name.
fn check(folder: &str, n_operations: usize, n_tables: usize, n_constraints: usize) {
    let Some(facts) = facts(folder) else {
        return;
    };
    let of_kind = |kind: &str| facts.get(kind).map_or(&[][..], Vec::as_slice);
    let (operations, tables) = (of_kind("operation"), of_kind("table"));
    assert_eq!(operations.len(), n_operations, "{folder}: operations");
    assert!(
        tables.len() >= n_tables,
        "{folder}: {} tables",
        tables.len()
    );
    let n_read = of_kind("constraint").len();
    assert!(n_read >= n_constraints, "{folder}: {n_read} constraints");
    let routes: BTreeSet<String> = operations.iter().map(route).collect();
    for operation in operations {
        let holes = operation["path"].as_str().unwrap().matches('{').count();
        let named = operation["path_params"].as_array().unwrap().len();
        assert_eq!(holes, named, "{operation}");
    }
    let silent: Vec<String> = operations
        .iter()
        .filter(|operation| operation["success"].as_array().unwrap().is_empty())
        .map(route)
        .collect();
    assert!(
        silent.len() * 10 <= operations.len(),
        "{folder}: without a success: {silent:#?}"
    );
    for table in tables {
        let owner = table["operation"].as_str();
        assert!(owner.is_none_or(|owner| routes.contains(owner)), "{table}");
        let rows = table["rows"].as_array().unwrap();
        let unnamed = rows
            .iter()
            .find(|row| row["name"].as_str().unwrap().trim().is_empty());
        assert!(
            unnamed.is_none() || owner.is_none(),
            "{}:{}: {unnamed:?}",
            table["doc"],
            table["line"]
        );
        let is_body = ["request", "response"].contains(&table["role"].as_str().unwrap());
        let untyped = rows.iter().find(|row| is_body && row["type"].is_null());
        assert!(
            untyped.is_none(),
            "{}:{}: {untyped:?}",
            table["doc"],
            table["line"]
        );
    }
    let statuses = of_kind("error_code")
        .iter()
        .map(|code| code["status"].as_u64());
    assert!(
        statuses
            .flatten()
            .all(|status| (400..600).contains(&status))
    );
}

#[test]
fn a_folder_of_markdown() {
    check("huawei-bms-md", 58, 335, 510);
}

#[test]
fn a_folder_of_restructured_text() {
    check("otc-bms-rst", 61, 340, 495);
}
