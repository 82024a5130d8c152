//! How a claim says what it claims: kinds, names and values in a few words of our own, never a
//! sentence of a document.

use super::examples::{Node, NodeValue};
use crate::contract::{CharClass, Constraint, Format, Relation, Scalar, Scope, StatesRule, Unit};

/// The longest piece of an example or a document that a claim repeats.
const LONGEST: usize = 40;

/// A constraint in a few words: `1 to 64 characters`, `one of on, off`. Conditions are left out: they
/// are a document's own words.
pub fn say(constraint: &Constraint) -> String {
    cut(&words(constraint))
}

/// A constraint in words, all of it, with its conditions.
pub fn tell(constraint: &Constraint) -> String {
    if let Constraint::RequiredIf(condition) = constraint {
        return format!("required if {condition}");
    }
    if let Constraint::StatePrecondition { subject, .. } = constraint {
        return format!("{subject} {}", words(constraint));
    }
    if let Constraint::Within { scope, holds } = constraint {
        return match scope {
            Scope::Case(case) => format!("{}, when {case}", tell(holds)),
            Scope::Part(name) => format!("{name}: {}", tell(holds)),
            Scope::Form(forms) => format!("{}, as one form of {forms}", tell(holds)),
        };
    }
    words(constraint)
}

fn words(constraint: &Constraint) -> String {
    match constraint {
        Constraint::Length { min, max, unit } => range(*min, *max, unit_word(*unit)),
        Constraint::Charset(classes) => {
            let classes: Vec<String> = classes.iter().map(class).collect();
            format!("characters {}", classes.join(", "))
        }
        Constraint::Mixture { least, kinds } => {
            format!("{least} of {} kinds of characters", kinds.len())
        }
        Constraint::ForbiddenCharacters(signs) => {
            let signs: Vec<String> = signs.iter().map(char::to_string).collect();
            format!("none of {}", signs.join(" "))
        }
        Constraint::Pattern(pattern) => format!("like {pattern}"),
        Constraint::Enum {
            values,
            open: false,
        } => list("one of", values),
        Constraint::Enum { values, open: true } => list("for example", values),
        Constraint::Const(value) => format!("always {}", scalar(value)),
        Constraint::Format { format, .. } => format_words(format),
        Constraint::Range { min, max } => range(*min, *max, ""),
        Constraint::Multiple(of) => format!("a multiple of {of}"),
        Constraint::Except(values) => list("none of", values),
        Constraint::ItemCount { min, max } => range(*min, *max, "items"),
        Constraint::Unique => "unique".to_owned(),
        Constraint::NotEmpty => "not empty".to_owned(),
        Constraint::RequiredIf(_) => "required on a condition".to_owned(),
        Constraint::ExclusiveWith(names) => format!("not together with {}", names.join(", ")),
        Constraint::Precedence(names) => format!("first of {}", names.join(", ")),
        Constraint::Relative { how, to } => match how {
            Relation::AtLeast => format!("at least {to}"),
            Relation::AtMost => format!("at most {to}"),
            Relation::Below => format!("less than {to}"),
            Relation::Above => format!("more than {to}"),
            Relation::Unlike => format!("other than {to}"),
            Relation::DefaultsTo => format!("as {to} by default"),
        },
        Constraint::Default(value) => format!("{} by default", scalar(value)),
        Constraint::StatePrecondition { rule, states, .. } => {
            let rule = match rule {
                StatesRule::OneOf => "in state",
                StatesRule::NoneOf => "not in state",
            };
            format!("{rule} {}", states.join(", "))
        }
        Constraint::Quota { of, max: None } => format!("counts against the quota of {of}"),
        Constraint::Quota { of, max: Some(max) } => format!("at most {max} {of}"),
        Constraint::Idempotent => "idempotent".to_owned(),
        Constraint::RateLimit { per_minute } => format!("{per_minute} a minute"),
        Constraint::Microversion { min, max } => range(*min, *max, "(microversion)"),
        Constraint::Nullable => "may be null".to_owned(),
        Constraint::AsyncJob => "goes on in a job".to_owned(),
        Constraint::Within { scope, holds } => match scope {
            Scope::Case(_) => format!("in one case {}", words(holds)),
            Scope::Part(name) => format!("{name}: {}", words(holds)),
            Scope::Form(forms) => forms.clone(),
        },
        Constraint::Other(said) => said.clone(),
    }
}

