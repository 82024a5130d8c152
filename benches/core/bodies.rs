//! Holding bodies against a Contract, beside parsing the same bytes.

use divan::Bencher;
use divan::counter::BytesCount;
use proofhouse::contract::{
    Body, CharClass, Constraint, Evidence, Field, Format, Kind, Operation, OperationId,
    PathTemplate, Presence, Scalar, Statement, Unit,
};
use proofhouse::schema::{Mode, Subject, Validator};
use proofhouse::source::{DocumentId, Provenance};
use proofhouse::wire::Method;
use serde_json::{Value, json};

fn at() -> Provenance {
    Provenance::line(&DocumentId::new("lighthouses-2031-en"), 1)
}

fn field(name: &str, kind: Kind, constraints: Vec<Constraint>, children: Vec<Field>) -> Field {
    let statement = |constraint| Statement {
        constraint,
        at: at(),
        rule: "en.bench".to_owned(),
    };
    Field {
        name: name.to_owned(),
        printed: None,
        kind,
        other_kinds: Vec::new(),
        presence: Presence::Required,
        evidence: Evidence::default(),
        nullable: None,
        statements: constraints.into_iter().map(statement).collect(),
        children,
        at: at(),
    }
}

/// An answer of the size and nesting that a cloud's detail pages have.
fn operation() -> Operation {
    let text = |name: &str, constraint| field(name, Kind::String, vec![constraint], Vec::new());
    let states = ["LIT", "DARK", "FOG"].map(|state| Scalar::Text(state.to_owned()));
    let name = field(
        "name",
        Kind::String,
        vec![
            Constraint::Length {
                min: Some(1),
                max: Some(64),
                unit: Unit::Characters,
            },
            Constraint::Charset(vec![
                CharClass::Chinese,
                CharClass::Range('a', 'z'),
                CharClass::Range('0', '9'),
                CharClass::One('-'),
            ]),
        ],
        Vec::new(),
    );
    let uuid = || Constraint::Format {
        format: Format::Uuid,
        or_empty: false,
    };
    let lamp = vec![
        text("id", uuid()),
        name.clone(),
        text(
            "state",
            Constraint::Enum {
                values: states.to_vec(),
                open: false,
            },
        ),
        text(
            "lit_at",
            Constraint::Format {
                format: Format::Time(None),
                or_empty: true,
            },
        ),
        field(
            "watts",
            Kind::Integer,
            vec![Constraint::Range {
                min: Some(1.into()),
                max: Some(9_000.into()),
            }],
            Vec::new(),
        ),
    ];
    let lamps = field(
        "lamps",
        Kind::Array(Box::new(Kind::Object)),
        Vec::new(),
        lamp,
    );
    let labels = Kind::Map {
        key: "label".to_owned(),
        value: Box::new(Kind::String),
    };
    let labels = field("labels", labels, Vec::new(), Vec::new());
    let tower = vec![text("id", uuid()), name, lamps, labels];
    let body = Body {
        fields: vec![field("tower", Kind::Object, Vec::new(), tower)],
        examples: 0,
        at: at(),
    };
    let path = PathTemplate::parse("/v1/towers/{tower_id}");
    Operation {
        id: OperationId::of(Method::Get, &path, None),
        method: Method::Get,
        path,
        selector: None,
        parameters: Vec::new(),
        request: None,
        response: Some(body),
        success: vec![(200, at())],
        statements: Vec::new(),
        permissions: Vec::new(),
        deprecated: None,
        at: at(),
    }
}

/// A valid answer with ten lamps, as bytes.
pub fn valid() -> String {
    let id = "0f8fad5b-d9cb-469f-a165-70867728950e";
    let lamp = |number: u32| {
        json!({
            "id": id, "name": format!("lamp-{number}-灯"), "state": "LIT",
            "lit_at": "2031-05-01T20:00:00Z", "watts": 1000 + number,
        })
    };
    let lamps: Vec<Value> = (0..10).map(lamp).collect();
    let tower = json!({
        "id": id, "name": "north", "lamps": lamps, "labels": { "sea": "cold", "rock": "hard" },
    });
    json!({ "tower": tower }).to_string()
}

/// The same with three things wrong.
pub fn broken() -> String {
    let text = valid().replacen("\"LIT\"", "\"GREEN\"", 1);
    text.replacen("1000", "-1", 1).replacen("\"north\"", "7", 1)
}

pub fn validator() -> Validator {
    let operation = operation();
    let subject = Subject {
        operation: &operation,
        disputes: &[],
    };
    Validator::response(&subject, Mode::Lenient).expect("the operation has a response")
}

pub fn parse(text: &str) -> Value {
    serde_json::from_str(text).expect("the bodies are JSON")
}

#[divan::bench]
fn parse_json(bencher: Bencher<'_, '_>) {
    let text = valid();
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| parse(&text));
}

#[divan::bench]
fn judge_valid(bencher: Bencher<'_, '_>) {
    let (text, validator) = (valid(), validator());
    let body = parse(&text);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| validator.violations(&body));
}

#[divan::bench]
fn judge_broken(bencher: Bencher<'_, '_>) {
    let (text, validator) = (broken(), validator());
    let body = parse(&text);
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| validator.violations(&body));
}

#[divan::bench]
fn compile_validator() -> Validator {
    validator()
}
