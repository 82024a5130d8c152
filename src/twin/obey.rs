//! Whether a request obeys the Contract: the Twin's own judgement, shared with nobody.

use std::collections::BTreeMap;

use serde_json::Value;

use super::excuses;
use super::fault::Fault;
use super::text;
use crate::contract::{
    Constraint, Field, FieldPath, Kind, Operation, Place, Presence, Scalar, Statement, StatementId,
    Unit,
};

/// A request's body that no field needs may be left out; else every field must obey.
pub(super) fn body(
    operation: &Operation,
    body: &Value,
    excused: Option<&StatementId>,
) -> Result<(), Fault> {
    let Some(documented) = &operation.request else {
        return Ok(());
    };
    let Some(object) = body.as_object() else {
        return Err(Fault::invalid("the body must be an object"));
    };
    let judge = Judge { operation, excused };
    for field in &documented.fields {
        judge.field(
            &FieldPath::root(&field.name),
            field,
            object.get(&field.name),
        )?;
    }
    Ok(())
}

/// Path parameters obey their constraints.
pub(super) fn parameters(
    operation: &Operation,
    given: &BTreeMap<&str, String>,
    excused: Option<&StatementId>,
) -> Result<(), Fault> {
    let judge = Judge { operation, excused };
    for parameter in operation
        .parameters
        .iter()
        .filter(|parameter| parameter.place == Place::Path)
    {
        if let Some(value) = given.get(parameter.field.name.as_str()) {
            let path = FieldPath::root(&parameter.field.name);
            judge.statements(&path, &parameter.field, &Value::from(value.as_str()))?;
        }
    }
    Ok(())
}

struct Judge<'a> {
    operation: &'a Operation,
    excused: Option<&'a StatementId>,
}

impl Judge<'_> {
    fn field(&self, path: &FieldPath, field: &Field, value: Option<&Value>) -> Result<(), Fault> {
        let Some(value) = value else {
            let missing = field.presence == Presence::Required && !self.excuses(path, "presence");
            return if missing {
                Err(Fault::invalid(format!("{path} is missing")))
            } else {
                Ok(())
            };
        };
        if value.is_null() {
            let fine = field.nullable.is_some()
                || self.excuses(path, "kind")
                || self.excuses(path, "nullable");
            return if fine {
                Ok(())
            } else {
                Err(Fault::invalid(format!("{path} is null")))
            };
        }
        if !field.kinds().any(|kind| has_kind(value, kind)) && !self.excuses(path, "kind") {
            return Err(Fault::invalid(format!(
                "{path} must be of kind {}",
                field.kind
            )));
        }
        self.statements(path, field, value)?;
        self.inside(path, field, &field.kind, value)
    }

    fn inside(
        &self,
        path: &FieldPath,
        field: &Field,
        kind: &Kind,
        value: &Value,
    ) -> Result<(), Fault> {
        match (kind, value) {
            (Kind::Object, Value::Object(object)) => {
                for child in &field.children {
                    let deeper = path.child(&field.kind, &child.name);
                    self.field(&deeper, child, object.get(&child.name))?;
                }
                Ok(())
            }
            (Kind::Array(of), Value::Array(items)) => items
                .iter()
                .try_for_each(|item| self.inside(path, field, of, item)),
            (Kind::Map { value: of, .. }, Value::Object(entries)) => entries
                .values()
                .try_for_each(|entry| self.inside(path, field, of, entry)),
            _ => Ok(()),
        }
    }

    fn statements(&self, path: &FieldPath, field: &Field, value: &Value) -> Result<(), Fault> {
        for Statement { constraint, .. } in &field.statements {
            if !keeps(constraint, value) && !self.excuses(path, constraint.word()) {
                return Err(Fault::invalid(format!(
                    "{path} breaks its {}",
                    constraint.word()
                )));
            }
        }
        Ok(())
    }

    fn excuses(&self, path: &FieldPath, rule: &str) -> bool {
        self.excused.is_some()
            && excuses(
                self.excused,
                &self.operation.id,
                Some(path.to_string().as_str()),
                rule,
            )
    }
}

