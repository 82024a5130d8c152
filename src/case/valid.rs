//! Values that keep every statement of their field.
//!
//! Main entry: [`value`]. A name of something that must exist is never invented: it is lent. Where
//! no value can be known to be fine, one is given all the same and called unsure, so that nobody
//! expects it to be accepted.

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::Value;

use super::broken::{fits, json, keeps_all, regex_of};
use super::condition::Condition;
use super::each_case::{in_all_cases, is_bound};
use super::relation::{bounds, fits_if_any_does, is_bound_elsewhere};
use super::text::{Alphabet, WIDTHS};
use super::{Template, format, matching, part};
use crate::contract::{
    BOUND_TO_NOW, Constraint, Decimal, Field, Format, GROWS, Kind, MAIL_ADDRESS, NAMES_THINGS,
    NOT_READ, Presence, Relation, Scalar, Scope, Statement, Unit, letters, only_tries_if_set,
};

/// A text where nothing speaks against it.
const PLAIN: &str = "proofhouse";

/// A value, and whether it is known to be fine.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Valid {
    /// The value.
    pub(super) value: Template,
    /// Whether every statement about it is known to hold.
    pub(super) sure: bool,
}

/// Whether the field names something that must exist: by its name or as a UUID, where nothing else
/// says what it is made of. Such a value is lent, never invented.
pub(super) fn is_identifier(field: &Field) -> bool {
    let told = field.statements.iter().any(|statement| {
        matches!(
            statement.constraint,
            Constraint::Enum { .. }
                | Constraint::Const(_)
                | Constraint::Charset(_)
                | Constraint::Mixture { .. }
                | Constraint::Multiple(_)
                | Constraint::Except(_)
        )
    });
    let uuid = field.statements.iter().any(|statement| {
        let constraint = &statement.constraint;
        matches!(constraint, Constraint::Format { format, .. } if *format == Format::Uuid)
    });
    let text = matches!(innermost(&field.kind), Kind::String | Kind::Unknown);
    let plain = field.children.is_empty() && text;
    plain && !told && (uuid || field.says(NAMES_THINGS) || refers(&field.name, says_content(field)))
}

/// Whether an object of these members is nothing but a name: that of something which exists.
pub(super) fn is_reference(members: &[Field]) -> bool {
    matches!(members, [only] if only.name == "name" && !says_content(only))
}

/// Whether a name is that of a reference. A word for a thing is one only where nothing is said of
/// what the text may hold.
fn refers(name: &str, described: bool) -> bool {
    const ENDINGS: [&str; 10] = [
        "_id", "_ids", "Id", "Ids", "ID", "_ref", "Ref", "_uuid", "Uuid", "key_name",
    ];
    const THINGS: [&str; 10] = [
        "zone", "region", "flavor", "image", "network", "subnet", "port", "keypair", "uuid",
        "marker",
    ];
    let last = name.rsplit(['_', '-', '.']).next().unwrap_or(name);
    let thing = !described && THINGS.contains(&last);
    name == "id" || ENDINGS.iter().any(|end| name.ends_with(end)) || thing
}

/// Whether anything is said of what the text may hold.
pub(super) fn says_content(field: &Field) -> bool {
    field.statements.iter().any(|statement| {
        matches!(
            statement.constraint,
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
                | Constraint::Range { .. }
                | Constraint::NotEmpty
        )
    })
}

/// Whether the text is what its field is called, though nobody says that nothing else is let in.
pub(super) fn is_as_called(field: &Field, text: &str) -> bool {
    let is_address = || matches!(text.split_once('@'), Some((name, host)) if !name.is_empty() && host.contains('.'));
    !field.says(MAIL_ADDRESS) || is_address()
}

/// The kind behind all lists and maps.
pub(super) fn innermost(kind: &Kind) -> &Kind {
    kind.inner().map_or(kind, innermost)
}

