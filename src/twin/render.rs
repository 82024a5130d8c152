//! Facts of the world in the shape that the Contract documents.
//!
//! The world knows more than one edition asks for, and in its own kinds. Each answer takes the
//! documented fields from the facts and turns them into the documented kind; what the world does
//! not know is filled in so that the documented statements hold.

use serde_json::{Map, Value, json};

use super::version::{self, Version};
use crate::contract::{Body, Constraint, Expectation, Field, Format, Kind, Operation, Scalar};

/// Words for one state, of which documents list one or the other.
const SAME: &[&[&str]] = &[
    &["stopped", "shutoff"],
    &["building", "build"],
    // Where a document has no word for what a server does or suffers, it counts as on or as off.
    &["SUSPENDED", "ACTIVE"],
    &["VERIFY_RESIZE", "ACTIVE"],
    &["resized", "active"],
    &["building", "active"],
    &["error", "shutoff"],
];

/// The body of an answer.
pub(super) fn body(documented: &Body, facts: Value, version: Option<Version>) -> Value {
    Painter { version }.fields(&documented.fields, facts)
}

/// A word of the world as the operation tells it: by the field of this name in its answer, or by
/// its parameter where the answer has none. Lists choose and sort by what they show.
pub(super) fn word(operation: &Operation, name: &str, word: &str) -> String {
    let fields = operation.response.iter().flat_map(|body| &body.fields);
    let parameters = operation.parameters.iter();
    let shown = fields.filter_map(|field| named(field, name)).next();
    let asked = parameters
        .map(|parameter| &parameter.field)
        .find(|field| field.name == name);
    match shown.or(asked) {
        Some(field) => listed(field, word.to_owned()),
        None => word.to_owned(),
    }
}

/// The field of this name in an item of a list, or in the thing that is shown.
fn named<'f>(field: &'f Field, name: &str) -> Option<&'f Field> {
    field.children.iter().find(|child| child.name == name)
}

struct Painter {
    version: Option<Version>,
}

impl Painter {
    /// An object of the documented members. Where the facts have none of them, as in a map or where
    /// table and example disagree on what surrounds what, the facts are told as they are.
    fn fields(&self, documented: &[Field], facts: Value) -> Value {
        let mut known = match facts {
            Value::Object(known) => known,
            _ => Map::new(),
        };
        let is_known = |field: &Field| known.contains_key(&field.name);
        if !known.is_empty() && !documented.iter().any(is_known) {
            return Value::Object(known);
        }
        let mut object = Map::with_capacity(documented.len());
        for field in documented {
            if !version::exists(&field.statements, self.version) {
                continue;
            }
            // Moving facts instead of copying them is half of what an answer costs.
            let fact = known.swap_remove(&field.name);
            if fact.is_none() && object.contains_key(&field.name) {
                // Documented twice, and told already.
                continue;
            }
            if let Some(value) = self.member(field, fact) {
                object.insert(field.name.clone(), value);
            }
        }
        Value::Object(object)
    }

    fn member(&self, field: &Field, fact: Option<Value>) -> Option<Value> {
        match fact {
            Some(Value::Null) if field.nullable.is_some() => Some(Value::Null),
            Some(Value::Null) => needed(field).then(|| self.filler(field)),
            Some(fact) if field.nullable.is_some() && is_unlisted(field, &fact) => {
                Some(Value::Null)
            }
            Some(fact) => Some(self.shaped(field, &field.kind, fact)),
            None if !needed(field) && (field.evidence.conditional || is_patterned(field)) => None,
            None => Some(self.filler(field)),
        }
    }

