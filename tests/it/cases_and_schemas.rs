//! Cases and schemas each decide alone what a Contract allows. Here they are compared: a schema
//! accepts the body of a case that must be accepted, and names the statement of one that must not.

use proofhouse::case::{Case, Credentials, Expect, Template, cases, generated};
use proofhouse::contract::{
    Body, CharClass, Constraint, Contract, Direction, Edition, Evidence, Field, Format, Kind,
    Operation, OperationId, PathTemplate, Presence, Scalar, Statement, Unit,
};
use proofhouse::schema::{Mode, Subject, Validator};
use proofhouse::source::{DocumentId, Provenance};
use proofhouse::wire::Method;
use serde_json::{Value, json};

fn at() -> Provenance {
    Provenance::line(&DocumentId::new("bakery"), 1)
}

fn field(name: &str, kind: Kind, constraints: &[Constraint]) -> Field {
    let statements = constraints.iter().map(|constraint| Statement {
        constraint: constraint.clone(),
        at: at(),
        rule: "test".to_owned(),
    });
    Field {
        name: name.to_owned(),
        printed: None,
        kind,
        other_kinds: Vec::new(),
        presence: Presence::Required,
        evidence: Evidence::default(),
        nullable: None,
        statements: statements.collect(),
        children: Vec::new(),
        at: at(),
    }
}

/// A bakery that bakes loaves with this field, in a list.
fn contract(loaf: Field) -> Contract {
    let flour = Field {
        presence: Presence::Optional,
        ..field("flour", Kind::String, &[])
    };
    let loaves = Field {
        children: vec![loaf, flour],
        ..field("loaves", Kind::Array(Box::new(Kind::Object)), &[])
    };
    let operation = Operation {
        id: OperationId::new("loaves.create"),
        method: Method::Post,
        path: PathTemplate::parse("/loaves"),
        selector: None,
        parameters: Vec::new(),
        request: Some(Body {
            fields: vec![loaves],
            examples: 0,
            at: at(),
        }),
        response: None,
        success: Vec::new(),
        statements: Vec::new(),
        permissions: Vec::new(),
        deprecated: None,
        at: at(),
    };
    Contract {
        edition: Edition {
            id: DocumentId::new("bakery"),
            language: None,
            date: None,
            title: None,
            api: None,
        },
        operations: vec![operation],
        statuses: Vec::new(),
        error_codes: Vec::new(),
        envelopes: Vec::new(),
        states: Vec::new(),
        jobs: None,
        versions: None,
        disputes: Vec::new(),
        rulings: Vec::new(),
    }
}

/// The body as it is sent, each lent value another text.
fn sent(template: &Template, n_lent: &mut u32) -> Value {
    match template {
        Template::Literal(value) => value.clone(),
        Template::Lent(_) | Template::Kept(_) => {
            *n_lent += 1;
            json!(format!("6f1c2a90-3b5d-4e7f-8a1b-{n_lent:012}"))
        }
        Template::Array(items) => items.iter().map(|item| sent(item, n_lent)).collect(),
        Template::Object(members) => members
            .iter()
            .map(|(name, member)| (name.clone(), sent(member, n_lent)))
            .collect(),
    }
}

fn check_case(validator: &Validator, case: &Case) {
    let Some(body) = &case.draft.body else { return };
    let body = sent(body, &mut 0);
    let told = validator.violations(&body);
    let rules: Vec<(String, &str)> = told
        .iter()
        .filter(|violation| !violation.open)
        .map(|violation| (violation.field.to_string(), violation.rule))
        .collect();
    let about_body = case.draft.credentials == Credentials::Own;
    match (case.expect, &case.tests) {
        (Expect::Accepted, _) => assert_eq!(rules, [], "{} {body}", case.id),
        (Expect::Refused, Some(tests)) if tests.direction == Direction::Request && about_body => {
            let path = tests.field.as_ref().map(ToString::to_string);
            // To a schema, null is a statement of its own.
            let named = |(field, rule): &(String, &str)| {
                let empty = [
                    "not_empty",
                    "length_range",
                    "min_length",
                    "byte_length",
                    "max_items",
                ];
                let same = *rule == tests.rule
                    || (tests.rule == "kind" && *rule == "nullable")
                    || (empty.contains(rule) && empty.contains(&tests.rule));
                path.as_ref()
                    .is_some_and(|path| field.starts_with(path.as_str()))
                    && same
            };
            assert!(rules.iter().any(named), "{} {body} {rules:?}", case.id);
        }
        (Expect::Refused | Expect::Either, _) => {}
    }
}