/// The `nth` valid scalar of a field, whatever lists and maps surround it.
pub(super) fn scalar(field: &Field, kind: &Kind, nth: usize) -> Valid {
    if is_identifier(field) {
        // Nobody knows which thing is lent for the other one, nor which one there is now.
        let is_other = bounds(field).any(|(how, _)| how == Relation::Unlike);
        return Valid {
            value: Template::Lent(field.name.clone()),
            sure: !is_other && !is_bound_to_now(&field.statements),
        };
    }
    let candidates = match kind {
        Kind::Integer | Kind::Number => numbers(field, nth),
        Kind::Boolean => {
            let off = holds_back(field).then_some(Value::Bool(false));
            let usual = listed(field, nth).chain([Value::Bool(true), Value::Bool(false)]);
            off.into_iter().chain(usual).collect()
        }
        Kind::String | Kind::Unknown => texts(field, nth),
        Kind::Object | Kind::Array(_) | Kind::Map { .. } => Vec::new(),
    };
    let strict = in_all_cases(field);
    let apt = |value: &&Value| {
        fits(kind, &Template::Literal((*value).clone())) && keeps_all(field, value)
    };
    let apt_in_all = |value: &&Value| {
        let strict = strict.as_ref();
        apt(value) && strict.is_none_or(|strict| keeps_all(strict, value))
    };
    let surest = candidates.iter().find(apt_in_all).cloned();
    let is_in_doubt = surest.is_none() && strict.is_some();
    let fine = surest.or_else(|| candidates.iter().find(apt).cloned());
    // Texts made to measure take time: only where no ready one will do.
    let fine = fine.or_else(|| {
        let measured = matches!(kind, Kind::String | Kind::Unknown).then(|| measured(field, nth));
        measured.into_iter().flatten().find(|value| apt(&value))
    });
    let is_known = fine
        .as_ref()
        .is_some_and(|value| can_be_known(field, kind) && fits_if_any_does(field, value));
    let sure = is_known && !is_in_doubt;
    let value = fine.or(candidates.first().cloned()).unwrap_or(Value::Null);
    Valid {
        value: Template::Literal(value),
        sure,
    }
}

/// The `nth` value of a field, where it is known to be fine and is not lent, and there are so many.
pub fn nth_value(field: &Field, nth: usize) -> Option<Value> {
    let value = |nth| match scalar(field, &field.kind, nth) {
        Valid {
            value: Template::Literal(value),
            sure: true,
        } => Some(value),
        Valid { .. } => None,
    };
    // Where there are not so many, all the others are the first one.
    value(nth).filter(|other| nth == 0 || value(0).as_ref() != Some(other))
}

/// Whether the name is that of a switch that, once on, forbids what comes after or lets nothing happen: what is
/// asked for in passing leaves it off.
pub(super) fn holds_back(field: &Field) -> bool {
    const WORDS: [&str; 8] = [
        "lock", "protect", "freez", "frozen", "sealed", "archive", "suspend", "disable",
    ];
    const WHOLE: [&str; 2] = ["readonly", "immutable"];
    let starts = |at: usize| {
        let before = field.name[..at].chars().next_back();
        let is_capital = field.name[at..].starts_with(char::is_uppercase);
        before.is_none_or(|c| !c.is_alphanumeric() || (is_capital && c.is_lowercase()))
    };
    let name = field.name.to_ascii_lowercase();
    let places = field.name.char_indices().map(|(at, _)| at);
    let begins = places.filter(|at| starts(*at)).any(|at| {
        let word = &name[at..];
        WORDS.iter().any(|known| word.starts_with(known))
    });
    let whole = letters(&field.name);
    let is_whole = || WHOLE.iter().any(|known| whole.contains(known));
    field.kind == Kind::Boolean && (begins || is_whole() || only_tries_if_set(&field.name))
}

/// Whether the name says that the text is made by a program: a key, a certificate. How it is made is
/// not known, unless values are listed.
fn is_encoded(field: &Field) -> bool {
    const MADE: [&str; 5] = [
        "publickey",
        "privatekey",
        "certificate",
        "signature",
        "fingerprint",
    ];
    let letters = field.name.chars().filter(char::is_ascii_alphabetic);
    let word: String = letters.collect::<String>().to_ascii_lowercase();
    MADE.iter().any(|made| word.ends_with(made)) && listed(field, 0).next().is_none()
}

