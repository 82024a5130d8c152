//! `proofhouse lint`: what people and programs get of it.

use std::collections::BTreeSet;
use std::process::Command;

use proofhouse::lint::Category;
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
    let listed = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline"])
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
