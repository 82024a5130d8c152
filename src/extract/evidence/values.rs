//! Whether what an example shows keeps what the text says, and how both are said in a few words.

use crate::contract::{CharClass, Constraint, Format, Kind, Scalar, Unit};
use crate::extract::examples::{Node, NodeValue};

/// The longest piece of an example or a document that a claim repeats.
const SHORT: usize = 40;

/// The kind that an example shows; `Unknown` for null and what is elided.
pub(super) fn shown(node: &Node) -> Kind {
    match &node.value {
        NodeValue::Null | NodeValue::Elided => Kind::Unknown,
        NodeValue::Bool(_) => Kind::Boolean,
        NodeValue::Number(text) if text.contains(['.', 'e', 'E']) => Kind::Number,
        NodeValue::Number(_) => Kind::Integer,
        NodeValue::Text(_) => Kind::String,
        NodeValue::Array(items) => {
            let first = items.iter().map(shown).find(|kind| *kind != Kind::Unknown);
            Kind::Array(Box::new(first.unwrap_or(Kind::Unknown)))
        }
        NodeValue::Object(_) => Kind::Object,
    }
}

/// The kind that an example shows where it is not the stated one: of an array, the kind of the
/// first item that does not fit.
pub(super) fn shown_beside(stated: &Kind, node: &Node) -> Kind {
    match (stated, &node.value) {
        (Kind::Array(of), NodeValue::Array(items)) => {
            let odd = items.iter().find(|item| !fits(of, item));
            let kind = odd.map(|item| shown_beside(of, item));
            kind.map_or_else(|| shown(node), |kind| Kind::Array(Box::new(kind)))
        }
        _ => shown(node),
    }
}

/// Whether a value may be one of this kind, for all that it shows.
pub(super) fn fits(kind: &Kind, node: &Node) -> bool {
    match (kind, &node.value) {
        (Kind::Unknown, _) | (_, NodeValue::Null | NodeValue::Elided) => true,
        (Kind::Array(of), NodeValue::Array(items)) => items.iter().all(|item| fits(of, item)),
        (Kind::String, NodeValue::Text(_))
        | (Kind::Boolean, NodeValue::Bool(_))
        | (Kind::Number, NodeValue::Number(_))
        | (Kind::Object | Kind::Map { .. }, NodeValue::Object(_)) => true,
        (Kind::Integer, NodeValue::Number(_)) => shown(node) == Kind::Integer,
        (
            Kind::String
            | Kind::Integer
            | Kind::Number
            | Kind::Boolean
            | Kind::Object
            | Kind::Array(_)
            | Kind::Map { .. },
            _,
        ) => false,
    }
}

/// The first item that an array's kind does not allow, or the value itself.
pub(super) fn misfit<'n>(kind: &Kind, node: &'n Node) -> &'n Node {
    match (kind, &node.value) {
        (Kind::Array(of), NodeValue::Array(items)) => {
            let item = items.iter().find(|item| !fits(of, item));
            item.map_or(node, |item| misfit(of, item))
        }
        _ => node,
    }
}

/// Whether a value only stands for one: `{id}`, `<id>`, `***`, `xxx`.
pub(super) fn is_placeholder(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let enclosed = |open: char, close: char| {
        lower
            .find(open)
            .is_some_and(|at| lower[at..].contains(close))
    };
    let filler = lower.contains("xxx") || lower.contains("***") || lower.contains("...");
    filler || lower == "string" || enclosed('{', '}') || enclosed('<', '>')
}

