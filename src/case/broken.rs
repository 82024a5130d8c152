//! Which statements of a field a value breaks.
//!
//! Main entry: [`broken`]. It keeps the generators honest: what they call valid breaks nothing,
//! what they call a violation breaks one statement. Nobody else is told; the checks, the schemas
//! and the Twin each decide alone.

use regex::Regex;
use serde_json::Value;

use super::text::{self, in_any};
use super::{Template, format, part};
use crate::contract::{CharClass, Constraint, Decimal, Field, Kind, PER_CALL, Scalar, Unit};

/// The words of the rules that a value of the field breaks, `kind` among them.
pub(super) fn broken(field: &Field, value: &Template) -> Vec<&'static str> {
    if matches!(value, Template::Literal(Value::Null)) {
        return if field.nullable.is_some() || says_nullable(field) {
            Vec::new()
        } else {
            vec!["kind"]
        };
    }
    if !fits(&field.kind, value) {
        return vec!["kind"];
    }
    let mut found = Vec::new();
    for statement in &field.statements {
        let constraint = &statement.constraint;
        if breaks(field, constraint, value) && !found.contains(&constraint.word()) {
            found.push(constraint.word());
        }
    }
    found
}

/// Whether a scalar is fine as an innermost value of the field.
pub(super) fn keeps_all(field: &Field, scalar: &Value) -> bool {
    let scalar = Template::Literal(scalar.clone());
    let mut statements = field.statements.iter();
    !statements.any(|statement| breaks(field, &statement.constraint, &scalar))
}

/// Whether the two rules forbid the same value where both stand: an empty text is too short.
pub(super) fn same_promise(one: &str, other: &str) -> bool {
    const EMPTINESS: [&str; 6] = [
        "not_empty",
        "length_range",
        "min_length",
        "byte_length",
        "min_items",
        "max_items",
    ];
    one == other || (EMPTINESS.contains(&one) && EMPTINESS.contains(&other))
}

/// Whether a value is of a kind.
pub(super) fn fits(kind: &Kind, value: &Template) -> bool {
    match (kind, value) {
        (Kind::Unknown, _) => true,
        (Kind::String, Template::Lent(_) | Template::Kept(_)) => true,
        (Kind::String, Template::Literal(Value::String(_))) => true,
        (Kind::Integer, Template::Literal(Value::Number(number))) => !number.is_f64(),
        (Kind::Number, Template::Literal(Value::Number(_))) => true,
        (Kind::Boolean, Template::Literal(Value::Bool(_))) => true,
        (Kind::Object, Template::Object(_)) => true,
        (Kind::Map { value: inner, .. }, Template::Object(members)) => {
            members.iter().all(|(_, member)| fits(inner, member))
        }
        (Kind::Array(inner), Template::Array(items)) => items.iter().all(|item| fits(inner, item)),
        (
            Kind::String
            | Kind::Integer
            | Kind::Number
            | Kind::Boolean
            | Kind::Object
            | Kind::Map { .. }
            | Kind::Array(_),
            _,
        ) => false,
    }
}

/// Whether a value of the right kind breaks the constraint. What concerns texts and numbers
/// concerns the innermost values of lists and maps.
pub(super) fn breaks(field: &Field, constraint: &Constraint, value: &Template) -> bool {
    let any_text = |breaks: &dyn Fn(&str) -> bool| {
        any_inner(
            &field.kind,
            value,
            &|inner| matches!(inner, Value::String(text) if breaks(text)),
        )
    };
    let any_scalar = |breaks: &dyn Fn(&Value) -> bool| any_inner(&field.kind, value, breaks);
    if let Some(of_keys) = part::of_keys(field, constraint) {
        let keys = part::keys(field);
        return part::keys_in(value).any(|key| breaks(&keys, of_keys, &key));
    }
    if let Some(held) = constraint.of_chinese() {
        let alone = part::texts(field, Vec::new());
        let is_chinese = |c| text::holds(&CharClass::Chinese, c);
        return any_text(&|text| {
            let value = Template::Literal(Value::from(text));
            text.chars().all(is_chinese) && breaks(&alone, held, &value)
        });
    }
    if let Some((free, held)) = constraint.but_for() {
        let is_free = |inner: &Value| number(inner) == Some(free as f64);
        let breaks = |inner: &Value| breaks(field, held, &Template::Literal(inner.clone()));
        return any_scalar(&|inner| !is_free(inner) && breaks(inner));
    }
    match constraint {
        Constraint::Length { min, max, unit } => any_text(&|text| {
            let length = length(text, *unit);
            min.is_some_and(|min| length < min) || max.is_some_and(|max| length > max)
        }),
        Constraint::Charset(classes) => any_text(&|text| !text.chars().all(|c| in_any(classes, c))),
        Constraint::Mixture { least, kinds } => any_text(&|text| {
            let has = |kind: &&Vec<CharClass>| text.chars().any(|c| in_any(kind, c));
            kinds.iter().filter(has).count() < *least as usize
        }),
        Constraint::ForbiddenCharacters(forbidden) => {
            any_text(&|text| text.contains(&forbidden[..]))
        }
        Constraint::Pattern(pattern) => {
            let regex = regex_of(pattern);
            any_text(&|text| regex.as_ref().is_some_and(|regex| !regex.is_match(text)))
        }
        // An open enumeration forbids nothing.
        Constraint::Enum { open: true, .. } => false,
        Constraint::Enum { values, .. } => any_scalar(&|inner| {
            !values
                .iter()
                .any(|known| json(known).as_ref() == Some(inner))
        }),
        Constraint::Const(known) => any_scalar(&|inner| json(known).as_ref() != Some(inner)),
        Constraint::Format { format, or_empty } => {
            any_text(&|text| !(format::has(format, text) || *or_empty && text.is_empty()))
        }
        Constraint::Range { min, max } => any_scalar(&|inner| out_of_range(inner, *min, *max)),
        Constraint::Multiple(of) => any_scalar(&|inner| {
            number(inner).is_some_and(|number| (number % *of as f64).abs() > f64::EPSILON)
        }),
        Constraint::Except(values) => any_scalar(&|inner| {
            values
                .iter()
                .any(|known| json(known).as_ref() == Some(inner))
        }),
        Constraint::ItemCount { min, max } => count(field, value).is_some_and(|count| {
            min.is_some_and(|min| count < min) || max.is_some_and(|max| count > max)
        }),
        Constraint::Quota { of, max: Some(max) } if is_of_one_request(field, of) => {
            count(field, value).is_some_and(|count| count > *max)
        }
        Constraint::Unique => has_twins(value),
        Constraint::NotEmpty => is_empty(value),
        Constraint::RequiredIf(_)
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
        | Constraint::Within { .. } => false,
        Constraint::Other(_) => constraint
            .parts()
            .is_some_and(|parts| any_scalar(&|inner| is_in_a_gap(inner, &parts))),
    }
}

