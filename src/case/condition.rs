//! Conditions under which a field is needed, or may not be given, as far as a machine can tell.
//!
//! Main entries: [`Condition`], [`is_due`], [`is_barred`]. The reader writes them as `mode == lit`, `mode in (lit, dim)`,
//! `lamp_id is given` or `lamp_id absent`, joined by `and`. Of all other words nothing is known.

use serde_json::Value;

use super::Template;
use crate::contract::{Constraint, Field, NO_EFFECT_WHEN, Presence};

/// Whether a condition that a machine can tell makes the field necessary beside these members.
pub(super) fn is_due<'m>(field: &Field, member: &dyn Fn(&str) -> Option<&'m Template>) -> bool {
    field.statements.iter().any(|statement| {
        let Constraint::RequiredIf(condition) = &statement.constraint else {
            return false;
        };
        Condition::read(condition).is_some_and(|condition| condition.holds(member))
    })
}

/// What holds for a field beside these members, of what is said of one case alone.
pub(super) fn held_in_case<'f, 'm>(
    field: &'f Field,
    member: &'f dyn Fn(&str) -> Option<&'m Template>,
) -> impl Iterator<Item = &'f Constraint> {
    let told = field
        .statements
        .iter()
        .filter_map(|said| said.constraint.of_case());
    let held = told.filter(move |(case, _)| {
        Condition::read(case).is_some_and(|condition| condition.holds(member))
    });
    held.map(|(_, held)| held)
}

/// Whether the field is needed in some case that no machine can tell: then nobody knows whether it may be left out.
pub(super) fn is_perhaps_due(field: &Field) -> bool {
    field.statements.iter().any(|statement| {
        matches!(&statement.constraint, Constraint::RequiredIf(condition)
            if !condition.starts_with(ADVISED) && Condition::read(condition).is_none())
    })
}

pub(super) fn is_needed(field: &Field) -> bool {
    match field.presence {
        Presence::Required | Presence::Unstated => true,
        Presence::Optional => is_due_but_once(field),
    }
}

pub(super) fn are_exclusive(one: &Field, other: &Field) -> bool {
    let names = |field: &Field, name: &str| {
        field.statements.iter().any(|statement| {
            matches!(&statement.constraint, Constraint::ExclusiveWith(names) if names.iter().any(|n| n == name))
        })
    };
    names(one, &other.name) || names(other, &one.name)
}

/// Whether a request that has only what is required may leave out what is needed after all.
pub(super) fn leaves_open(fields: &[Field]) -> bool {
    fields.iter().any(|field| match is_needed(field) {
        true => leaves_open(&field.children),
        false => is_perhaps_due(field),
    })
}

/// Whether the field is needed in all cases but one.
pub(super) fn is_due_but_once(field: &Field) -> bool {
    field.statements.iter().any(|statement| {
        matches!(&statement.constraint, Constraint::RequiredIf(condition) if condition.starts_with(UNLESS))
    })
}

/// What stands before a condition in which a field is not needed.
const UNLESS: &str = "unless: ";

/// What stands before a condition that only makes a field advisable.
const ADVISED: &str = "advised: ";

/// Whether a condition that a machine can tell forbids the field beside these members.
pub(super) fn is_barred<'m>(field: &Field, member: &dyn Fn(&str) -> Option<&'m Template>) -> bool {
    bars(field).any(|(condition, only)| condition.holds(member) != only)
}

/// The conditions that decide whether a field may be given, as far as a machine can tell them; and whether it may
/// where they hold.
pub(super) fn bars(field: &Field) -> impl Iterator<Item = (Condition<'_>, bool)> {
    let said = field.statements.iter();
    let told = said.filter_map(|said| said.constraint.may_be_given());
    told.filter_map(|(condition, only)| Some((Condition::read(condition)?, only)))
}

/// The conditions under which a field counts for nothing, as far as a machine can tell them.
pub(super) fn voids(field: &Field) -> impl Iterator<Item = Condition<'_>> {
    void_when(field).filter_map(Condition::read)
}

/// Whether a field counts for nothing in a case that no machine can tell: what is wrong with it may be overlooked.
pub(super) fn may_be_void(field: &Field) -> bool {
    void_when(field).any(|words| Condition::read(words).is_none())
}

fn void_when(field: &Field) -> impl Iterator<Item = &str> {
    field.statements.iter().filter_map(|said| {
        let Constraint::Other(words) = &said.constraint else {
            return None;
        };
        words.strip_prefix(NO_EFFECT_WHEN)
    })
}