/// What the constraint wants, in a few words, where the value shown breaks it.
pub(super) fn broken(constraint: &Constraint, node: &Node) -> Option<String> {
    match constraint {
        Constraint::Length { min, max, unit } => {
            let text = text(node)?;
            let length = match unit {
                Unit::Characters => text.chars().count(),
                Unit::Bytes => text.len(),
            };
            let unit = match unit {
                Unit::Characters => "characters",
                Unit::Bytes => "bytes",
            };
            outside(length as u64, *min, *max).then(|| range(*min, *max, unit))
        }
        Constraint::Charset(classes) => {
            let text = text(node)?;
            let fine = text
                .chars()
                .all(|letter| classes.iter().any(|class| has(class, letter)));
            (!fine).then(|| "other characters only".to_owned())
        }
        Constraint::ForbiddenCharacters(signs) => {
            let sign = text(node)?.chars().find(|sign| signs.contains(sign))?;
            Some(format!("no {sign:?}"))
        }
        Constraint::Enum { open: true, .. } => None,
        Constraint::Enum {
            values,
            open: false,
        } => {
            let shown = scalar(node)?;
            let known = values.iter().any(|value| same(value, &shown));
            (!known && !values.is_empty()).then(|| one_of(values))
        }
        Constraint::Const(value) => {
            let shown = scalar(node)?;
            (!same(value, &shown)).then(|| one_of(std::slice::from_ref(value)))
        }
        Constraint::Format { format, or_empty } => {
            let text = text(node)?;
            let fine =
                is_placeholder(text) || (text.is_empty() && *or_empty) || follows(format, text);
            (!fine).then(|| format_word(format).to_owned())
        }
        Constraint::Range { min, max } => {
            let NodeValue::Number(number) = &node.value else {
                return None;
            };
            let number: i64 = number.parse().ok()?;
            let low = min.is_some_and(|min| number < min);
            let high = max.is_some_and(|max| number > max);
            (low || high).then(|| range(*min, *max, ""))
        }
        Constraint::ItemCount { min, max } => {
            let count = match &node.value {
                NodeValue::Array(items) if node.whole => items.len(),
                NodeValue::Object(members) if node.whole => members.len(),
                _ => return None,
            };
            outside(count as u64, *min, *max).then(|| range(*min, *max, "items"))
        }
        Constraint::NotEmpty => {
            let empty = matches!(&node.value, NodeValue::Text(text) if text.is_empty());
            empty.then(|| "not empty".to_owned())
        }
        // What a single value cannot break.
        Constraint::Pattern(_)
        | Constraint::Unique
        | Constraint::RequiredIf(_)
        | Constraint::ExclusiveWith(_)
        | Constraint::Precedence(_)
        | Constraint::Default(_)
        | Constraint::StatePrecondition { .. }
        | Constraint::Quota { .. }
        | Constraint::Idempotent
        | Constraint::RateLimit { .. }
        | Constraint::Microversion { .. }
        | Constraint::Nullable
        | Constraint::AsyncJob
        | Constraint::Other(_) => None,
    }
}

fn text(node: &Node) -> Option<&str> {
    match &node.value {
        NodeValue::Text(text) => Some(text),
        NodeValue::Null
        | NodeValue::Bool(_)
        | NodeValue::Number(_)
        | NodeValue::Array(_)
        | NodeValue::Object(_)
        | NodeValue::Elided => None,
    }
}

/// The printed form of a scalar; a placeholder is none.
fn scalar(node: &Node) -> Option<String> {
    match &node.value {
        NodeValue::Text(text) => (!is_placeholder(text)).then(|| text.clone()),
        NodeValue::Number(text) => Some(text.clone()),
        NodeValue::Bool(value) => Some(value.to_string()),
        NodeValue::Null | NodeValue::Array(_) | NodeValue::Object(_) | NodeValue::Elided => None,
    }
}

fn printed(value: &Scalar) -> String {
    match value {
        Scalar::Null => "null".to_owned(),
        Scalar::Bool(value) => value.to_string(),
        Scalar::Integer(value) => value.to_string(),
        Scalar::Decimal(text) | Scalar::Text(text) => text.clone(),
    }
}

/// Values compare by their print: a table rarely says whether it means 1 or "1".
fn same(value: &Scalar, shown: &str) -> bool {
    printed(value) == shown
}

fn outside(count: u64, min: Option<u64>, max: Option<u64>) -> bool {
    min.is_some_and(|min| count < min) || max.is_some_and(|max| count > max)
}