/// Whether a value made from the statements alone is fine. Not where it must fit what exists
/// already, nor where a template has holes that nobody explains.
fn can_be_known(field: &Field, kind: &Kind) -> bool {
    let known = *kind != Kind::Unknown || listed(field, 0).next().is_some();
    known
        && !is_encoded(field)
        && !is_bound_to_now(&field.statements)
        && field
            .statements
            .iter()
            .all(|statement| match &statement.constraint {
                Constraint::Unique => {
                    let is_list = field.kind.inner().is_some();
                    is_list || field.presence == Presence::Required || field.name == "name"
                }
                Constraint::Pattern(pattern) => regex_of(pattern).is_some(),
                Constraint::Format { format, .. } => !format::inside(format).is_empty(),
                // Nobody knows which of two texts is the later. What a fact of another thing lets in depends on
                // the value.
                Constraint::Relative { how, to } => match how {
                    Relation::DefaultsTo => true,
                    Relation::Unlike => !to.contains('.'),
                    Relation::AtLeast | Relation::AtMost | Relation::Below | Relation::Above => {
                        *kind != Kind::String
                    }
                },
                Constraint::Length { .. }
                | Constraint::Charset(_)
                | Constraint::Mixture { .. }
                | Constraint::Multiple(_)
                | Constraint::Except(_)
                | Constraint::ForbiddenCharacters(_)
                | Constraint::Enum { .. }
                | Constraint::Const(_)
                | Constraint::Range { .. }
                | Constraint::ItemCount { .. }
                | Constraint::NotEmpty
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
                | Constraint::AsyncJob => true,
                // What holds in one case only is kept in every one.
                Constraint::Within {
                    scope: Scope::Case(_),
                    holds,
                } if is_bound(holds) => true,
                Constraint::Within {
                    scope: Scope::Part(part),
                    holds,
                } if is_bound(holds) => keeps_part(field, part, holds),
                // What a machine cannot decide may well concern what a text holds.
                Constraint::Within { .. } | Constraint::Other(_) => {
                    let is_fine = match kind {
                        Kind::String => statement.constraint.lets_all_in(),
                        // Of what is read of a number, little is left that a machine cannot decide.
                        Kind::Integer | Kind::Number => !statement.constraint.is_remark(NOT_READ),
                        Kind::Boolean
                        | Kind::Unknown
                        | Kind::Object
                        | Kind::Array(_)
                        | Kind::Map { .. } => true,
                    };
                    may_be_told(&statement.constraint) && is_fine
                }
            })
}

/// Whether a machine can tell when the field may be given, where that is said.
fn may_be_told(said: &Constraint) -> bool {
    let told = said.may_be_given();
    told.is_none_or(|(condition, _)| Condition::read(condition).is_some())
}

/// Whether the names or the values that are made up for a map keep what is said of them.
fn keeps_part(field: &Field, part: &str, holds: &Constraint) -> bool {
    let made_up = match (&field.kind, part) {
        (Kind::Map { key, .. }, "key") => key.as_str(),
        (Kind::Map { .. }, "value") => PLAIN,
        (_, _) => return false,
    };
    let said = field.statements.first().map(|said| Statement {
        constraint: holds.clone(),
        ..said.clone()
    });
    let text = part::texts(field, said.into_iter().collect());
    keeps_all(&text, &Value::from(made_up))
}

/// Whether a machine can tell of all that these fields require whether it is valid. What is named exists.
pub(super) fn can_be_valid(fields: &[Field]) -> bool {
    let mut required = fields
        .iter()
        .filter(|field| field.presence == Presence::Required);
    required.all(|field| {
        let is_told = || {
            let is_known =
                can_be_known(field, innermost(&field.kind)) && !is_bound_elsewhere(field);
            is_identifier(field) || is_known
        };
        let is_plain = field.children.is_empty();
        if is_plain {
            is_told()
        } else {
            can_be_valid(&field.children)
        }
    })
}

/// Whether it is said that something is bound to what there is when the request comes.
pub(super) fn is_bound_to_now(said: &[Statement]) -> bool {
    let is_bound = |constraint: &Constraint| matches!(constraint, Constraint::Other(words) if [BOUND_TO_NOW, GROWS].contains(&words.as_str()));
    said.iter().any(|said| is_bound(&said.constraint))
}