/// What an example shows, short enough to be quoted.
pub fn show(node: &Node) -> String {
    match &node.value {
        NodeValue::Null => "null".to_owned(),
        NodeValue::Bool(value) => value.to_string(),
        NodeValue::Number(text) => cut(text),
        NodeValue::Text(text) => format!("{:?}", cut(text)),
        NodeValue::Array(items) => format!("{} items", items.len()),
        NodeValue::Object(members) => format!("an object of {}", members.len()),
        NodeValue::Elided => "elided".to_owned(),
    }
}

/// A scalar as a document prints it.
pub fn scalar(value: &Scalar) -> String {
    match value {
        Scalar::Null => "null".to_owned(),
        Scalar::Bool(value) => value.to_string(),
        Scalar::Integer(value) => value.to_string(),
        Scalar::Decimal(text) | Scalar::Text(text) => text.clone(),
    }
}

/// A text of at most [`LONGEST`] characters, with a mark where it was cut.
pub fn cut(text: &str) -> String {
    if text.chars().nth(LONGEST).is_none() {
        return text.to_owned();
    }
    let kept: String = text.chars().take(LONGEST - 1).collect();
    format!("{kept}…")
}

fn range<N: std::fmt::Display>(min: Option<N>, max: Option<N>, unit: &str) -> String {
    let words = match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max} {unit}"),
        (Some(min), None) => format!("at least {min} {unit}"),
        (None, Some(max)) => format!("at most {max} {unit}"),
        (None, None) => unit.to_owned(),
    };
    words.trim_end().to_owned()
}

fn list(introduction: &str, values: &[Scalar]) -> String {
    let values: Vec<String> = values.iter().map(scalar).collect();
    format!("{introduction} {}", values.join(", "))
}

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Characters => "characters",
        Unit::Bytes => "bytes",
    }
}

fn class(class: &CharClass) -> String {
    match class {
        CharClass::Chinese => "Chinese".to_owned(),
        CharClass::Range(first, last) => format!("{first}-{last}"),
        CharClass::One(sign) => sign.to_string(),
    }
}

fn format_words(format: &Format) -> String {
    let word = match format {
        Format::Uuid => "UUID",
        Format::Ip => "IP address",
        Format::Ipv4 => "IPv4 address",
        Format::Ipv6 => "IPv6 address",
        Format::Cidr => "CIDR",
        Format::Mac => "MAC address",
        Format::Base64 => "Base64",
        Format::Uri => "URI",
        Format::Time(None) => "time",
        Format::Time(Some(template)) => return format!("time like {template}"),
        Format::Json => "JSON",
        Format::Hostname => "host name",
        Format::Standard(name) => name,
    };
    word.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::Version;

    #[test]
    fn claims_are_short() {
        let states = || (1..60).map(|n| Scalar::Text(format!("state{n}"))).collect();
        for (constraint, expected) in [
            (
                Constraint::Length {
                    min: Some(1),
                    max: Some(64),
                    unit: Unit::Bytes,
                },
                "1 to 64 bytes",
            ),
            (
                Constraint::Range {
                    min: None,
                    max: Some(9.into()),
                },
                "at most 9",
            ),
            (
                Constraint::Format {
                    format: Format::Time(Some("YYYY".into())),
                    or_empty: false,
                },
                "time like YYYY",
            ),
            (
                Constraint::Microversion {
                    min: Some(Version::new(2, 1)),
                    max: None,
                },
                "at least 2.1 (microversion)",
            ),
            (
                Constraint::Enum {
                    values: states(),
                    open: false,
                },
                "one of state1, state2, state3, state4, …",
            ),
        ] {
            assert_eq!(say(&constraint), expected);
        }
        assert_eq!(cut(&"ö".repeat(40)), "ö".repeat(40));
        assert_eq!(cut(&"ö".repeat(41)).chars().count(), 40);
    }
}
