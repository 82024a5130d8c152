//! Pages of a help center about gates, in the two ways such pages are laid out: everything below list
//! items with tables named by the line above them, and one table per structure with links in its types.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

fn facts() -> Vec<Value> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/isles");
    let output = Command::new(env!("CARGO_BIN_EXE_proofhouse"))
        .args(["extract", "--inventory"])
        .arg(&folder)
        .current_dir(&folder)
        .output()
        .unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The named values of every fact of a kind on a page, one line each.
fn shown(facts: &[Value], kind: &str, page: &str, keys: &[&str]) -> String {
    let doc = format!("isles/{page}");
    let here = facts
        .iter()
        .filter(|fact| fact["kind"] == kind && fact["doc"] == doc.as_str());
    let lines = here.map(|fact| {
        let values: Vec<String> = keys.iter().map(|key| fact[*key].to_string()).collect();
        values.join(" ")
    });
    lines.collect::<Vec<_>>().join("\n").replace('"', "")
}

#[test]
fn what_stands_below_list_items_is_read() {
    let facts = facts();
    let page = "harbour/opening_a_gate";
    assert_eq!(
        shown(
            &facts,
            "operation",
            page,
            &["line", "path", "success", "request", "response"]
        ),
        "24 /v2/{harbour_id}/gates [202] [gate] [job_id,error]"
    );
    assert_eq!(
        shown(&facts, "table", page, &["line", "role"]),
        "29 path\n40 request\n49 request\n89 response\n97 response\n124 status"
    );
    let constraints = shown(
        &facts,
        "constraint",
        page,
        &["line", "field", "rule", "value"],
    );
    for expected in [
        "54 gate.name byte_length [null,255]",
        "56 gate.width range [10,900]",
        "58 gate.width default 40",
        "62 gate.kind enum [SLUICE,LOCK]",
    ] {
        assert!(constraints.contains(expected), "{expected}:\n{constraints}");
    }
}

#[test]
fn links_in_types_and_status_labels_are_followed() {
    let facts = facts();
    let page = "harbour/showing_a_gate";
    assert_eq!(
        shown(&facts, "table", page, &["line", "number", "role"]),
        "18 Table 1 path\n31 Table 2 query\n48 Table 3 header\n61 Table 4 response\n76 Table 5 response\n\
         96 Table 6 response\n106 Table 7 error\n146 null status"
    );
    assert_eq!(
        shown(
            &facts,
            "reference",
            page,
            &["line", "field", "to", "resolved", "problem"]
        ),
        "66 gate GateShow Table 5 null\n70 keepers Keeper Table 6 null\n155 null Error Codes Error Codes null"
    );
    let constraints = shown(&facts, "constraint", page, &["field", "rule", "value"]);
    for expected in [
        "limit range [0,2000]",
        "limit default 1000",
        "gate.state enum [OPEN,SHUT]",
    ] {
        assert!(constraints.contains(expected), "{expected}:\n{constraints}");
    }
}

#[test]
fn a_status_over_several_codes_holds_for_each() {
    assert_eq!(
        shown(&facts(), "error_code", "codes", &["line", "status", "code"]),
        "9 400 GATE.0001\n11 400 GATE.0002\n13 404 GATE.0404"
    );
}

#[test]
fn links_of_an_index_are_followed_without_a_verb() {
    assert_eq!(
        shown(
            &facts(),
            "reference",
            "index",
            &["line", "to", "resolved", "problem"]
        ),
        "4 Opening a Gate Opening a Gate null\n\
         5 Closing a Gate null the link leads to no place of this document"
    );
}
