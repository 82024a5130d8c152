//! Whether what an example shows is of the stated kind and keeps what the text says.

use crate::contract::{CharClass, Constraint, Decimal, Format, Kind, Scalar, Unit};
use crate::extract::claims;
use crate::extract::examples::{Node, NodeValue};

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

/// Whether the value shown breaks the constraint.
pub(super) fn breaks(constraint: &Constraint, node: &Node) -> bool {
    match constraint {
        Constraint::Length { min, max, unit } => text(node).is_some_and(|text| {
            let length = match unit {
                Unit::Characters => text.chars().count(),
                Unit::Bytes => text.len(),
            };
            outside(length as u64, *min, *max)
        }),
        Constraint::Charset(classes) => text(node).is_some_and(|text| {
            let fine = |sign| classes.iter().any(|class| has(class, sign));
            !is_placeholder(text) && !text.chars().all(fine)
        }),
        Constraint::Mixture { least, kinds } => text(node).is_some_and(|text| {
            let is_in = |kind: &&Vec<CharClass>| {
                text.chars()
                    .any(|sign| kind.iter().any(|class| has(class, sign)))
            };
            !is_placeholder(text) && kinds.iter().filter(is_in).count() < *least as usize
        }),
        Constraint::ForbiddenCharacters(signs) => text(node).is_some_and(|text| {
            !is_placeholder(text) && text.chars().any(|sign| signs.contains(&sign))
        }),
        Constraint::Enum { values, open } => scalar(node).is_some_and(|shown| {
            !open && !values.is_empty() && !values.iter().any(|value| same(value, &shown))
        }),
        Constraint::Const(value) => scalar(node).is_some_and(|shown| !same(value, &shown)),
        Constraint::Format { format, or_empty } => text(node).is_some_and(|text| {
            let excused = is_placeholder(text) || (text.is_empty() && *or_empty);
            !excused && !follows(format, text)
        }),
        Constraint::Range { min, max } => number(node).is_some_and(|number| {
            min.is_some_and(|min| number < min) || max.is_some_and(|max| number > max)
        }),
        Constraint::Multiple(of) => number(node).is_some_and(|number| {
            let rest = number.whole().and_then(|whole| whole.checked_rem(*of));
            rest != Some(0)
        }),
        Constraint::Except(values) => {
            scalar(node).is_some_and(|shown| values.iter().any(|value| same(value, &shown)))
        }
        Constraint::ItemCount { min, max } => {
            let count = node.items().len().max(node.members().len());
            let counts = matches!(node.value, NodeValue::Array(_) | NodeValue::Object(_));
            counts && node.whole && outside(count as u64, *min, *max)
        }
        Constraint::NotEmpty => text(node) == Some(""),
        // What a single value cannot break.
        Constraint::Pattern(_)
        | Constraint::Unique
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

fn number(node: &Node) -> Option<Decimal> {
    match &node.value {
        NodeValue::Number(number) => Decimal::parse(number),
        NodeValue::Null
        | NodeValue::Bool(_)
        | NodeValue::Text(_)
        | NodeValue::Array(_)
        | NodeValue::Object(_)
        | NodeValue::Elided => None,
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

/// Values compare by their print: a table rarely says whether it means 1 or "1".
fn same(value: &Scalar, shown: &str) -> bool {
    claims::scalar(value) == shown
}

fn outside(count: u64, min: Option<u64>, max: Option<u64>) -> bool {
    min.is_some_and(|min| count < min) || max.is_some_and(|max| count > max)
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
        // A name that a document shows may be one of its own making.
        Format::Hostname | Format::Standard(_) => true,
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