/// What a document lists: the constant, or the values of an enumeration from the `nth` on.
pub(super) fn listed(field: &Field, nth: usize) -> impl Iterator<Item = Value> + '_ {
    let lists = field.statements.iter().map(|statement| {
        if let Constraint::Const(value) = &statement.constraint {
            std::slice::from_ref(value)
        } else if let Constraint::Enum { values, .. } = &statement.constraint {
            values.as_slice()
        } else {
            &[]
        }
    });
    lists.flat_map(move |values: &[Scalar]| {
        let turn = nth.checked_rem(values.len()).unwrap_or(0);
        let (before, from) = values.split_at(turn);
        from.iter().chain(before).filter_map(json)
    })
}

/// The value that a condition names, in the kind of its field.
pub(super) fn value_of(field: &Field, word: &str) -> Option<Value> {
    let value = match field.kind {
        Kind::Integer | Kind::Number => Value::from(word.parse::<i64>().ok()?),
        Kind::Boolean => Value::from(word.to_ascii_lowercase().parse::<bool>().ok()?),
        Kind::String => Value::from(word.trim_matches(['"', '\'']).to_owned()),
        Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => return None,
    };
    keeps_all(field, &value).then_some(value)
}

/// What the numbers of a field are multiples of.
pub(super) fn step(field: &Field) -> i64 {
    let step = field.statements.iter().find_map(|said| {
        if let Constraint::Multiple(of) = said.constraint {
            Some(of)
        } else {
            None
        }
    });
    step.filter(|of| *of > 0).unwrap_or(1)
}

/// The `nth` multiple of a number that the limits of the field let in.
pub(super) fn multiple(field: &Field, of: i64, nth: i64) -> Option<i64> {
    let least = field.statements.iter().filter_map(|said| {
        if let Constraint::Range { min, .. } = said.constraint {
            min.map(Decimal::ceil)
        } else {
            None
        }
    });
    let least = least.max().unwrap_or(of);
    let first = least
        .checked_add(of.checked_sub(1)?)?
        .checked_div_euclid(of)?;
    first.checked_add(nth)?.checked_mul(of)
}

fn numbers(field: &Field, nth: usize) -> Vec<Value> {
    let mut found: Vec<Value> = listed(field, nth).collect();
    let shown = shown_number(field, nth);
    let nth = i64::try_from(nth).unwrap_or(0);
    for statement in &field.statements {
        if let Constraint::Default(value @ (Scalar::Integer(_) | Scalar::Decimal(_))) =
            &statement.constraint
            && nth == 0
        {
            found.extend(json(value));
        }
        if let Constraint::Range { min, max } = &statement.constraint {
            found.extend(min.and_then(|min| min.plus(nth)).map(Value::from));
            found.extend(max.and_then(|max| max.plus(-nth)).map(Value::from));
            found.extend(min.map(|min| Value::from(min.ceil())));
        }
    }
    found.extend(shown);
    if let of @ 2.. = step(field) {
        found.extend(multiple(field, of, nth).map(Value::from));
    }
    found.extend([Value::from(1 + nth), Value::from(0)]);
    found
}

/// What examples show of a field, where that is all that is known: its numbers, and words that are made by a rule.
/// A word of small letters is a text like any other.
pub(super) fn shown(field: &Field) -> impl Iterator<Item = Value> + '_ {
    let is_made = |shown: &&Scalar| match shown {
        Scalar::Text(text) => !text.chars().all(|c| c.is_ascii_lowercase()),
        Scalar::Integer(_) | Scalar::Decimal(_) => true,
        Scalar::Bool(_) | Scalar::Null => false,
    };
    let known = if says_content(field) {
        &[]
    } else {
        field.evidence.values.as_slice()
    };
    let made = known.iter().filter(is_made);
    made.filter_map(json)
        .filter(|value| keeps_all(field, value))
}

/// The `nth` number that examples show, or as many steps below the first one: above it may be none.
fn shown_number(field: &Field, nth: usize) -> Option<Value> {
    let mut shown = field.evidence.values.iter();
    if let Some(shown @ (Scalar::Integer(_) | Scalar::Decimal(_))) = shown.clone().nth(nth) {
        return json(shown);
    }
    let Some(Scalar::Integer(first)) = shown.next() else {
        return None;
    };
    let below = first.checked_sub(i64::try_from(nth).ok()?.checked_mul(step(field))?)?;
    (below > 0).then(|| Value::from(below))
}

