//! Constraint in, keywords out.
//!
//! A field of nested kind has several levels: an array and its items. A constraint speaks about one
//! of them, and by its nature it is clear about which: a length about the text, a count about the array.

use serde_json::{Value, json};

use super::{patterns, shape::Shape, words};
use crate::contract::{
    CharClass, Constraint, Format, Relation, Scalar, Scope, StatesRule, Unit, Version,
};

/// One level of a field.
pub(super) struct Level<'a> {
    pub shape: &'a Shape,
    /// Whether it is the field itself, not what it holds.
    pub whole: bool,
    /// Whether null may stand here.
    pub null: bool,
}

type Keywords = Vec<(&'static str, Value)>;

/// The keywords that say at this level what a constraint promises. None, where it speaks about
/// another level or says nothing that a schema can hold.
pub(super) fn keywords(constraint: &Constraint, level: &Level<'_>) -> Keywords {
    let here = match speaks_of_values(constraint) {
        true => level.shape.scalar(),
        false => level.whole,
    };
    if !here {
        return Vec::new();
    }
    match constraint {
        Constraint::Length { min, max, unit } => match unit {
            Unit::Characters => bounds("minLength", *min, "maxLength", *max),
            Unit::Bytes => bounds("x-minBytes", *min, "x-maxBytes", *max),
        },
        Constraint::Charset(classes) => pattern(patterns::charset(classes)),
        Constraint::Mixture { least, kinds } => mixture(*least, kinds),
        Constraint::ForbiddenCharacters(signs) => pattern(patterns::without(signs)),
        Constraint::Pattern(text) => printed(text),
        Constraint::Enum { values, open: true } => {
            vec![("x-examples", Value::Array(spelled(values, level)))]
        }
        Constraint::Enum {
            values,
            open: false,
        } => one_of(spelled(values, level), level),
        Constraint::Const(value) => one_of(spelled(std::slice::from_ref(value), level), level),
        Constraint::Format { format, or_empty } => format_or_empty(format, *or_empty),
        Constraint::Range { min, max } => bounds("minimum", *min, "maximum", *max),
        Constraint::Multiple(of) => vec![("multipleOf", json!(of))],
        Constraint::Except(values) => vec![("not", json!({ "enum": spelled(values, level) }))],
        Constraint::ItemCount { min, max } => item_count(*min, *max, level.shape),
        Constraint::Unique if level.shape.items.is_some() => vec![("uniqueItems", json!(true))],
        Constraint::Unique => vec![("x-unique", json!(true))],
        Constraint::NotEmpty => not_empty(level.shape),
        Constraint::RequiredIf(condition) => vec![("x-requiredIf", json!(condition))],
        Constraint::ExclusiveWith(names) => vec![("x-exclusiveWith", json!(names))],
        Constraint::Precedence(names) => vec![("x-precedence", json!(names))],
        Constraint::Relative { how, to } => vec![("x-relative", json!({ relation(*how): to }))],
        Constraint::Default(value) => {
            let values = spelled(std::slice::from_ref(value), level);
            values
                .into_iter()
                .take(1)
                .map(|value| ("default", value))
                .collect()
        }
        Constraint::StatePrecondition {
            subject,
            rule,
            states,
        } => {
            let rule = match rule {
                StatesRule::OneOf => "oneOf",
                StatesRule::NoneOf => "noneOf",
            };
            vec![("x-states", json!({ "of": subject, rule: states }))]
        }
        Constraint::Quota { of, max: None } => vec![("x-quota", json!({ "of": of }))],
        Constraint::Quota { of, max } => vec![("x-quota", json!({ "of": of, "max": max }))],
        Constraint::Idempotent => vec![("x-idempotent", json!(true))],
        Constraint::RateLimit { per_minute } => vec![("x-perMinute", json!(per_minute))],
        Constraint::Microversion { min, max } => {
            let text = |version: &Option<Version>| version.map(|version| version.to_string());
            bounds("x-minVersion", text(min), "x-maxVersion", text(max))
        }
        Constraint::Nullable => Vec::new(), // It is in the types.
        Constraint::AsyncJob => vec![("x-async", json!(true))],
        Constraint::Within { scope, holds } => {
            let (sort, name) = match scope {
                Scope::Case(words) => ("case", words),
                Scope::Part(name) => ("part", name),
                Scope::Form(forms) => ("form", forms),
            };
            let holds = words::promise(holds);
            vec![("x-within", json!({ sort: name, "holds": holds }))]
        }
        Constraint::Other(words) => vec![("x-note", json!(words))],
    }
}

fn relation(how: Relation) -> &'static str {
    match how {
        Relation::AtLeast => "atLeast",
        Relation::AtMost => "atMost",
        Relation::Below => "below",
        Relation::Above => "above",
        Relation::Unlike => "unlike",
        Relation::DefaultsTo => "defaultsTo",
    }
}

/// Whether a constraint is about the texts and numbers that a field holds, however deep. The
/// others are about the field as a whole.
fn speaks_of_values(constraint: &Constraint) -> bool {
    match constraint {
        Constraint::Length { .. }
        | Constraint::Charset(_)
        | Constraint::Mixture { .. }
        | Constraint::Multiple(_)
        | Constraint::Except(_)
        | Constraint::ForbiddenCharacters(_)
        | Constraint::Pattern(_)
        | Constraint::Enum { .. }
        | Constraint::Const(_)
        | Constraint::Format { .. }
        | Constraint::Range { .. } => true,
        Constraint::ItemCount { .. }
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
        | Constraint::Other(_) => false,
    }
}

