//! Contracts made up for tests, from routes and names of fields.

use super::{
    Body, Contract, Edition, Evidence, Field, Kind, Operation, OperationId, PathTemplate, Presence,
    Selector,
};
use crate::source::{DocumentId, Provenance};

/// Where everything in them was read.
pub fn at() -> Provenance {
    Provenance::line(&DocumentId::new("kitchen"), 1)
}

/// A contract of these operations and nothing else.
pub fn contract(operations: Vec<Operation>) -> Contract {
    Contract {
        edition: Edition {
            id: DocumentId::new("kitchen"),
            language: None,
            date: None,
            title: None,
            api: None,
        },
        operations,
        statuses: Vec::new(),
        error_codes: Vec::new(),
        envelopes: Vec::new(),
        jobs: None,
        versions: None,
        states: Vec::new(),
        disputes: Vec::new(),
        rulings: Vec::new(),
    }
}

/// `METHOD path#selector`, with the fields of request and answer: `kettle.name kettle.id`.
pub fn operation(route: &str, request: &str, response: &str) -> Operation {
    let (method, path) = route.split_once(' ').unwrap();
    let (path, selector) = path.split_once('#').unwrap_or((path, ""));
    let selector = (!selector.is_empty()).then(|| Selector::Value {
        key: "action".to_owned(),
        value: selector.to_owned(),
    });
    let (method, path) = (method.parse().unwrap(), PathTemplate::parse(path));
    Operation {
        id: OperationId::of(method, &path, selector.as_ref()),
        method,
        path,
        selector,
        parameters: Vec::new(),
        request: body(request),
        response: body(response),
        success: Vec::new(),
        statements: Vec::new(),
        permissions: Vec::new(),
        deprecated: None,
        at: at(),
    }
}

fn body(fields: &str) -> Option<Body> {
    let fields: Vec<Field> = fields.split_whitespace().map(field).collect();
    (!fields.is_empty()).then(|| Body {
        fields,
        examples: 0,
        at: at(),
    })
}

fn field(name: &str) -> Field {
    let (name, inner) = name
        .split_once('.')
        .map_or((name, None), |(name, inner)| (name, Some(inner)));
    Field {
        name: name.to_owned(),
        printed: None,
        kind: if inner.is_some() {
            Kind::Object
        } else {
            Kind::String
        },
        other_kinds: Vec::new(),
        presence: Presence::Required,
        evidence: Evidence::default(),
        nullable: None,
        statements: Vec::new(),
        children: inner.into_iter().map(field).collect(),
        at: at(),
    }
}