/// What another field must be, or all that several must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Condition<'a> {
    /// It stands beside the field.
    Given(&'a str),
    /// It does not.
    Absent(&'a str),
    /// It has one of these values.
    OneOf(&'a str, Vec<&'a str>),
    /// It is a larger number.
    More(&'a str, i64),
    /// It is a smaller number.
    Less(&'a str, i64),
    /// All of these hold.
    All(Vec<Condition<'a>>),
}

impl<'a> Condition<'a> {
    /// None where a machine cannot tell.
    pub(super) fn read(text: &'a str) -> Option<Self> {
        let parts: Option<Vec<Self>> = text.split(" and ").map(Self::part).collect();
        match parts?.as_slice() {
            [one] => Some(one.clone()),
            several => Some(Condition::All(several.to_vec())),
        }
    }

    fn part(text: &'a str) -> Option<Self> {
        let text = text.trim();
        let told = |end| text.strip_suffix(end).and_then(one_word);
        if let Some(name) = told(" is given").or_else(|| told(" given")) {
            return Some(Condition::Given(name));
        }
        if let Some(name) = told(" absent") {
            return Some(Condition::Absent(name));
        }
        if let Some((name, values)) = text.split_once(" in (") {
            let values = values.strip_suffix(')')?.split(',').map(one_word);
            return Some(Condition::OneOf(
                one_word(name)?,
                values.collect::<Option<_>>()?,
            ));
        }
        if let Some((name, least)) = text.split_once(" > ") {
            return Some(Condition::More(one_word(name)?, least.trim().parse().ok()?));
        }
        if let Some((name, most)) = text.split_once(" < ") {
            return Some(Condition::Less(one_word(name)?, most.trim().parse().ok()?));
        }
        let (name, value) = text.split_once('=')?;
        let value = value.trim_start_matches('=').trim_matches(['"', '\'', ' ']);
        Some(Condition::OneOf(one_word(name)?, vec![one_word(value)?]))
    }

    /// Whether it holds of an object with these members.
    fn holds<'m>(&self, member: &dyn Fn(&str) -> Option<&'m Template>) -> bool {
        let of = |name: &str| member(leaf(name));
        match self {
            Condition::Given(name) => of(name).is_some(),
            Condition::Absent(name) => of(name).is_none(),
            Condition::OneOf(name, values) => match of(name) {
                Some(Template::Literal(Value::String(text))) => values.contains(&text.as_str()),
                Some(Template::Literal(value)) => values.contains(&value.to_string().as_str()),
                _ => false,
            },
            Condition::More(name, least) => {
                of(name).and_then(number).is_some_and(|own| own > *least)
            }
            Condition::Less(name, most) => of(name).and_then(number).is_some_and(|own| own < *most),
            Condition::All(parts) => parts.iter().all(|part| part.holds(member)),
        }
    }

    /// What each field must be, one by one.
    pub(super) fn parts(&self) -> Vec<&Condition<'a>> {
        match self {
            Condition::All(parts) => parts.iter().collect(),
            one => vec![one],
        }
    }

    /// The field that it is about; none of several.
    pub(super) fn name(&self) -> Option<&'a str> {
        match self {
            Condition::Given(name)
            | Condition::Absent(name)
            | Condition::OneOf(name, _)
            | Condition::More(name, _)
            | Condition::Less(name, _) => Some(leaf(name)),
            Condition::All(_) => None,
        }
    }
}

/// A whole number that is sent as it is.
fn number(value: &Template) -> Option<i64> {
    match value {
        Template::Literal(value) => value.as_i64(),
        Template::Lent(_) | Template::Kept(_) | Template::Object(_) | Template::Array(_) => None,
    }
}

fn one_word(text: &str) -> Option<&str> {
    let text = text.trim();
    (!text.is_empty() && !text.contains(char::is_whitespace)).then_some(text)
}

/// The name beside the field, of one that is told with all that surrounds it.
fn leaf(name: &str) -> &str {
    name.rsplit('.').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conditions_are_read_as_they_are_written() {
        let given = Condition::Given("lamp_id");
        assert_eq!(Condition::read("lamp_id is given"), Some(given.clone()));
        let lit = Condition::OneOf("mode", vec!["lit", "dim"]);
        assert_eq!(
            Condition::read("mode in (lit, dim) and lamp_id given"),
            Some(Condition::All(vec![lit, given]))
        );
        assert_eq!(
            Condition::read("volts > 230"),
            Some(Condition::More("volts", 230))
        );
        assert_eq!(Condition::read("volts < x"), None);
        let equation = Condition::OneOf("volts", vec!["230"]);
        assert_eq!(Condition::read("volts=230"), Some(equation.clone()));
        assert_eq!(Condition::read("volts == 230"), Some(equation));
        for words in [
            "the lid is heavy",
            "unless: mode == lit",
            "advised: mode == lit",
            "",
        ] {
            assert_eq!(Condition::read(words), None, "{words}");
        }
    }

    #[test]
    fn conditions_hold_of_what_stands_beside_the_field() {
        let members = [
            ("mode", Template::Literal("lit".into())),
            ("volts", Template::Literal(230.into())),
        ];
        let member = |name: &str| {
            let mut known = members.iter();
            known
                .find(|(known, _)| *known == name)
                .map(|(_, value)| value)
        };
        let holds = |text| Condition::read(text).unwrap().holds(&member);
        assert!(holds("lamp.mode == lit and volts=230"));
        assert!(holds("fuse absent"));
        assert!(!holds("mode == dim"));
        assert!(!holds("mode is given and fuse is given"));
    }
}
