//! `rulings.toml`: read, applied, shown wherever the fact is shown, and reported when it is no
//! longer true.

use std::path::Path;

use proofhouse::contract::{Contract, Fact, Kind, Presence};
use proofhouse::extract::{self, Reading};
use proofhouse::ruling::{Problem, Rulings, json_schema};
use proofhouse::source::DocumentId;
use proofhouse::{document, store};
use serde_json::Value;

use crate::kettles::{NEW, OLD, World};

/// Both editions, settled against each other.
fn editions() -> Vec<Contract> {
    let read =
        |id, text: &str| extract::read(&document::read(&DocumentId::new(id), text.as_bytes()));
    let mut readings: Vec<Reading> = vec![read("kettles-2030", OLD), read("kettles-2031", NEW)];
    extract::settle(&mut readings);
    readings
        .into_iter()
        .map(|reading| reading.contract)
        .collect()
}

/// One ruling on a field of `kettles-2030`.
fn ruling(operation: &str, side: &str, field: &str, fact: &str, holds: &str, was: &str) -> String {
    format!(
        "[[ruling]]\nedition = \"kettles-2030\"\noperation = \"{operation}\"\ndirection = \"{side}\"\nfield = \"{field}\"\n\
         fact = \"{fact}\"\nruling = {holds}\n{was}\nreason = \"it was tried\"\nwho = \"the kettle team\"\nwhen = 2030-05-06\n"
    )
}

fn rulings(text: &str) -> Rulings {
    Rulings::parse("rulings.toml", text).unwrap_or_else(|error| panic!("{error}"))
}

#[test]
fn a_kind_is_settled_and_its_dispute_ends() {
    let mut contracts = editions();
    let litres = |contract: &Contract, fact: Fact| {
        let disputes = contract.disputes.iter();
        disputes
            .filter(|known| {
                known.fact == fact
                    && known
                        .field
                        .as_ref()
                        .is_some_and(|field| field.leaf() == "litres")
            })
            .count()
    };
    assert_eq!(litres(&contracts[0], Fact::Kind), 1);
    let text = ruling(
        "kettles.show",
        "response",
        "kettle.litres",
        "kind",
        "\"String\"",
        "was = [\"String\", \"Integer\"]",
    );
    assert_eq!(rulings(&text).apply(&mut contracts), []);
    let operation = &contracts[0].operations[0];
    let (_, field) = &operation.response_fields()[3];
    assert_eq!(
        (field.name.as_str(), &field.kind),
        ("litres", &Kind::String)
    );
    assert_eq!(litres(&contracts[0], Fact::Kind), 0);
    let ruled = &contracts[0].rulings[0];
    assert_eq!(
        (ruled.value.as_str(), ruled.settled.len(), ruled.at.line),
        ("String", 1, 1)
    );
    // What is kept in files is kept with its rulings, and applying them again changes nothing.
    let files = store::write(&contracts);
    assert_eq!(store::read(&files).unwrap(), contracts);
    let once = contracts.clone();
    assert_eq!(rulings(&text).apply(&mut contracts), []);
    assert_eq!(contracts, once);
}

