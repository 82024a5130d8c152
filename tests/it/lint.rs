//! `proofhouse lint`: what people and programs get of it.

use std::collections::BTreeSet;
use std::process::Command;

use proofhouse::contract::{Claim, Dispute, ErrorCode, Fact, FieldPath, OperationId, Step};
use proofhouse::document;
use proofhouse::extract::{self, examples::Repair};
use proofhouse::lint::{self, Category, Material};
use proofhouse::source::{DocumentId, Provenance};
use serde_json::Value;

use crate::kettles::{Said, World};

/// What a command prints, for a snapshot.
fn text(said: &Said) -> String {
    format!("{}\nexit code {}\n{}", said.out, said.code, said.err)
}

#[test]
fn one_document_is_shown_with_its_lines() {
    let said = World::new().run(&["lint", "old.txt"]);
    insta::assert_snapshot!(text(&said));
}

#[test]
fn editions_are_held_against_each_other() {
    let said = World::new().run(&[
        "lint",
        "--category",
        "edition-presence",
        "--category",
        "edition-limit",
    ]);
    insta::assert_snapshot!(text(&said));
}

#[test]
fn json_has_a_version_and_says_the_same() {
    let world = World::new();
    let said = world.run(&[
        "lint",
        "old.txt",
        "--format",
        "json",
        "--output",
        "flaws.json",
    ]);
    assert_eq!((said.code, said.out.as_str()), (1, ""));
    let written = std::fs::read_to_string(world.path().join("flaws.json")).unwrap();
    let flaws: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(flaws["version"], 1);
    assert_eq!(flaws["flaws"].as_array().unwrap().len(), 6);
    insta::assert_snapshot!(serde_json::to_string_pretty(&flaws["flaws"][0]).unwrap());
}

/// The schema that OASIS publishes, from the package that carries it.
fn published_schema() -> Value {
    // Packages for other platforms need not be here.
    let version = Command::new("rustc").arg("-vV").output().unwrap();
    let version = String::from_utf8(version.stdout).unwrap();
    let host = version.lines().find_map(|line| line.strip_prefix("host: "));
    let listed = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline"])
        .args(["--filter-platform", host.unwrap()])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    let packages: Value = serde_json::from_slice(&listed.stdout).unwrap();
    let package = packages["packages"]
        .as_array()
        .unwrap()
        .iter()
        .find(|package| package["name"] == "serde-sarif")
        .unwrap();
    let manifest = std::path::Path::new(package["manifest_path"].as_str().unwrap());
    let schema = manifest.with_file_name("src").join("schema.json");
    let mut schema: Value =
        serde_json::from_str(&std::fs::read_to_string(schema).unwrap()).unwrap();
    // As published, this pattern closes a bracket that it did not open, which is no valid regex.
    for part in ["run", "toolComponent"] {
        let language = &mut schema["definitions"][part]["properties"]["language"];
        assert!(
            language
                .as_object_mut()
                .unwrap()
                .remove("pattern")
                .is_some()
        );
    }
    schema
}

