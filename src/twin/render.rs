//! Facts of the world in the shape that the Contract documents.
//!
//! The world knows more than one edition asks for, and in its own kinds. Each answer takes the
//! documented fields from the facts and turns them into the documented kind; what the world does
//! not know is filled in so that the documented statements hold.

use std::borrow::Cow;

use serde::ser::{Serialize, SerializeMap as _, Serializer};
use serde_json::{Map, Value, json};

use super::version;
use crate::contract::{
    Body, Constraint, Expectation, Field, Format, Kind, Operation, Scalar, Version,
};

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

/// The body of an answer, as JSON.
pub(super) fn body(documented: &Body, facts: &Value, version: Option<Version>) -> String {
    let object = Object {
        documented: &documented.fields,
        known: facts.as_object(),
        version,
    };
    serde_json::to_string(&object).expect("every key of it is text")
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
        Some(field) => listed(field, Cow::Borrowed(word)).into_owned(),
        None => word.to_owned(),
    }
}

/// The field of this name in an item of a list, or in the thing that is shown.
fn named<'f>(field: &'f Field, name: &str) -> Option<&'f Field> {
    field.children.iter().find(|child| child.name == name)
}

/// An object of the documented members. Where the facts have none of them, as in a map or where
/// table and example disagree on what surrounds what, the facts are told as they are.
///
/// It is written as it is worked out: building it first is more than half of what an answer costs.
struct Object<'a> {
    documented: &'a [Field],
    known: Option<&'a Map<String, Value>>,
    version: Option<Version>,
}

impl Serialize for Object<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some(known) = self.known
            && !known.is_empty()
            && !self
                .documented
                .iter()
                .any(|field| known.contains_key(&field.name))
        {
            return known.serialize(serializer);
        }
        let mut object = serializer.serialize_map(None)?;
        let mut told: Vec<&str> = Vec::with_capacity(self.documented.len());
        for field in self.documented {
            let name = field.name.as_str();
            // Some fields are documented twice.
            if !version::exists(&field.statements, self.version) || told.contains(&name) {
                continue;
            }
            let fact = self.known.and_then(|known| known.get(name));
            if let Some(member) = Member::of(field, fact, self.version) {
                object.serialize_entry(name, &member)?;
                told.push(name);
            }
        }
        object.end()
    }
}

/// A member of an object that is told.
enum Member<'a> {
    Null,
    Fact(Shaped<'a>),
    Filler(&'a Field, Option<Version>),
}

impl<'a> Member<'a> {
    /// None where it is left out.
    fn of(field: &'a Field, fact: Option<&'a Value>, version: Option<Version>) -> Option<Self> {
        let filler = Member::Filler(field, version);
        match fact {
            Some(Value::Null) if field.nullable.is_some() => Some(Member::Null),
            Some(Value::Null) => needed(field).then_some(filler),
            Some(fact) if field.nullable.is_some() && is_unlisted(field, fact) => {
                Some(Member::Null)
            }
            Some(fact) => Some(Member::Fact(Shaped {
                field,
                kind: &field.kind,
                fact,
                version,
            })),
            None if !needed(field) && (field.evidence.conditional || is_patterned(field)) => None,
            None => Some(filler),
        }
    }
}

impl Serialize for Member<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Member::Null => serializer.serialize_unit(),
            Member::Fact(shaped) => shaped.serialize(serializer),
            Member::Filler(field, version) => fill(field, *version, serializer),
        }
    }
}

/// A fact in the documented kind.
#[derive(Clone, Copy)]
struct Shaped<'a> {
    field: &'a Field,
    kind: &'a Kind,
    fact: &'a Value,
    version: Option<Version>,
}

impl<'a> Shaped<'a> {
    fn again(self, kind: &'a Kind, fact: &'a Value) -> Self {
        Self { kind, fact, ..self }
    }

    fn object(self, known: Option<&'a Map<String, Value>>) -> Object<'a> {
        Object {
            documented: &self.field.children,
            known,
            version: self.version,
        }
    }
}

impl Serialize for Shaped<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let all_of = |kind, items: &[Value], serializer: S| {
            serializer.collect_seq(items.iter().map(|item| self.again(kind, item)))
        };
        match (self.kind, self.fact) {
            (Kind::String, fact) => serializer.serialize_str(&listed(self.field, text(fact))),
            (Kind::Integer, fact) => {
                match fact.as_str().and_then(|text| text.parse::<i64>().ok()) {
                    Some(number) => serializer.serialize_i64(number),
                    None if fact.is_i64() || fact.is_u64() => fact.serialize(serializer),
                    None => serializer.serialize_i64(0),
                }
            }
            (Kind::Number, fact @ Value::Number(_)) | (Kind::Unknown, fact) => {
                fact.serialize(serializer)
            }
            (Kind::Number, _) => serializer.serialize_i64(0),
            (Kind::Boolean, fact) => {
                serializer.serialize_bool(fact.as_bool().unwrap_or(fact.as_str() == Some("true")))
            }
            // Tables call a list of objects an object, now and then; examples know better.
            (Kind::Object, Value::Array(items)) if !is_list(self.field) => {
                let first = items.first().unwrap_or(&Value::Null);
                self.again(self.kind, first).serialize(serializer)
            }
            (Kind::Object, Value::Array(items)) => all_of(self.kind, items, serializer),
            (Kind::Object, Value::Object(known)) if self.field.children.is_empty() => {
                known.serialize(serializer)
            }
            (Kind::Object, fact) => self.object(fact.as_object()).serialize(serializer),
            (Kind::Array(of), Value::Array(items)) => all_of(of, items, serializer),
            (Kind::Array(of), fact @ Value::Object(_)) => {
                all_of(of, std::slice::from_ref(fact), serializer)
            }
            (Kind::Array(of), _) => all_of(of, &[], serializer),
            (Kind::Map { value: of, .. }, fact) => {
                let entries = fact.as_object().into_iter().flatten();
                serializer.collect_map(entries.map(|(key, entry)| (key, self.again(of, entry))))
            }
        }
    }
}