#[test]
fn limits_and_presence_are_settled_in_both_editions() {
    let mut contracts = editions();
    let text = [
        ruling(
            "PUT /v1/{project_id}/kettles/{kettle_id}",
            "request",
            "kettle.litres",
            "range",
            "{ min = 1, max = 9 }",
            "was = [\"1 to 20\", \"1 to 40\"]",
        ),
        ruling(
            "kettles.update",
            "request",
            "kettle.name",
            "presence",
            "\"optional\"",
            "was = [\"not shown\", \"optional\", \"required\"]",
        ),
        ruling(
            "kettles.update",
            "request",
            "kettle.name",
            "length",
            "false",
            "was = [\"1 to 32 characters\", \"1 to 64 characters\"]",
        ),
    ]
    .join("\n");
    assert_eq!(rulings(&text).apply(&mut contracts), []);
    let fields = contracts[0].operations[1].request_fields();
    let said = |nth: usize| {
        let statements = fields[nth].1.statements.iter();
        statements
            .map(|known| {
                (
                    known.constraint.word(),
                    known.rule.as_str(),
                    known.at.to_string(),
                )
            })
            .collect::<Vec<_>>()
    };
    assert_eq!(said(1), []);
    assert_eq!(fields[1].1.presence, Presence::Optional);
    assert_eq!(
        said(2),
        [("range", "ruling", "rulings.toml, line 1".to_owned())]
    );
    let open: Vec<&str> = contracts
        .iter()
        .flat_map(|contract| &contract.disputes)
        .filter_map(|dispute| {
            dispute.field.as_ref().filter(|_| {
                dispute
                    .operation
                    .as_ref()
                    .is_some_and(|id| id.as_str() == "kettles.update")
            })
        })
        .map(|field| field.leaf())
        .filter(|leaf| *leaf == "name")
        .collect();
    assert_eq!(open, Vec::<&str>::new());
}

/// What becomes of one ruling.
#[track_caller]
fn check(text: &str, said: &str) {
    let mut contracts = editions();
    let concerns = rulings(text).apply(&mut contracts);
    let words: Vec<String> = concerns.iter().map(ToString::to_string).collect();
    assert_eq!(words.join("\n"), said);
    let applied = contracts
        .iter()
        .map(|contract| contract.rulings.len())
        .sum::<usize>();
    let is_applied = concerns
        .iter()
        .all(|concern| matches!(concern.problem, Problem::Undated { .. } | Problem::Idle));
    assert_eq!(applied, usize::from(is_applied));
}

#[test]
fn rulings_that_need_a_look_are_reported() {
    check(
        &ruling(
            "kettles.update",
            "request",
            "kettle.litres",
            "range",
            "{ max = 9 }",
            "was = [\"1 to 10\"]",
        ),
        "rulings.toml:1: the ruling on kettles.update request kettle.litres range is stale, and not applied: when it was decided the documents said \"1 to 10\", now they say \"1 to 20\", \"1 to 40\"; decide again",
    );
    check(
        &ruling(
            "kettles.update",
            "request",
            "kettle.litres",
            "range",
            "{ max = 9 }",
            "",
        ),
        "rulings.toml:1: the ruling on kettles.update request kettle.litres range is applied, but nobody will notice when the documents change: add `was = [\"1 to 20\", \"1 to 40\"]`",
    );
    check(
        &ruling(
            "kettles.updat",
            "request",
            "kettle.litres",
            "range",
            "{ max = 9 }",
            "",
        ),
        "rulings.toml:1: the ruling on kettles.updat request kettle.litres range is unused: there is no operation `kettles.updat`; did you mean `kettles.update`?",
    );
    check(
        &ruling(
            "kettles.update",
            "request",
            "kettle.liters",
            "range",
            "{ max = 9 }",
            "",
        ),
        "rulings.toml:1: the ruling on kettles.update request kettle.liters range is unused: there is no field `kettle.liters`; did you mean `kettle.litres`?",
    );
    check(
        &ruling(
            "kettles.show",
            "response",
            "kettle.name",
            "length",
            "{ min = 1, max = 64 }",
            "was = [\"1 to 64 characters\"]",
        ),
        "rulings.toml:1: the ruling on kettles.show response kettle.name length is unused: the documents say the same, and nothing disputes it; it can be deleted",
    );
}