    /// A fact in the documented kind.
    fn shaped(&self, field: &Field, kind: &Kind, fact: Value) -> Value {
        match (kind, fact) {
            (Kind::String, fact) => Value::from(listed(field, text(fact))),
            (Kind::Integer, fact) => {
                match fact.as_str().and_then(|text| text.parse::<i64>().ok()) {
                    Some(number) => Value::from(number),
                    None if fact.is_i64() || fact.is_u64() => fact,
                    None => Value::from(0),
                }
            }
            (Kind::Number, Value::Number(number)) => Value::Number(number),
            (Kind::Unknown, fact) => fact,
            (Kind::Number, _) => Value::from(0),
            (Kind::Boolean, fact) => {
                Value::from(fact.as_bool().unwrap_or(fact.as_str() == Some("true")))
            }
            // Tables call a list of objects an object, now and then; examples know better.
            (Kind::Object, Value::Array(items)) if !is_list(field) => {
                let first = items.into_iter().next();
                self.shaped(field, kind, first.unwrap_or_default())
            }
            (Kind::Object, Value::Array(items)) => items
                .into_iter()
                .map(|item| self.shaped(field, kind, item))
                .collect(),
            (Kind::Object, Value::Object(known)) if field.children.is_empty() => {
                Value::Object(known)
            }
            (Kind::Object, fact @ Value::Object(_)) => self.fields(&field.children, fact),
            (Kind::Object, _) if field.children.is_empty() => json!({}),
            (Kind::Object, _) => self.fields(&field.children, Value::Null),
            (Kind::Array(of), Value::Array(items)) => items
                .into_iter()
                .map(|item| self.shaped(field, of, item))
                .collect(),
            (Kind::Array(of), fact @ Value::Object(_)) => json!([self.shaped(field, of, fact)]),
            (Kind::Array(_), _) => json!([]),
            (Kind::Map { value: of, .. }, Value::Object(known)) => {
                let entries = known.into_iter();
                let told = entries.map(|(key, entry)| (key, self.shaped(field, of, entry)));
                Value::Object(told.collect())
            }
            (Kind::Map { .. }, _) => json!({}),
        }
    }

    /// A value that keeps the documented statements, for what the world does not know.
    fn filler(&self, field: &Field) -> Value {
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
                    kind => self.shaped(field, kind, value),
                };
            }
        }
        self.shaped(field, &field.kind, Value::Null)
    }
}

/// Whether leaving the field out would go against the document, surely or probably.
pub(super) fn needed(field: &Field) -> bool {
    field.expectation() != Expectation::Optional
}

/// Whether any source shows a list where the table has an object.
fn is_list(field: &Field) -> bool {
    field.kinds().any(|kind| matches!(kind, Kind::Array(_)))
}

/// Whether a text is a word that the document's closed list of words lacks.
fn is_unlisted(field: &Field, fact: &Value) -> bool {
    let Value::String(fact) = fact else {
        return false;
    };
    let told = listed(field, fact.clone());
    let told = Scalar::Text(told);
    field.statements.iter().any(|said| {
        matches!(&said.constraint, Constraint::Enum { values, open: false } if !values.contains(&told))
    })
}

/// Whether its text is built in a way that no filler is.
fn is_patterned(field: &Field) -> bool {
    let pattern = |constraint: &Constraint| matches!(constraint, Constraint::Pattern(_));
    field
        .statements
        .iter()
        .any(|said| pattern(&said.constraint))
}

fn text(fact: Value) -> String {
    match fact {
        Value::String(text) => text,
        Value::Null => String::new(),
        Value::Object(mut object) => object.swap_remove("id").map(text).unwrap_or_default(),
        Value::Array(items) => items.into_iter().next().map(text).unwrap_or_default(),
        other => other.to_string(),
    }
}

/// The text, in the document's word for it where that has a closed list of words.
fn listed(field: &Field, text: String) -> String {
    for statement in &field.statements {
        let Constraint::Enum {
            values,
            open: false,
        } = &statement.constraint
        else {
            continue;
        };
        let words = values.iter().filter_map(|value| {
            if let Scalar::Text(word) = value {
                Some(word.as_str())
            } else {
                None
            }
        });
        let words: Vec<&str> = words.collect();
        if words.contains(&text.as_str()) {
            return text;
        }
        let same = |word: &&&str| {
            word.eq_ignore_ascii_case(&text)
                || SAME.iter().any(|row| {
                    let has = |text: &str| row.iter().any(|known| known.eq_ignore_ascii_case(text));
                    has(word) && has(&text)
                })
        };
        if let Some(word) = words.iter().find(same) {
            return (*word).to_owned();
        }
    }
    text
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
