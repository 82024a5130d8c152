//! Promises and values in a few words, for people.

use serde_json::Value;

use super::shape::Shape;
use crate::contract::{CharClass, Constraint, Format, Relation, Scalar, Scope, StatesRule, Unit};

/// Characters of a text that are shown.
const SHOWN: usize = 40;

/// What a constraint promises: `1 to 64 characters`.
pub fn promise(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Length { min, max, unit } => {
            let unit = match unit {
                Unit::Characters => "characters",
                Unit::Bytes => "bytes",
            };
            bounds(min.as_ref(), max.as_ref(), unit)
        }
        Constraint::Charset(classes) => {
            let classes: Vec<String> = classes.iter().map(class).collect();
            format!("only characters of {}", classes.join(" "))
        }
        Constraint::Mixture { least, kinds } => {
            let kinds = kinds.iter().map(|kind| {
                let classes: Vec<String> = kind.iter().map(class).collect();
                classes.join(" ")
            });
            let kinds: Vec<String> = kinds.collect();
            format!(
                "characters of at least {least} of these kinds: {}",
                kinds.join(", ")
            )
        }
        Constraint::ForbiddenCharacters(signs) => {
            let signs: Vec<String> = signs.iter().map(|sign| format!("{sign:?}")).collect();
            format!("none of {}", signs.join(" "))
        }
        Constraint::Pattern(pattern) => format!("text like `{}`", short(pattern)),
        Constraint::Enum { values, open } => {
            let word = if *open { "for example" } else { "one of" };
            format!("{word} {}", list(values))
        }
        Constraint::Const(value) => format!("always {}", scalar(value)),
        Constraint::Format { format, or_empty } => {
            let empty = if *or_empty { ", or the empty text" } else { "" };
            format!("{}{empty}", format_name(format))
        }
        Constraint::Range { min, max } => {
            bounds(min.as_ref(), max.as_ref(), "").trim_end().to_owned()
        }
        Constraint::Multiple(of) => format!("a multiple of {of}"),
        Constraint::Except(values) => format!("none of {}", list(values)),
        Constraint::ItemCount { min, max } => bounds(min.as_ref(), max.as_ref(), "items"),
        Constraint::Unique => "no two of the same".to_owned(),
        Constraint::NotEmpty => "not empty".to_owned(),
        Constraint::RequiredIf(condition) => format!("required if {}", short(condition)),
        Constraint::ExclusiveWith(names) => format!("not together with {}", names.join(", ")),
        Constraint::Precedence(names) => format!("the first one of {} counts", names.join(", ")),
        Constraint::Relative { how, to } => match how {
            Relation::AtLeast => format!("at least {to}"),
            Relation::AtMost => format!("at most {to}"),
            Relation::Below => format!("less than {to}"),
            Relation::Above => format!("more than {to}"),
            Relation::Unlike => format!("other than {to}"),
            Relation::DefaultsTo => format!("the same as {to} when left out"),
        },
        Constraint::Default(value) => format!("{} when left out", scalar(value)),
        Constraint::StatePrecondition {
            subject,
            rule,
            states,
        } => {
            let rule = match rule {
                StatesRule::OneOf => "one of",
                StatesRule::NoneOf => "none of",
            };
            format!("{subject} is {rule} {}", states.join(", "))
        }
        Constraint::Quota { of, max: None } => format!("counts against the quota of {of}"),
        Constraint::Quota { of, max: Some(max) } => format!("at most {max} {of}"),
        Constraint::Idempotent => "twice is like once".to_owned(),
        Constraint::RateLimit { per_minute } => format!("at most {per_minute} calls a minute"),
        Constraint::Microversion { min, max } => {
            format!(
                "in microversions {}",
                bounds(min.as_ref(), max.as_ref(), "").trim_end()
            )
        }
        Constraint::Nullable => "may be null".to_owned(),
        Constraint::AsyncJob => "goes on in a job".to_owned(),
        Constraint::Within { scope, holds } => match scope {
            Scope::Case(words) => format!("{} (in one case: {})", promise(holds), short(words)),
            Scope::Part(name) => format!("{} (its part {name})", promise(holds)),
            Scope::Form(forms) => format!("{} (one form of {})", promise(holds), short(forms)),
        },
        Constraint::Other(words) => short(words),
    }
}

/// The types at one level: `string or null`.
pub(super) fn types(shape: &Shape, null: bool) -> String {
    let null = null.then_some("null");
    let types: Vec<&str> = shape.types.iter().copied().chain(null).collect();
    types.join(" or ")
}

/// A value, shortened with a count.
pub(super) fn value(value: &Value) -> String {
    match value {
        Value::String(text) if text.chars().nth(SHOWN).is_some() => {
            let (n_characters, n_bytes) = (text.chars().count(), text.len());
            format!(
                "{:?} ({n_characters} characters, {n_bytes} bytes)",
                short(text)
            )
        }
        Value::String(text) => format!("{text:?}"),
        Value::Array(items) => format!("an array of {} items", items.len()),
        Value::Object(members) => format!("an object of {} members", members.len()),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.to_string(),
    }
}

fn bounds<T: ToString>(min: Option<&T>, max: Option<&T>, unit: &str) -> String {
    let (min, max) = (min.map(T::to_string), max.map(T::to_string));
    match (min, max) {
        (Some(min), Some(max)) if min == max => format!("{min} {unit}"),
        (Some(min), Some(max)) => format!("{min} to {max} {unit}"),
        (Some(min), None) => format!("at least {min} {unit}"),
        (None, Some(max)) => format!("at most {max} {unit}"),
        (None, None) => format!("any {unit}"),
    }
}

fn class(class: &CharClass) -> String {
    match class {
        CharClass::Chinese => "Han".to_owned(),
        CharClass::Range(first, last) => format!("{first}-{last}"),
        CharClass::One(one) => format!("{one:?}"),
    }
}

fn format_name(format: &Format) -> String {
    match format {
        Format::Uuid => "a UUID".to_owned(),
        Format::Ip => "an IP address".to_owned(),
        Format::Ipv4 => "an IPv4 address".to_owned(),
        Format::Ipv6 => "an IPv6 address".to_owned(),
        Format::Cidr => "an address with a prefix length".to_owned(),
        Format::Mac => "a MAC address".to_owned(),
        Format::Base64 => "Base64".to_owned(),
        Format::Uri => "a URI".to_owned(),
        Format::Time(None) => "an ISO 8601 time".to_owned(),
        Format::Time(Some(template)) => format!("a time like {}", short(template)),
        Format::Json => "text that parses as JSON".to_owned(),
        Format::Hostname => "a host name".to_owned(),
        Format::Standard(name) => format!("as {} has it", short(name)),
    }
}

fn list(values: &[Scalar]) -> String {
    let mut shown: Vec<String> = values.iter().take(8).map(scalar).collect();
    if values.len() > shown.len() {
        shown.push(format!("… ({} values)", values.len()));
    }
    shown.join(", ")
}

fn scalar(value: &Scalar) -> String {
    match value {
        Scalar::Null => "null".to_owned(),
        Scalar::Bool(truth) => truth.to_string(),
        Scalar::Integer(number) => number.to_string(),
        Scalar::Decimal(decimal) => decimal.clone(),
        Scalar::Text(text) => format!("{:?}", short(text)),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(SHOWN) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}