fn has_kind(value: &Value, kind: &Kind) -> bool {
    match kind {
        Kind::String => value.is_string(),
        Kind::Integer => value.is_i64() || value.is_u64(),
        Kind::Number => value.is_number(),
        Kind::Boolean => value.is_boolean(),
        Kind::Object => value.is_object(),
        Kind::Array(of) => value
            .as_array()
            .is_some_and(|items| items.iter().all(|item| has_kind(item, of))),
        Kind::Map { value: of, .. } => value
            .as_object()
            .is_some_and(|entries| entries.values().all(|entry| has_kind(entry, of))),
        Kind::Unknown => true,
    }
}

/// Whether one value keeps one constraint. Constraints on state are kept by the operations.
fn keeps(constraint: &Constraint, value: &Value) -> bool {
    match constraint {
        Constraint::Length { min, max, unit } => texts(value).all(|text| {
            let length = match unit {
                Unit::Characters => text.chars().count(),
                Unit::Bytes => text.len(),
            } as u64;
            min.is_none_or(|min| min <= length) && max.is_none_or(|max| length <= max)
        }),
        Constraint::Charset(classes) => {
            texts(value).all(|text| text.chars().all(|c| text::is_in(c, classes)))
        }
        Constraint::ForbiddenCharacters(bad) => {
            texts(value).all(|text| !text.contains(bad.as_slice()))
        }
        Constraint::Enum { values, open } => {
            *open || values.iter().any(|known| equals(known, value))
        }
        Constraint::Const(known) => equals(known, value),
        Constraint::Format { format, or_empty } => texts(value)
            .all(|text| (*or_empty && text.is_empty()) || text::has_format(text, format)),
        Constraint::Range { min, max } => match value.as_f64() {
            Some(number) => {
                min.is_none_or(|min| min as f64 <= number)
                    && max.is_none_or(|max| number <= max as f64)
            }
            None => true,
        },
        Constraint::ItemCount { min, max } => {
            match value.as_array().map(|items| items.len() as u64) {
                Some(n) => min.is_none_or(|min| min <= n) && max.is_none_or(|max| n <= max),
                None => true,
            }
        }
        Constraint::NotEmpty => match value {
            Value::String(text) => !text.is_empty(),
            Value::Array(items) => !items.is_empty(),
            Value::Object(fields) => !fields.is_empty(),
            Value::Null | Value::Bool(_) | Value::Number(_) => true,
        },
        Constraint::Unique => match value.as_array() {
            Some(items) => items
                .iter()
                .enumerate()
                .all(|(at, item)| !items[..at].contains(item)),
            None => true,
        },
        Constraint::Pattern(_)
        | Constraint::RequiredIf(_)
        | Constraint::ExclusiveWith(_)
        | Constraint::Precedence(_)
        | Constraint::Relative { .. }
        | Constraint::Default(_)
        | Constraint::StatePrecondition { .. }
        | Constraint::Quota { .. }
        | Constraint::Idempotent
        | Constraint::RateLimit { .. }
        | Constraint::Microversion { .. }
        | Constraint::Nullable
        | Constraint::AsyncJob
        | Constraint::Within { .. }
        | Constraint::Other(_) => true,
    }
}

/// A text, or the texts of a list: a rule about text holds for each.
fn texts(value: &Value) -> impl Iterator<Item = &str> {
    let items = value.as_array().map(Vec::as_slice).unwrap_or_default();
    value
        .as_str()
        .into_iter()
        .chain(items.iter().filter_map(Value::as_str))
}

fn equals(known: &Scalar, value: &Value) -> bool {
    match known {
        Scalar::Null => value.is_null(),
        Scalar::Bool(known) => value.as_bool() == Some(*known),
        Scalar::Integer(known) => value.as_i64() == Some(*known),
        Scalar::Decimal(known) => value
            .as_f64()
            .is_some_and(|number| known.parse() == Ok(number)),
        Scalar::Text(known) => value.as_str() == Some(known),
    }
}