/// The `nth` text that examples show, or else the first one with other digits, where they are no time and no address.
fn shown_text(field: &Field, nth: usize) -> Option<String> {
    let mut shown = field
        .evidence
        .values
        .iter()
        .filter_map(|shown| match shown {
            Scalar::Text(text) => Some(text),
            Scalar::Integer(_) | Scalar::Decimal(_) | Scalar::Bool(_) | Scalar::Null => None,
        });
    let first = shown.clone().next()?;
    let is_measured = first.contains([':', '/', '.', '%']) || first.matches('-').count() > 1;
    let other = || match is_measured {
        true => Some(first.clone()),
        false => with_other_digits(first, nth),
    };
    shown.nth(nth).cloned().or_else(other)
}

fn texts(field: &Field, nth: usize) -> Vec<Value> {
    let mut found: Vec<Value> = listed(field, nth).collect();
    let mut texts = Vec::new();
    let plain = match nth {
        0 => PLAIN.to_owned(),
        nth => format!("{PLAIN}{nth}"),
    };
    if field.says(MAIL_ADDRESS) {
        texts.push(format!("{plain}@example.com"));
    }
    for statement in &field.statements {
        let constraint = &statement.constraint;
        if let Constraint::Format { format, .. } = constraint {
            texts.extend(numbered(format, nth));
            texts.extend(
                format::inside(format)
                    .into_iter()
                    .map(|example| example.text),
            );
        } else if let Constraint::Range { min, max } = constraint {
            texts.extend(min.iter().chain(max).map(Decimal::to_string));
        }
    }
    texts.extend(shown_text(field, nth));
    texts.push(plain);
    let patterns = field.statements.iter();
    for said in patterns {
        if let Constraint::Pattern(pattern) = &said.constraint {
            let text = text_like(pattern, 0);
            let other = text
                .as_deref()
                .and_then(|text| with_other_digits(text, nth));
            let another = (nth > 0).then(|| text_like(pattern, nth)).flatten();
            texts.extend(other.into_iter().chain(another).chain(text));
        }
    }
    found.extend(texts.into_iter().map(Value::String));
    found
}

/// Texts of allowed characters, as long as the field's limits.
fn measured(field: &Field, nth: usize) -> Vec<Value> {
    let mut lengths = vec![(10, Unit::Characters)];
    for statement in &field.statements {
        if let Constraint::Length { min, max, unit } = &statement.constraint {
            lengths.extend(min.iter().chain(max).map(|length| (*length, *unit)));
        }
    }
    let alphabet = Alphabet::of(field);
    let mut texts = Vec::new();
    for (length, unit) in lengths {
        for width in WIDTHS {
            texts.extend(match unit {
                Unit::Characters => alphabet.numbered(length, width, nth),
                Unit::Bytes => alphabet.bytes(length, width),
            });
        }
    }
    texts.into_iter().map(Value::String).collect()
}

/// The `nth` text of a format of which there are many.
fn numbered(format: &Format, nth: usize) -> Option<String> {
    match format {
        _ if nth == 0 => None,
        Format::Uuid => Some(format!("6f1c2a90-3b5d-4e7f-8a1b-{nth:012x}")),
        Format::Ip | Format::Ipv4 => Some(format!("192.0.2.{}", 1 + nth % 250)),
        Format::Ipv6 => Some(format!("2001:db8::{:x}", 1 + nth % 0xffff)),
        Format::Mac => Some(format!("fa:16:3e:00:00:{:02x}", nth % 256)),
        Format::Cidr => Some(format!("192.0.{}.0/24", nth % 256)),
        Format::Uri => Some(format!("https://example.com/{nth}")),
        Format::Hostname => Some(format!("host-{nth}")),
        Format::Base64 | Format::Time(_) | Format::Json | Format::Standard(_) => None,
    }
}

/// The same text, but for its last number, which is `nth` more: what a pattern lets in is rarely just one text. None
/// where there are not so many.
fn with_other_digits(text: &str, nth: usize) -> Option<String> {
    let is_digit = |c: char| c.is_ascii_digit();
    let end = text.rfind(is_digit).filter(|_| nth > 0)? + 1;
    let start = text[..end].trim_end_matches(is_digit).len();
    let width = end - start;
    let n_texts = 10_usize.checked_pow(u32::try_from(width).ok()?)?;
    let number: usize = text[start..end].parse().ok()?;
    let other = (number + nth) % n_texts;
    let (before, behind) = (&text[..start], &text[end..]);
    (nth < n_texts).then(|| format!("{before}{other:0width$}{behind}"))
}

