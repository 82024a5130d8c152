//! Small contracts about kettles, for the tests beside this file.

mod bodies;
mod values;

use super::Subject;
use crate::contract::*;
use crate::source::{DocumentId, Provenance};

fn at(line: u32) -> Provenance {
    Provenance::line(&DocumentId::new("kettles-2030-en"), line)
}

fn field(name: &str, kind: Kind) -> Field {
    Field {
        name: name.to_owned(),
        printed: None,
        kind,
        other_kinds: Vec::new(),
        presence: Presence::Optional,
        evidence: Evidence::default(),
        nullable: None,
        statements: Vec::new(),
        children: Vec::new(),
        at: at(10),
    }
}

fn with(mut field: Field, constraint: Constraint) -> Field {
    let line = 20 + field.statements.len() as u32;
    field.statements.push(Statement {
        constraint,
        at: at(line),
        rule: "en.test".to_owned(),
    });
    field
}

fn required(field: Field) -> Field {
    Field {
        presence: Presence::Required,
        ..field
    }
}

fn also(mut field: Field, kind: Kind) -> Field {
    field.other_kinds.push(Claim {
        claim: kind,
        at: at(77),
    });
    field
}

fn parent(name: &str, kind: Kind, children: Vec<Field>) -> Field {
    Field {
        children,
        ..field(name, kind)
    }
}

fn array(of: Kind) -> Kind {
    Kind::Array(Box::new(of))
}

fn map(value: Kind) -> Kind {
    Kind::Map {
        key: "room".to_owned(),
        value: Box::new(value),
    }
}

/// An operation whose request and response both have these fields.
fn operation(fields: Vec<Field>) -> Operation {
    let path = PathTemplate::parse("/v1/{house_id}/kettles/{kettle_id}");
    let body = Body {
        fields,
        examples: 0,
        at: at(5),
    };
    Operation {
        id: OperationId::of("PUT".parse().unwrap(), &path, None),
        method: "PUT".parse().unwrap(),
        path,
        selector: None,
        parameters: Vec::new(),
        request: Some(body.clone()),
        response: Some(body),
        success: vec![(200, at(50))],
        statements: Vec::new(),
        permissions: Vec::new(),
        deprecated: None,
        at: at(1),
    }
}

fn subject<'a>(operation: &'a Operation, disputes: &'a [Dispute]) -> Subject<'a> {
    Subject {
        operation,
        disputes,
    }
}

fn length(min: Option<u64>, max: Option<u64>, unit: Unit) -> Constraint {
    Constraint::Length { min, max, unit }
}