fn check(kind: Kind, constraints: &[Constraint]) {
    let contract = contract(field("crust", kind, constraints));
    let operation = &contract.operations[0];
    let subject = Subject::new(&contract, operation);
    let validator = Validator::request(&subject, Mode::Strict).unwrap();
    let cases = cases(operation, &contract);
    let refused = |case: &&Case| case.expect == Expect::Refused;
    assert!(cases.iter().filter(refused).count() > 3, "{constraints:?}");
    let generated = generated(operation, &contract, 5, 60);
    for case in cases.iter().chain(&generated) {
        check_case(&validator, case);
    }
}

fn list(kind: Kind) -> Kind {
    Kind::Array(Box::new(kind))
}

#[test]
fn they_agree_on_texts() {
    let length = |unit| Constraint::Length {
        min: Some(2),
        max: Some(9),
        unit,
    };
    let charset = Constraint::Charset(vec![
        CharClass::Chinese,
        CharClass::Range('a', 'z'),
        CharClass::One('-'),
        CharClass::One(']'),
    ]);
    let words = vec![Scalar::Text("rye".into()), Scalar::Text("Spelt".into())];
    let texts = [
        vec![],
        vec![length(Unit::Characters), charset],
        vec![length(Unit::Bytes)],
        vec![Constraint::NotEmpty],
        vec![Constraint::ForbiddenCharacters(vec!['<', '\\', '"'])],
        vec![Constraint::Pattern("^[a-f]{2,4}$".to_owned())],
        vec![Constraint::Const(Scalar::Text("bread".into()))],
        vec![Constraint::Enum {
            values: words,
            open: false,
        }],
    ];
    for constraints in &texts {
        check(Kind::String, constraints);
        check(list(Kind::String), constraints);
    }
}

#[test]
fn they_agree_on_formats() {
    let formats = [
        Format::Uuid,
        Format::Ip,
        Format::Ipv4,
        Format::Ipv6,
        Format::Cidr,
        Format::Mac,
        Format::Base64,
        Format::Uri,
        Format::Time(None),
        Format::Time(Some("YYYY-MM-DDTHH:MM:SSZ".to_owned())),
        Format::Time(Some("YYYY-MM-DDTHH:MM:SS.ffffff".to_owned())),
        Format::Json,
        Format::Hostname,
        Format::Standard("ISO 4217".to_owned()),
    ];
    for format in formats {
        for or_empty in [true, false] {
            let format = format.clone();
            check(Kind::String, &[Constraint::Format { format, or_empty }]);
        }
    }
}

#[test]
fn they_agree_on_numbers_and_lists() {
    let range = Constraint::Range {
        min: Some((-2).into()),
        max: Some(7.into()),
    };
    let count = Constraint::ItemCount {
        min: Some(1),
        max: Some(3),
    };
    check(Kind::Integer, std::slice::from_ref(&range));
    check(Kind::Number, &[range]);
    check(Kind::Boolean, &[]);
    check(Kind::Integer, &[Constraint::Nullable]);
    for kind in [Kind::String, Kind::Integer, list(Kind::String)] {
        check(list(kind.clone()), &[count.clone(), Constraint::Unique]);
        let map = Kind::Map {
            key: "shelf".to_owned(),
            value: Box::new(kind),
        };
        check(map, std::slice::from_ref(&count));
    }
}