/// `1 to 64 characters`, `at most 64`.
pub(super) fn range<N: std::fmt::Display>(min: Option<N>, max: Option<N>, unit: &str) -> String {
    let words = match (min, max) {
        (Some(min), Some(max)) => format!("{min} to {max} {unit}"),
        (Some(min), None) => format!("at least {min} {unit}"),
        (None, Some(max)) => format!("at most {max} {unit}"),
        (None, None) => unit.to_owned(),
    };
    words.trim_end().to_owned()
}

/// `one of a, b, c`.
pub(super) fn one_of(values: &[Scalar]) -> String {
    let values: Vec<String> = values.iter().take(SHORT).map(printed).collect();
    cut(&format!("one of {}", values.join(", ")))
}

/// What a value shows, short enough to be quoted.
pub(super) fn short(node: &Node) -> String {
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

fn cut(text: &str) -> String {
    if text.chars().count() <= SHORT {
        return text.to_owned();
    }
    let kept: String = text.chars().take(SHORT - 1).collect();
    format!("{kept}…")
}

fn has(class: &CharClass, letter: char) -> bool {
    match class {
        CharClass::Chinese => {
            matches!(letter, '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
        }
        CharClass::Range(first, last) => (*first..=*last).contains(&letter),
        CharClass::One(one) => *one == letter,
    }
}

pub(super) fn format_word(format: &Format) -> &'static str {
    match format {
        Format::Uuid => "UUID",
        Format::Ip => "IP address",
        Format::Ipv4 => "IPv4 address",
        Format::Ipv6 => "IPv6 address",
        Format::Cidr => "CIDR",
        Format::Mac => "MAC address",
        Format::Base64 => "Base64",
        Format::Uri => "URI",
        Format::Time(_) => "time",
        Format::Json => "JSON",
    }
}

/// Whether a text is of this format. Where a format is loosely defined, what looks like it will do.
fn follows(format: &Format, text: &str) -> bool {
    match format {
        Format::Uuid => is_template(text, "hhhhhhhh-hhhh-hhhh-hhhh-hhhhhhhhhhhh"),
        Format::Ip => text.parse::<std::net::IpAddr>().is_ok(),
        Format::Ipv4 => text.parse::<std::net::Ipv4Addr>().is_ok(),
        Format::Ipv6 => text.parse::<std::net::Ipv6Addr>().is_ok(),
        Format::Cidr => text.split_once('/').is_some_and(|(address, bits)| {
            address.parse::<std::net::IpAddr>().is_ok()
                && bits.parse::<u8>().is_ok_and(|n| n <= 128)
        }),
        Format::Mac => {
            is_template(text, "hh:hh:hh:hh:hh:hh") || is_template(text, "hh-hh-hh-hh-hh-hh")
        }
        Format::Base64 => {
            let letters = text.bytes().filter(|byte| !byte.is_ascii_whitespace());
            letters.clone().count() % 4 == 0
                && letters
                    .into_iter()
                    .all(|byte| byte.is_ascii_alphanumeric() || b"+/=-_".contains(&byte))
        }
        Format::Uri => text.contains("://") || text.starts_with('/'),
        Format::Time(Some(template)) => is_time(text, template),
        Format::Time(None) => is_template(text.get(..10).unwrap_or(""), "dddd-dd-dd"),
        Format::Json => serde_json::from_str::<serde_json::Value>(text).is_ok(),
    }
}

/// `h` is a hex digit, `d` a digit, anything else itself.
fn is_template(text: &str, template: &str) -> bool {
    text.len() == template.len()
        && text
            .bytes()
            .zip(template.bytes())
            .all(|(sign, wanted)| match wanted {
                b'h' => sign.is_ascii_hexdigit(),
                b'd' => sign.is_ascii_digit(),
                other => sign == other,
            })
}

/// Every letter of a time's template but `T` and `Z` is a digit.
fn is_time(text: &str, template: &str) -> bool {
    let digits = template.chars().map(|sign| match sign {
        'T' | 'Z' => sign,
        letter if letter.is_ascii_alphabetic() => 'd',
        other => other,
    });
    is_template(text, &digits.collect::<String>())
}