/// Whether a number is in none of these ranges.
fn is_in_a_gap(value: &Value, parts: &[(Decimal, Decimal)]) -> bool {
    let within = |(min, max): &(Decimal, Decimal)| !out_of_range(value, Some(*min), Some(*max));
    number(value).is_some() && !parts.iter().any(within)
}

/// Whether a limit is one on the items of a list in a single request.
pub(super) fn is_of_one_request(field: &Field, of: &str) -> bool {
    matches!(field.kind, Kind::Array(_)) && [PER_CALL, "items"].contains(&of)
}

/// The length of a text.
pub(super) fn length(text: &str, unit: Unit) -> u64 {
    match unit {
        Unit::Characters => text.chars().count() as u64,
        Unit::Bytes => text.len() as u64,
    }
}

/// A scalar as JSON. None for a decimal that is no number.
pub(super) fn json(scalar: &Scalar) -> Option<Value> {
    match scalar {
        Scalar::Null => Some(Value::Null),
        Scalar::Bool(value) => Some(Value::Bool(*value)),
        Scalar::Integer(value) => Some(Value::from(*value)),
        Scalar::Decimal(printed) => printed.parse::<f64>().ok().map(Value::from),
        Scalar::Text(text) => Some(Value::String(text.clone())),
    }
}

/// The pattern, where it is a regular expression and not a template with named holes.
pub(super) fn regex_of(pattern: &str) -> Option<Regex> {
    let anchored = pattern.starts_with('^') || pattern.ends_with('$');
    anchored.then(|| Regex::new(pattern).ok())?
}

fn says_nullable(field: &Field) -> bool {
    let mut statements = field.statements.iter();
    statements.any(|statement| statement.constraint == Constraint::Nullable)
}

/// Whether any innermost scalar does. Objects of fields are not gone into: their fields are judged
/// on their own. Lent values are what the target says they are.
fn any_inner(kind: &Kind, value: &Template, breaks: &dyn Fn(&Value) -> bool) -> bool {
    match (kind, value) {
        (Kind::Array(inner), Template::Array(items)) => {
            items.iter().any(|item| any_inner(inner, item, breaks))
        }
        (Kind::Map { value: inner, .. }, Template::Object(members)) => members
            .iter()
            .any(|(_, member)| any_inner(inner, member, breaks)),
        (_, Template::Literal(scalar)) => breaks(scalar),
        (_, Template::Lent(_) | Template::Kept(_) | Template::Object(_) | Template::Array(_)) => {
            false
        }
    }
}

fn out_of_range(value: &Value, min: Option<Decimal>, max: Option<Decimal>) -> bool {
    let printed = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.clone(),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => return false,
    };
    if let Some(exact) = Decimal::parse(&printed) {
        return min.is_some_and(|min| exact < min) || max.is_some_and(|max| exact > max);
    }
    number(value).is_some_and(|number| {
        min.is_some_and(|min| number < min.as_f64()) || max.is_some_and(|max| number > max.as_f64())
    })
}

/// A number, even as a text.
fn number(value: &Value) -> Option<f64> {
    value.as_f64().or_else(|| value.as_str()?.parse().ok())
}

fn count(field: &Field, value: &Template) -> Option<u64> {
    field.kind.inner()?;
    match value {
        Template::Array(items) => Some(items.len() as u64),
        Template::Object(members) => Some(members.len() as u64),
        Template::Literal(_) | Template::Lent(_) | Template::Kept(_) => None,
    }
}

/// Whether two items are the same. Lent values never are: each is another one.
fn has_twins(value: &Template) -> bool {
    let Template::Array(items) = value else {
        return false;
    };
    let mut known: Vec<&Template> = items.iter().filter(|item| !has_hole(item)).collect();
    let n_items = known.len();
    known.sort_by_cached_key(|item| format!("{item:?}"));
    known.dedup();
    known.len() < n_items
}

fn has_hole(template: &Template) -> bool {
    match template {
        Template::Lent(_) | Template::Kept(_) => true,
        Template::Literal(_) => false,
        Template::Array(items) => items.iter().any(has_hole),
        Template::Object(members) => members.iter().any(|(_, member)| has_hole(member)),
    }
}

fn is_empty(value: &Template) -> bool {
    match value {
        Template::Literal(Value::String(text)) => text.is_empty(),
        Template::Array(items) => items.is_empty(),
        Template::Object(members) => members.is_empty(),
        Template::Literal(_) | Template::Lent(_) | Template::Kept(_) => false,
    }
}
