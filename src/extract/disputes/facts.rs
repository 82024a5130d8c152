//! One field described twice: what the descriptions disagree on.

use std::collections::HashSet;

use super::claim;
use crate::contract::{Claim, Constraint, Fact, Field, Kind, Scalar, Statement};
use crate::extract::claims;

/// What two descriptions of one field can contradict each other in. Only statements about the
/// same topic do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Topic {
    Kind,
    Length,
    Characters,
    Values,
    Format,
    Range,
    Items,
    Default,
}

impl Topic {
    /// All topics.
    pub const ALL: [Topic; 8] = [
        Topic::Kind,
        Topic::Length,
        Topic::Characters,
        Topic::Values,
        Topic::Format,
        Topic::Range,
        Topic::Items,
        Topic::Default,
    ];

    /// The fact of a dispute about it.
    pub fn fact(self) -> Fact {
        match self {
            Topic::Kind => Fact::Kind,
            Topic::Values => Fact::Value,
            Topic::Length
            | Topic::Characters
            | Topic::Format
            | Topic::Range
            | Topic::Items
            | Topic::Default => Fact::Constraint,
        }
    }

    fn of(constraint: &Constraint) -> Option<Topic> {
        match constraint {
            Constraint::Length { .. } => Some(Topic::Length),
            Constraint::Charset(_) | Constraint::ForbiddenCharacters(_) => Some(Topic::Characters),
            Constraint::Enum { open: false, .. } | Constraint::Const(_) => Some(Topic::Values),
            Constraint::Format { .. } => Some(Topic::Format),
            Constraint::Range { .. } => Some(Topic::Range),
            Constraint::ItemCount { .. } => Some(Topic::Items),
            Constraint::Default(_) => Some(Topic::Default),
            // Said of one operation, or in words that do not compare.
            Constraint::Enum { open: true, .. }
            | Constraint::Pattern(_)
            | Constraint::Unique
            | Constraint::NotEmpty
            | Constraint::RequiredIf(_)
            | Constraint::ExclusiveWith(_)
            | Constraint::Precedence(_)
            | Constraint::Relative { .. }
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
}

/// What a field says on a topic that another one contradicts. Of long lists, what the other lacks
/// says more than what both have.
pub(super) fn stated_against(field: &Field, other: &Field, topic: Topic) -> Option<Claim<String>> {
    if topic != Topic::Values {
        return stated(field, topic);
    }
    let statement = on_topic(field, topic).next()?;
    let theirs: HashSet<String> = on_topic(other, topic)
        .flat_map(|other| values(&other.constraint))
        .collect();
    let own = values(&statement.constraint);
    let said = claims::say(&statement.constraint);
    if !said.ends_with('…') {
        return Some(claim(said, &statement.at));
    }
    let extra: Vec<String> = own
        .iter()
        .filter(|value| !theirs.contains(*value))
        .cloned()
        .collect();
    let words = match extra.is_empty() {
        true => format!("one of {} values", own.len()),
        false => claims::cut(&format!("also {}", extra.join(", "))),
    };
    Some(claim(words, &statement.at))
}

fn values(constraint: &Constraint) -> Vec<String> {
    match constraint {
        Constraint::Enum { values, .. } => values.iter().map(claims::scalar).collect(),
        Constraint::Const(value) => vec![claims::scalar(value)],
        Constraint::Length { .. }
        | Constraint::Charset(_)
        | Constraint::ForbiddenCharacters(_)
        | Constraint::Pattern(_)
        | Constraint::Format { .. }
        | Constraint::Range { .. }
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
        | Constraint::Other(_) => Vec::new(),
    }
}

/// What a field says on a topic; none if it is silent.
pub(super) fn stated(field: &Field, topic: Topic) -> Option<Claim<String>> {
    if topic == Topic::Kind {
        let known = field.kind != Kind::Unknown;
        return known.then(|| claim(field.kind.to_string(), &field.at));
    }
    let statement = on_topic(field, topic).next()?;
    Some(claim(claims::say(&statement.constraint), &statement.at))
}

fn on_topic(field: &Field, topic: Topic) -> impl Iterator<Item = &Statement> {
    let statements = field.statements.iter();
    statements.filter(move |statement| Topic::of(&statement.constraint) == Some(topic))
}

/// Whether two fields can both be right on a topic: one is silent, or something that one says the
/// other says too.
pub(super) fn agree(a: &Field, b: &Field, topic: Topic) -> bool {
    if topic == Topic::Kind {
        return kinds_agree(&a.kind, &b.kind);
    }
    let silent = on_topic(a, topic).next().is_none() || on_topic(b, topic).next().is_none();
    silent
        || on_topic(a, topic)
            .any(|one| on_topic(b, topic).any(|other| same(&one.constraint, &other.constraint)))
}

/// Kinds that a value can be of at once. A map is an object; every integer is a number.
pub(super) fn kinds_agree(a: &Kind, b: &Kind) -> bool {
    match (a, b) {
        (Kind::Unknown, _) | (_, Kind::Unknown) => true,
        (Kind::Object | Kind::Map { .. }, Kind::Object | Kind::Map { .. }) => true,
        (Kind::Integer | Kind::Number, Kind::Integer | Kind::Number) => true,
        (Kind::Array(a), Kind::Array(b)) => kinds_agree(a, b),
        (
            Kind::String
            | Kind::Integer
            | Kind::Number
            | Kind::Boolean
            | Kind::Object
            | Kind::Array(_)
            | Kind::Map { .. },
            other,
        ) => a == other,
    }
}

/// Lists are the same in any order.
fn same(a: &Constraint, b: &Constraint) -> bool {
    match (a, b) {
        (Constraint::Enum { values: a, .. }, Constraint::Enum { values: b, .. }) => {
            printed(a) == printed(b)
        }
        (Constraint::Charset(a), Constraint::Charset(b)) => {
            a.iter().collect::<HashSet<_>>() == b.iter().collect::<HashSet<_>>()
        }
        (Constraint::ForbiddenCharacters(a), Constraint::ForbiddenCharacters(b)) => {
            a.iter().collect::<HashSet<_>>() == b.iter().collect::<HashSet<_>>()
        }
        (
            Constraint::Length { min, max, unit },
            Constraint::Length {
                min: other_min,
                max: other_max,
                unit: other_unit,
            },
        ) => unit == other_unit && bounds_agree((*min, *max), (*other_min, *other_max)),
        (
            Constraint::Range { min, max },
            Constraint::Range {
                min: other_min,
                max: other_max,
            },
        ) => bounds_agree((*min, *max), (*other_min, *other_max)),
        (
            Constraint::ItemCount { min, max },
            Constraint::ItemCount {
                min: other_min,
                max: other_max,
            },
        ) => bounds_agree((*min, *max), (*other_min, *other_max)),
        // An empty text beside a format is a matter of its own.
        (Constraint::Format { format: a, .. }, Constraint::Format { format: b, .. }) => a == b,
        (a, b) => a == b,
    }
}

/// A bound that only one side states is no contradiction.
fn bounds_agree<N: PartialEq>(a: (Option<N>, Option<N>), b: (Option<N>, Option<N>)) -> bool {
    let agree = |a: Option<N>, b: Option<N>| a.is_none() || b.is_none() || a == b;
    agree(a.0, b.0) && agree(a.1, b.1)
}

fn printed(values: &[Scalar]) -> HashSet<String> {
    values.iter().map(claims::scalar).collect()
}