/// Writes a value that keeps the documented statements, for what the world does not know.
fn fill<S: Serializer>(
    field: &Field,
    version: Option<Version>,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    if field.nullable.is_some() {
        return serializer.serialize_unit();
    }
    let statements = field.statements.iter();
    let value = statements.map(|said| &said.constraint).find_map(filler);
    let fact = match (&field.kind, value) {
        (Kind::Array(_), Some(value)) => return [value].serialize(serializer),
        (_, value) => value.unwrap_or_default(),
    };
    let shaped = Shaped {
        field,
        kind: &field.kind,
        fact: &fact,
        version,
    };
    shaped.serialize(serializer)
}

/// A value that keeps this statement, where it asks for one.
fn filler(constraint: &Constraint) -> Option<Value> {
    match constraint {
        Constraint::Const(value) => Some(plain(value)),
        Constraint::Enum { values, .. } => values.first().map(plain),
        Constraint::Format { or_empty: true, .. } => Some(json!("")),
        Constraint::Format {
            format,
            or_empty: false,
        } => Some(json!(sample(format))),
        Constraint::Range { min, .. } => min.map(Value::from),
        Constraint::Multiple(of) => Some(Value::from(*of)),
        Constraint::Pattern(template) => named_holes(template).map(Value::from),
        Constraint::Length { .. }
        | Constraint::Charset(_)
        | Constraint::Mixture { .. }
        | Constraint::Except(_)
        | Constraint::ForbiddenCharacters(_)
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
    }
}

/// A text built like a template, each hole filled with its own name. None of a regular expression.
fn named_holes(template: &str) -> Option<String> {
    let plain = |c: char| c.is_alphanumeric() || " _-.:/{}".contains(c);
    let named = |hole: &str| hole.starts_with(char::is_alphabetic) && hole.contains('}');
    let is_template = template.contains('{') && template.chars().all(plain);
    (is_template && template.split('{').skip(1).all(named))
        .then(|| template.replace(['{', '}'], ""))
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
    let told = listed(field, Cow::Borrowed(fact));
    let is_told = |value: &Scalar| matches!(value, Scalar::Text(word) if *word == told);
    field.statements.iter().any(|said| {
        matches!(&said.constraint, Constraint::Enum { values, open: false } if !values.iter().any(is_told))
    })
}

/// Whether its text is built in a way that no filler is.
fn is_patterned(field: &Field) -> bool {
    let pattern = |constraint: &Constraint| matches!(constraint, Constraint::Pattern(template) if named_holes(template).is_none());
    field
        .statements
        .iter()
        .any(|said| pattern(&said.constraint))
}

fn text(fact: &Value) -> Cow<'_, str> {
    match fact {
        Value::String(text) => Cow::Borrowed(text),
        Value::Null => Cow::Borrowed(""),
        Value::Object(object) => object.get("id").map(text).unwrap_or_default(),
        Value::Array(items) => items.first().map(text).unwrap_or_default(),
        other => Cow::Owned(other.to_string()),
    }
}

/// The text, in the document's word for it where that has a closed list of words.
fn listed<'a>(field: &'a Field, text: Cow<'a, str>) -> Cow<'a, str> {
    for statement in &field.statements {
        let Constraint::Enum {
            values,
            open: false,
        } = &statement.constraint
        else {
            continue;
        };
        let words = || {
            values.iter().filter_map(|value| match value {
                Scalar::Text(word) => Some(word.as_str()),
                _ => None,
            })
        };
        if words().any(|word| word == text) {
            return text;
        }
        let same = |word: &&str| {
            word.eq_ignore_ascii_case(&text)
                || SAME.iter().any(|row| {
                    let has = |text: &str| row.iter().any(|known| known.eq_ignore_ascii_case(text));
                    has(word) && has(&text)
                })
        };
        if let Some(word) = words().find(same) {
            return Cow::Borrowed(word);
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
        Format::Hostname | Format::Standard(_) => "twin".to_owned(),
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
                .replace("hh", "00")
                .replace("mm", "00")
                .replace("ss", "00")
                .replace('f', "0")
        }
    }
}