/// The values of an open enum at this level, where the constraint is one.
pub(super) fn examples(constraint: &Constraint, level: &Level<'_>) -> Option<Vec<Value>> {
    let Constraint::Enum { values, open: true } = constraint else {
        return None;
    };
    level.shape.scalar().then(|| spelled(values, level))
}

fn bounds<T: Into<Value>>(
    least: &'static str,
    min: Option<T>,
    most: &'static str,
    max: Option<T>,
) -> Keywords {
    let min = min.map(|min| (least, min.into()));
    min.into_iter()
        .chain(max.map(|max| (most, max.into())))
        .collect()
}

fn mixture(least: u32, kinds: &[Vec<CharClass>]) -> Keywords {
    let kinds = kinds.iter().map(|kind| patterns::charset(kind));
    let of: Vec<Option<String>> = kinds.collect();
    vec![("x-mixture", json!({ "least": least, "of": of }))]
}

fn pattern(expression: Option<String>) -> Keywords {
    expression
        .map(|expression| ("pattern", json!(expression)))
        .into_iter()
        .collect()
}

fn printed(text: &str) -> Keywords {
    let mut keywords = pattern(patterns::printed(text));
    if keywords
        .first()
        .is_none_or(|(_, expression)| expression != text)
    {
        keywords.push(("x-template", json!(text)));
    }
    keywords
}

fn one_of(mut values: Vec<Value>, level: &Level<'_>) -> Keywords {
    if values.is_empty() {
        return Vec::new();
    }
    if level.null && !values.contains(&Value::Null) {
        values.push(Value::Null);
    }
    let (word, values) = match &values[..] {
        [only] => ("const", only.clone()),
        _ => ("enum", Value::Array(values)),
    };
    match level.shape.containers() {
        containers if containers.is_empty() => vec![(word, values)],
        containers => vec![("anyOf", json!([{ "type": containers }, { word: values }]))],
    }
}

fn format_or_empty(format: &Format, or_empty: bool) -> Keywords {
    let standard = |name: &str| vec![("format", json!(name))];
    let keywords = match format {
        Format::Uuid => standard("uuid"),
        Format::Ipv4 => standard("ipv4"),
        Format::Ipv6 => standard("ipv6"),
        Format::Uri => standard("uri"),
        Format::Ip => vec![("anyOf", json!([{ "format": "ipv4" }, { "format": "ipv6" }]))],
        Format::Json => vec![("x-format", json!("json"))],
        Format::Hostname => standard("hostname"),
        Format::Standard(name) => vec![("x-standard", json!(name))],
        Format::Cidr | Format::Mac | Format::Base64 | Format::Time(_) => {
            pattern(patterns::format(format))
        }
    };
    if !or_empty || keywords.is_empty() {
        return keywords;
    }
    let other: serde_json::Map<String, Value> = keywords
        .into_iter()
        .map(|(word, value)| (word.to_owned(), value))
        .collect();
    vec![("anyOf", json!([{ "maxLength": 0 }, other]))]
}

fn item_count(min: Option<u64>, max: Option<u64>, shape: &Shape) -> Keywords {
    let mut keywords = Vec::new();
    if shape.allows("array") {
        keywords.extend(bounds("minItems", min, "maxItems", max));
    }
    if shape.allows("object") {
        keywords.extend(bounds("minProperties", min, "maxProperties", max));
    }
    keywords
}

fn not_empty(shape: &Shape) -> Keywords {
    let least = [
        ("string", "minLength"),
        ("array", "minItems"),
        ("object", "minProperties"),
    ];
    let possible = least.into_iter().filter(|(name, _)| shape.allows(name));
    possible.map(|(_, keyword)| (keyword, json!(1))).collect()
}

/// Documented values as JSON of the types that are possible: `1` is `"1"` in a text.
fn spelled(values: &[Scalar], level: &Level<'_>) -> Vec<Value> {
    let mut found = Vec::new();
    let mut keep = |value: Value| {
        if !found.contains(&value) {
            found.push(value);
        }
    };
    for value in values {
        let types = level.shape.types.iter();
        let fitting: Vec<Value> = types.filter_map(|name| as_type(value, name)).collect();
        match fitting.is_empty() {
            true => keep(as_given(value)),
            false => fitting.into_iter().for_each(&mut keep),
        }
    }
    found
}

fn as_type(value: &Scalar, name: &str) -> Option<Value> {
    match (name, value) {
        ("string", Scalar::Text(text)) => Some(json!(text)),
        ("string", Scalar::Integer(number)) => Some(json!(number.to_string())),
        ("string", Scalar::Decimal(decimal)) => Some(json!(decimal)),
        ("string", Scalar::Bool(truth)) => Some(json!(truth.to_string())),
        ("integer" | "number", Scalar::Integer(number)) => Some(json!(number)),
        ("integer" | "number", Scalar::Text(text)) => text.parse::<i64>().ok().map(Value::from),
        ("number", Scalar::Decimal(decimal)) => decimal.parse::<f64>().ok().map(Value::from),
        ("boolean", Scalar::Bool(truth)) => Some(json!(truth)),
        ("boolean", Scalar::Text(text)) => {
            let truth: Option<bool> = text.to_ascii_lowercase().parse().ok();
            truth.map(Value::Bool)
        }
        _ => None,
    }
}

fn as_given(value: &Scalar) -> Value {
    match value {
        Scalar::Null => Value::Null,
        Scalar::Bool(truth) => json!(truth),
        Scalar::Integer(number) => json!(number),
        Scalar::Decimal(decimal) => decimal.parse::<f64>().map_or(json!(decimal), Value::from),
        Scalar::Text(text) => json!(text),
    }
}