/// The `nth` text that matches a regular expression, or fills the holes of a template with their names.
fn text_like(pattern: &str, nth: usize) -> Option<String> {
    if regex_of(pattern).is_none() {
        return Some(pattern.replace(['{', '}', '<', '>'], "").replace(' ', "-"));
    }
    let mut seed = [0; 32];
    seed[..8].copy_from_slice(&u64::try_from(nth).ok()?.to_le_bytes());
    let tree = matching::strategy(pattern)?
        .new_tree(&mut runner(&seed))
        .ok()?;
    Some(tree.current())
}

/// A proptest runner that this seed decides, and that keeps no files.
pub(super) fn runner(seed: &[u8; 32]) -> TestRunner {
    let config = Config {
        failure_persistence: None,
        ..Config::default()
    };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, seed))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::case::sample;

    #[test]
    fn a_switch_that_holds_back_what_comes_after_is_off() {
        let usual = |name: &str| {
            let field = sample::field(name, Kind::Boolean, &[]);
            scalar(&field, &field.kind, 0).value
        };
        let told = |on: bool| Template::Literal(Value::Bool(on));
        for name in [
            "locked",
            "delete_protection",
            "deleteProtection",
            "dry_run",
            "readOnly",
        ] {
            assert_eq!(usual(name), told(false), "{name}");
        }
        for name in ["lit", "unlocked", "block_smoke", "clock"] {
            assert_eq!(usual(name), told(true), "{name}");
        }
    }

    #[test]
    fn a_pattern_lets_in_more_than_one_text() {
        let check = |text: &str, nth: usize, expected: Option<&str>| {
            assert_eq!(with_other_digits(text, nth).as_deref(), expected);
        };
        check("KT-0042", 3, Some("KT-0045"));
        check("KT-9942x", 100, Some("KT-0042x"));
        check("4-lids", 9, Some("3-lids"));
        check("4-lids", 10, None);
        check("KT-0042", 0, None);
        check("lid", 1, None);
        let field = sample::field(
            "code",
            Kind::String,
            &[Constraint::Pattern("^[A-Z]-[0-9]$".to_owned())],
        );
        let texts = |field: &Field| -> BTreeSet<String> {
            let values = (0..50).filter_map(|nth| nth_value(field, nth));
            let texts = values.filter_map(|value| value.as_str().map(str::to_owned));
            texts.collect()
        };
        assert!(texts(&field).len() > 20);
        // A digit that is always the same stays.
        let pattern = Constraint::Pattern("^v1[0-9]$".to_owned());
        let field = sample::field("code", Kind::String, &[pattern]);
        assert_eq!(texts(&field).len(), 10);
    }

    #[test]
    fn what_an_example_shows_is_good_where_nothing_else_is_said() {
        let field = |kind: Kind, said: &[Constraint], shown: &[Scalar]| {
            let mut field = sample::field("glow", kind, said);
            field.evidence.values = shown.to_vec();
            field
        };
        let values = |field: &Field| [0, 1].map(|nth| nth_value(field, nth));
        let text = |text: &str| Scalar::Text(text.to_owned());
        let watts = field(Kind::Integer, &[], &[Scalar::Integer(700)]);
        assert_eq!(values(&watts), [700, 699].map(|n| Some(Value::from(n))));
        let of_ten = field(
            Kind::Integer,
            &[Constraint::Multiple(10)],
            &[Scalar::Integer(700)],
        );
        assert_eq!(values(&of_ten), [700, 690].map(|n| Some(Value::from(n))));
        let mode = field(Kind::String, &[], &[text("DIM"), text("FULL")]);
        assert_eq!(
            values(&mode),
            ["DIM", "FULL"].map(|mode| Some(Value::from(mode)))
        );
        let hour = field(Kind::String, &[], &[text("08:30")]);
        assert_eq!(values(&hour), [Some(Value::from("08:30")), None]);
        let made = |field: &Field| shown(field).count();
        assert_eq!([&watts, &mode, &hour].map(made), [1, 2, 1]);
        assert_eq!(made(&field(Kind::String, &[], &[text("cosy")])), 0);
    }
}