#[test]
fn sarif_is_what_its_schema_wants() {
    let said = World::new().run(&["lint", "--format", "sarif"]);
    let sarif: Value = serde_json::from_str(&said.out).unwrap();
    let validator = jsonschema::validator_for(&published_schema()).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&sarif)
        .map(|error| format!("{} {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    // The schema is not one that accepts anything.
    let mut broken = sarif.clone();
    broken["runs"][0]["results"][0]["level"] = "dreadful".into();
    assert!(!validator.is_valid(&broken));

    let typed: serde_sarif::sarif::Sarif = serde_json::from_value(sarif).unwrap();
    let run = &typed.runs[0];
    let results = run.results.as_ref().unwrap();
    let rules = run.tool.driver.rules.as_ref().unwrap();
    assert!(results.len() > 6);
    for result in results {
        let rule = &rules[usize::try_from(result.rule_index.unwrap()).unwrap()];
        assert_eq!(Some(&rule.id), result.rule_id.as_ref());
    }
    let prints: BTreeSet<_> = results
        .iter()
        .map(|result| format!("{:?}", result.partial_fingerprints))
        .collect();
    assert_eq!(
        prints.len(),
        results.len(),
        "two results share a fingerprint"
    );
}

#[test]
fn fingerprints_outlive_moved_lines() {
    let world = World::new();
    let ids = |file: &str| -> BTreeSet<String> {
        let said = world.run(&["lint", file, "--format", "json"]);
        let flaws: Value = serde_json::from_str(&said.out).unwrap();
        let flaws = flaws["flaws"].as_array().unwrap().iter();
        flaws
            .map(|flaw| flaw["id"].as_str().unwrap().to_owned())
            .collect()
    };
    let before = ids("old.txt");
    world.write(
        "old.txt",
        &format!("# 0 News\n\nNothing.\n\n{}", crate::kettles::OLD),
    );
    assert_eq!(ids("old.txt"), before);
}

#[test]
fn filters_leave_what_is_asked_for() {
    let world = World::new();
    let codes = |arguments: &[&str]| -> Vec<String> {
        let all: Vec<&str> = ["lint", "old.txt", "--format", "json"]
            .iter()
            .chain(arguments)
            .copied()
            .collect();
        let said = world.run(&all);
        let flaws: Value = serde_json::from_str(&said.out).unwrap();
        let flaws = flaws["flaws"].as_array().unwrap();
        assert_eq!(said.code, i32::from(!flaws.is_empty()));
        flaws
            .iter()
            .map(|flaw| flaw["code"].as_str().unwrap().to_owned())
            .collect()
    };
    assert_eq!(
        codes(&["--operation", "kettles.update", "--severity", "warning"]),
        ["name-misprint", "required-not-shown"]
    );
    assert_eq!(
        codes(&[
            "--operation",
            "PUT /v1/{project_id}/kettles/{kettle_id}",
            "--severity",
            "error"
        ]),
        ["name-misprint"]
    );
    assert_eq!(
        codes(&["--category", "reference-missing"]),
        ["reference-missing"]
    );
    assert_eq!(
        codes(&["--category", "code-repeated"]),
        Vec::<String>::new()
    );
}

#[test]
fn what_cannot_be_done_is_said() {
    let world = World::new();
    for (arguments, code, said) in [
        (&["lint", "gone.txt"][..], 2, "read document `gone.txt`"),
        (
            &["lint", "--operation", "kettles.updat"],
            2,
            "did you mean `kettles.update`?",
        ),
        (
            &["lint", "--category", "kind-contradicton"],
            2,
            "did you mean `kind-contradiction`?",
        ),
        (
            &["lint", "--explain", "name-misprnt"],
            2,
            "did you mean `name-misprint`?",
        ),
        (&["lint", "documents.toml"], 3, "nothing was read"),
    ] {
        let ended = world.run(arguments);
        assert_eq!(ended.code, code, "{arguments:?}: {}", ended.err);
        assert!(ended.err.contains(said), "{arguments:?}: {}", ended.err);
    }
}

#[test]
fn without_documents_the_embedded_contract_is_linted() {
    let said = World::empty().run(&["lint", "--format", "json"]);
    assert!(said.err.contains("not at hand"), "{}", said.err);
    let flaws: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(
        said.code,
        i32::from(flaws["flaws"] != Value::Array(Vec::new()))
    );
}

#[test]
fn both_ways_to_a_page_print_the_same() {
    let world = World::empty();
    for category in Category::ALL {
        let (one, other) = (
            world.run(&["lint", "--explain", category.code()]),
            world.run(&["explain", category.code()]),
        );
        assert_eq!((one.code, &one.out), (0, &other.out));
        assert!(one.out.contains(&category.explanation()));
    }
}

/// The code and title of a dispute in the contract of the kettles. A claim is a document, a row or
/// a line outside of tables, and words.
#[track_caller]
fn check(
    operation: Option<&str>,
    field: Option<&str>,
    fact: Fact,
    claims: &[(&str, bool, &str)],
    said: &str,
) {
    let old = DocumentId::new("kettles-2030");
    let document = document::read(&old, crate::kettles::OLD.as_bytes());
    let mut contract = extract::read(&document).contract;
    let claims = (1..)
        .zip(claims)
        .map(|(line, (document, in_row, words))| Claim {
            claim: (*words).to_owned(),
            at: Provenance {
                row: in_row.then_some(line),
                ..Provenance::line(&DocumentId::new(document), line)
            },
        });
    let codes = [400, 400, 404].into_iter().zip(1..);
    contract.error_codes = codes
        .map(|(status, line)| ErrorCode {
            code: "K.1".to_owned(),
            status: Some(status),
            at: row(&old, line),
        })
        .collect();
    contract.disputes = vec![Dispute {
        operation: operation.map(OperationId::new),
        field: field.map(|field| {
            FieldPath(
                field
                    .split('.')
                    .map(|name| Step::Name(name.to_owned()))
                    .collect(),
            )
        }),
        fact,
        claims: claims.collect(),
    }];
    let flaws = lint::flaws(
        &[Material {
            contract: &contract,
            reading: None,
        }],
        &[],
    );
    let shown: Vec<String> = flaws
        .iter()
        .map(|flaw| format!("{}: {}", flaw.category, flaw.title))
        .collect();
    assert_eq!(shown.join("\n"), said);
}

fn row(document: &DocumentId, line: u32) -> Provenance {
    Provenance {
        row: Some(line),
        ..Provenance::line(document, line)
    }
}

#[test]
fn disputes_are_sorted_by_who_disputes() {
    const OLD: &str = "kettles-2030";
    const NEW: &str = "kettles-2031";
    let show = Some("kettles.show");
    let litres = Some("kettle.litres");
    check(
        show,
        litres,
        Fact::Kind,
        &[(OLD, true, "Integer"), (OLD, false, "null")],
        "null-undocumented: `kettle.litres` of GET /v1/{project_id}/kettles/{kettle_id} is shown as null, and the table says Integer",
    );
    check(
        show,
        litres,
        Fact::Kind,
        &[(OLD, true, "Integer"), (NEW, true, "String")],
        "edition-kind: `kettle.litres` of GET /v1/{project_id}/kettles/{kettle_id} has different types: Integer in kettles-2030, String in kettles-2031",
    );
    check(
        None,
        litres,
        Fact::Kind,
        &[
            (OLD, true, "kettles.show: Integer"),
            (OLD, true, "kettles.update: String"),
        ],
        "kind-contradiction: `kettle.litres` has different types: Integer in kettles.show, String in kettles.update",
    );
    check(
        show,
        litres,
        Fact::Presence,
        &[(OLD, true, "documented"), (NEW, false, "not documented")],
        "edition-field: only kettles-2030 documents the field `litres` of GET /v1/{project_id}/kettles/{kettle_id}",
    );
    check(
        show,
        Some("kettle.steam"),
        Fact::Presence,
        &[
            (OLD, true, "no such field in the response"),
            (OLD, false, "shown as String"),
        ],
        "field-undocumented: the example of GET /v1/{project_id}/kettles/{kettle_id} shows the field `steam` without a row in any table",
    );
    // The row of another body with the same field is no row of this one.
    check(
        show,
        litres,
        Fact::Presence,
        &[
            (OLD, true, "no such field in the request"),
            (OLD, false, "shown as String"),
        ],
        "field-undocumented: the example of GET /v1/{project_id}/kettles/{kettle_id} shows the field `litres` without a row in any table",
    );
    check(
        show,
        litres,
        Fact::Name,
        &[(OLD, true, "lit res"), (OLD, false, "litres")],
        "name-broken: 1 name in kettles-2030 has a blank inside: `litres`",
    );
    check(
        show,
        Some("kettle_id"),
        Fact::Name,
        &[(OLD, true, "id"), (OLD, false, "kettle_id")],
        "parameter-renamed: one parameter of a path with two names: `id`, `kettle_id`",
    );
    check(
        show,
        None,
        Fact::Value,
        &[
            (OLD, false, "name sent as \"a\""),
            (OLD, false, "answered as \"b\""),
        ],
        "examples-disagree: request and answer in the example of GET /v1/{project_id}/kettles/{kettle_id} do not fit",
    );
    check(
        None,
        None,
        Fact::Value,
        &[(OLD, true, "K.1 with 400"), (OLD, true, "K.1 with 400")],
        "code-repeated: 1 error code in kettles-2030 listed more than once: K.1",
    );
    check(
        None,
        None,
        Fact::Value,
        &[
            (OLD, true, "K.1 with 400"),
            (OLD, true, "K.1 with 400"),
            (OLD, true, "K.1 with 404"),
        ],
        "code-contradiction: K.1 with 400, K.1 with 404",
    );
    check(
        None,
        None,
        Fact::Value,
        &[
            (OLD, false, "state in state tepid"),
            (OLD, false, "one of cold, warm"),
        ],
        "state-unknown: a state is named that its field cannot have: state in state tepid, one of cold, warm",
    );
    check(
        show,
        litres,
        Fact::Structure,
        &[
            (OLD, true, "litres inside kettle"),
            (OLD, false, "litres at the root"),
        ],
        "structure-contradiction: the field `litres` of GET /v1/{project_id}/kettles/{kettle_id} stands elsewhere in the example: inside kettle in the table, at the root in the example",
    );
    check(
        None,
        Some("kettle"),
        Fact::Structure,
        &[
            (OLD, true, "kettles.show: holds id"),
            (OLD, true, "kettles.update: holds nothing more"),
        ],
        "structure-differs: `kettle` has different contents: holds id in kettles.show, holds nothing more in kettles.update",
    );
    check(
        show,
        None,
        Fact::ExampleCorrupt,
        &[(OLD, false, &Repair::CutApart.to_string())],
        "example-cut: an example of GET /v1/{project_id}/kettles/{kettle_id} is cut apart",
    );
    check(
        show,
        None,
        Fact::ExampleCorrupt,
        &[(OLD, false, &Repair::StrayComma.to_string())],
        "example-broken: an example of GET /v1/{project_id}/kettles/{kettle_id} is no JSON: a comma with nothing behind it",
    );
    check(
        None,
        None,
        Fact::Operation,
        &[(OLD, true, "GET /kettles is listed")],
        "operation-undescribed: 1 listed operation in kettles-2030 without a page: GET /kettles",
    );
    check(
        None,
        None,
        Fact::Operation,
        &[
            (OLD, false, "GET /a is not listed"),
            (OLD, false, "GET /b is not listed"),
        ],
        "operation-unlisted: 2 operations of kettles-2030 left out of a list that has the others: GET /a, GET /b",
    );
    check(
        show,
        None,
        Fact::Operation,
        &[
            (OLD, false, "succeeds with 200"),
            (NEW, false, "succeeds with 202"),
        ],
        "edition-operation: GET /v1/{project_id}/kettles/{kettle_id}: succeeds with 200 in kettles-2030, succeeds with 202 in kettles-2031",
    );
}
