//! A made-up contract about kettles and lighthouses, for the tests of this module.

use crate::contract::{
    Body, CharClass, Constraint, Contract, Edition, Evidence, Field, Kind, Operation, OperationId,
    Parameter, PathTemplate, Place, Presence, Scalar, Statement, StatusCode, Unit,
};
use crate::source::{DocumentId, Provenance};
use crate::wire::Method;

pub(super) fn at() -> Provenance {
    Provenance::line(&DocumentId::new("kettles"), 1)
}

/// A required field of this kind with these constraints.
pub(super) fn field(name: &str, kind: Kind, constraints: &[Constraint]) -> Field {
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

pub(super) fn optional(field: Field) -> Field {
    Field {
        presence: Presence::Optional,
        ..field
    }
}

pub(super) fn of(children: Vec<Field>, field: Field) -> Field {
    Field { children, ..field }
}

/// Letters, digits, two marks and Chinese characters; 1 to 63 of them.
pub(super) fn name_rules() -> Vec<Constraint> {
    vec![
        Constraint::Length {
            min: Some(1),
            max: Some(63),
            unit: Unit::Characters,
        },
        Constraint::Charset(vec![
            CharClass::Chinese,
            CharClass::Range('a', 'z'),
            CharClass::Range('A', 'Z'),
            CharClass::Range('0', '9'),
            CharClass::One('_'),
            CharClass::One('.'),
        ]),
    ]
}

/// `POST /v2/{tenant_id}/kettles` with this body.
pub(super) fn operation(fields: Vec<Field>) -> Operation {
    let path = PathTemplate::parse("/v2/{tenant_id}/kettles");
    Operation {
        id: OperationId::new("kettles.create"),
        method: Method::Post,
        selector: None,
        parameters: vec![
            Parameter {
                place: Place::Path,
                field: field("tenant_id", Kind::Unknown, &[]),
            },
            Parameter {
                place: Place::Query,
                field: optional(field(
                    "limit",
                    Kind::Integer,
                    &[Constraint::Range {
                        min: Some(1.into()),
                        max: Some(50.into()),
                    }],
                )),
            },
        ],
        request: Some(Body {
            fields,
            examples: 0,
            at: at(),
        }),
        response: None,
        success: vec![(201, at())],
        statements: Vec::new(),
        permissions: Vec::new(),
        deprecated: None,
        at: at(),
        path,
    }
}

/// A kettle with a field of nearly every sort.
pub(super) fn kettle() -> Operation {
    let texts = |values: &[&str]| {
        values
            .iter()
            .map(|v| Scalar::Text((*v).to_owned()))
            .collect()
    };
    let whistle = field(
        "whistle",
        Kind::String,
        &[Constraint::Enum {
            values: texts(&["LOUD", "soft"]),
            open: false,
        }],
    );
    let litres = field(
        "litres",
        Kind::Integer,
        &[Constraint::Range {
            min: Some(1.into()),
            max: Some(12.into()),
        }],
    );
    let tags = field(
        "tags",
        Kind::Array(Box::new(Kind::String)),
        &[
            Constraint::ItemCount {
                min: Some(1),
                max: Some(3),
            },
            Constraint::Unique,
        ],
    );
    let spout = of(
        vec![
            field("angle", Kind::Number, &[]),
            optional(field("lid", Kind::Boolean, &[])),
        ],
        optional(field("spouts", Kind::Array(Box::new(Kind::Object)), &[])),
    );
    let kettle = of(
        vec![
            field("name", Kind::String, &name_rules()),
            field("shelf_id", Kind::String, &[]),
            optional(whistle),
            optional(litres),
            optional(tags),
            spout,
        ],
        field("kettle", Kind::Object, &[]),
    );
    operation(vec![kettle])
}

pub(super) fn contract(operation: &Operation) -> Contract {
    Contract {
        edition: Edition {
            id: DocumentId::new("kettles"),
            language: None,
            date: None,
            title: None,
            api: None,
        },
        operations: vec![operation.clone()],
        statuses: vec![StatusCode {
            code: 401,
            at: at(),
        }],
        error_codes: Vec::new(),
        envelopes: Vec::new(),
        states: Vec::new(),
        jobs: None,
        versions: None,
        disputes: Vec::new(),
        rulings: Vec::new(),
    }
}