#[test]
fn a_changed_document_makes_a_ruling_stale() {
    let world = World::new();
    world.write(
        "rulings.toml",
        &ruling(
            "kettles.show",
            "response",
            "kettle.litres",
            "kind",
            "\"String\"",
            "was = [\"Integer\", \"String\"]",
        ),
    );
    let codes = |world: &World| -> Vec<String> {
        let said = world.run(&["lint", "old.txt", "--format", "json"]);
        let flaws: Value = serde_json::from_str(&said.out).unwrap();
        let flaws = flaws["flaws"].as_array().unwrap().iter();
        flaws
            .map(|flaw| flaw["code"].as_str().unwrap().to_owned())
            .filter(|code| code.starts_with("ruling") || code.starts_with("kind"))
            .collect()
    };
    assert_eq!(codes(&world), ["ruling-in-force"]);
    world.write(
        "old.txt",
        &OLD.replace("litres\tInteger\tHow much", "litres\tNumber\tHow much"),
    );
    assert_eq!(codes(&world), ["kind-contradiction", "ruling-stale"]);
}

#[test]
fn every_mistake_in_the_file_is_named_with_its_line() {
    let text = "\
[[ruling]]
edition = \"kettles-2030\"
operaton = \"kettles.show\"
direction = \"answer\"
field = \"kettle.litres\"
fact = \"knd\"
ruling = \"String\"
reason = \"\"
who = \"us\"
when = 2030-05-06

[[ruling]]
edition = \"kettles-2030\"
operation = \"kettles.show\"
field = \"kettle.name\"
fact = \"length\"
ruling = { most = 3 }
was = \"1 to 64\"
reason = \"so\"
who = \"us\"
when = 2030-05-06

[[rulings]]
";
    let error = Rulings::parse("rulings.toml", text).unwrap_err();
    insta::assert_snapshot!(error.to_string());
    let error = Rulings::parse("rulings.toml", "[[ruling]]\nedition = kettles\n").unwrap_err();
    assert!(error.to_string().starts_with("rulings.toml:2: "), "{error}");
}

#[test]
fn rulings_are_shown_wherever_the_fact_is_shown() {
    let world = World::new();
    world.write(
        "rulings.toml",
        &ruling(
            "kettles.update",
            "request",
            "kettle.litres",
            "range",
            "{ min = 1, max = 9 }",
            "was = [\"1 to 20\"]",
        ),
    );
    let inventory = world.run(&["extract", "old.txt", "--inventory"]).out;
    let about: Vec<&str> = inventory
        .lines()
        .filter(|line| line.contains("\"rulings.toml\""))
        .collect();
    assert_eq!(about.len(), 2, "{about:#?}");
    assert!(
        about[0].contains("\"rule\":\"range\",\"value\":[1,9]")
            && about[1].contains("\"kind\":\"ruling\"")
    );
    let lint = world.run(&["lint", "old.txt", "--category", "ruling-in-force"]);
    assert_eq!(lint.code, 0, "what is settled fails nothing");
    assert!(
        lint.out.contains("1 to 9 by the kettle team: it was tried"),
        "{}",
        lint.out
    );
}

#[test]
fn the_schema_is_committed_and_accepts_what_the_reader_accepts() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("rulings.schema.json");
    let committed: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(
        committed,
        json_schema(),
        "rulings.schema.json is stale; `proofhouse rulings --schema > rulings.schema.json` rewrites it"
    );
    let validator = jsonschema::validator_for(&committed).unwrap();
    let as_json = |text: &str| serde_json::to_value(text.parse::<toml::Table>().unwrap()).unwrap();
    let good = ruling(
        "kettles.show",
        "response",
        "kettle.litres",
        "kind",
        "\"String\"",
        "",
    )
    .replace("2030-05-06", "\"2030-05-06\"");
    assert!(validator.is_valid(&as_json(&good)));
    for (old, new) in [
        ("who", "whom"),
        ("\"kind\"", "\"knd\""),
        ("\"response\"", "\"answer\""),
        ("direction = \"response\"\n", ""),
    ] {
        let bad = good.replace(old, new);
        assert!(!validator.is_valid(&as_json(&bad)), "{bad}");
        assert!(Rulings::parse("rulings.toml", &bad).is_err(), "{bad}");
    }
}
