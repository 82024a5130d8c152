//! Facts of the world in the shape that the Contract documents.
//!
//! The world knows more than one edition asks for, and in its own kinds. Each answer takes the
//! documented fields from the facts and turns them into the documented kind; what the world does
//! not know is filled in so that the documented statements hold.

use serde_json::{Map, Value, json};

use crate::contract::{Body, Constraint, Expectation, Field, Format, Kind, Scalar};

/// The body of an answer.
pub(super) fn body(documented: &Body, facts: &Value) -> Value {
    fields(&documented.fields, facts)
}

fn fields(documented: &[Field], facts: &Value) -> Value {
    let mut object = Map::new();
    for field in documented {
        if let Some(value) = field_value(field, facts.get(&field.name)) {
            object.insert(field.name.clone(), value);
        }
    }
    Value::Object(object)
}

fn field_value(field: &Field, fact: Option<&Value>) -> Option<Value> {
    match fact {
        Some(Value::Null) if field.nullable.is_some() => Some(Value::Null),
        Some(Value::Null) => needed(field).then(|| filler(field)),
        Some(fact) => Some(shaped(field, &field.kind, fact)),
        None if field.evidence.conditional && !needed(field) => None,
        None => Some(filler(field)),
    }
}

/// Whether leaving the field out would go against the document, surely or probably.
fn needed(field: &Field) -> bool {
    field.expectation() != Expectation::Optional
}

/// A fact in the documented kind.
fn shaped(field: &Field, kind: &Kind, fact: &Value) -> Value {
    match kind {
        Kind::String => Value::from(match fact {
            Value::String(text) => text.clone(),
            Value::Null => String::new(),
            other => other.to_string(),
        }),
        Kind::Integer => match fact.as_str().and_then(|text| text.parse::<i64>().ok()) {
            Some(number) => Value::from(number),
            None if fact.is_i64() || fact.is_u64() => fact.clone(),
            None => Value::from(0),
        },
        Kind::Number => {
            if fact.is_number() {
                fact.clone()
            } else {
                Value::from(0)
            }
        }
        Kind::Boolean => Value::from(
            fact.as_bool()
                .unwrap_or_else(|| fact.as_str() == Some("true")),
        ),
        Kind::Object if field.children.is_empty() => {
            if fact.is_object() {
                fact.clone()
            } else {
                json!({})
            }
        }
        Kind::Object => fields(&field.children, fact),
        Kind::Array(of) => {
            let items = fact.as_array().map(Vec::as_slice).unwrap_or_default();
            Value::from(
                items
                    .iter()
                    .map(|item| shaped(field, of, item))
                    .collect::<Vec<_>>(),
            )
        }
        Kind::Map { value: of, .. } => {
            let entries = fact.as_object().into_iter().flatten();
            Value::Object(
                entries
                    .map(|(key, entry)| (key.clone(), shaped(field, of, entry)))
                    .collect(),
            )
        }
        Kind::Unknown => fact.clone(),
    }
}

/// A value that keeps the documented statements, for what the world does not know.
fn filler(field: &Field) -> Value {
    if field.nullable.is_some() {
        return Value::Null;
    }
    for statement in &field.statements {
        let value = match &statement.constraint {
            Constraint::Const(value) => Some(plain(value)),
            Constraint::Enum { values, .. } => values.first().map(plain),
            Constraint::Format { or_empty: true, .. } => Some(json!("")),
            Constraint::Format {
                format,
                or_empty: false,
            } => Some(json!(sample(format))),
            Constraint::Range { min, .. } => min.map(Value::from),
            Constraint::Length { .. }
            | Constraint::Charset(_)
            | Constraint::ForbiddenCharacters(_)
            | Constraint::Pattern(_)
            | Constraint::ItemCount { .. }
            | Constraint::Unique
            | Constraint::NotEmpty
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
            | Constraint::Other(_) => None,
        };
        if let Some(value) = value {
            return match &field.kind {
                Kind::Array(_) => json!([value]),
                kind => shaped(field, kind, &value),
            };
        }
    }
    shaped(field, &field.kind, &Value::Null)
}

fn plain(scalar: &Scalar) -> Value {
    match scalar {
        Scalar::Null => Value::Null,
        Scalar::Bool(value) => json!(value),
        Scalar::Integer(value) => json!(value),
        Scalar::Decimal(text) => serde_json::from_str(text).unwrap_or_default(),
        Scalar::Text(text) => json!(text),
    }
}

fn sample(format: &Format) -> String {
    match format {
        Format::Uuid => "00000000-0000-4000-8000-000000000000".to_owned(),
        Format::Ip | Format::Ipv4 => "192.0.2.1".to_owned(),
        Format::Ipv6 => "2001:db8::1".to_owned(),
        Format::Cidr => "192.0.2.0/24".to_owned(),
        Format::Mac => "fa:16:3e:00:00:01".to_owned(),
        Format::Base64 | Format::Json => "e30=".to_owned(),
        Format::Uri => "https://twin.invalid/".to_owned(),
        Format::Time(template) => {
            let template = template.as_deref().unwrap_or("YYYY-MM-DDTHH:MM:SSZ");
            template
                .replace("YYYY", "2024")
                .replace("MM", "01")
                .replace("DD", "01")
                .replace("HH", "00")
                .replace("SS", "00")
                .replace('f', "0")
        }
    }
}
