//! Every statement of an operation, by the id under which its coverage is told.

use std::collections::BTreeSet;

use crate::contract::{Direction, Field, FieldPath, Kind, Operation, Place, Presence, StatementId};

/// Every statement of an operation: first what it promises as a whole, then parameters and the
/// request, then the response. Each once.
pub(super) fn promises(operation: &Operation) -> Vec<StatementId> {
    let id = |direction, field: Option<&FieldPath>, rule| StatementId {
        operation: operation.id.clone(),
        direction,
        field: field.cloned(),
        rule,
    };
    let mut found = Vec::new();
    if !operation.success.is_empty() {
        found.push(id(Direction::Behaviour, None, "status"));
    }
    let said = operation
        .statements
        .iter()
        .map(|said| said.constraint.word());
    found.extend(said.map(|rule| id(Direction::Behaviour, None, rule)));
    for parameter in &operation.parameters {
        let path = FieldPath::root(&parameter.field.name);
        // A path without its parameter is another path, and all of a path is text.
        let tells = |rule: &str| parameter.place != Place::Path || !COLUMNS.contains(&rule);
        let rules = rules(&parameter.field).filter(|rule| tells(rule));
        found.extend(rules.map(|rule| id(Direction::Request, Some(&path), rule)));
    }
    let sides = [
        (Direction::Request, operation.request_fields()),
        (Direction::Response, operation.response_fields()),
    ];
    for (direction, fields) in sides {
        for (path, field) in fields {
            found.extend(rules(field).map(|rule| id(direction, Some(&path), rule)));
        }
    }
    let mut seen = BTreeSet::new();
    found.retain(|statement| seen.insert(statement.clone()));
    found
}

/// What the columns of a table state.
pub(super) const COLUMNS: [&str; 2] = ["kind", "presence"];

/// The rules that a field's statements have; its table's columns are statements too.
pub(super) fn rules(field: &Field) -> impl Iterator<Item = &'static str> {
    let kind = (field.kind != Kind::Unknown).then_some("kind");
    let presence = (field.presence == Presence::Required).then_some("presence");
    let said: Vec<&'static str> = field
        .statements
        .iter()
        .map(|s| s.constraint.word())
        .collect();
    kind.into_iter().chain(presence).chain(said)
}
