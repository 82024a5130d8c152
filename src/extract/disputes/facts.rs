//! One field described twice: what the descriptions disagree on.

use hashbrown::HashSet;

use super::claim;
use crate::contract::{Claim, Constraint, Decimal, Fact, Field, Kind, Scalar, Scope, Statement};
use crate::extract::claims;
use crate::source::Provenance;

/// What two descriptions of one field can contradict each other in: a fact about the field, or about
/// a part of its value, like the keys of a map. Only statements about the same topic do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Topic<'f> {
    pub about: About,
    pub part: Option<&'f str>,
}

/// A fact about a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum About {
    Kind,
    Length,
    Characters,
    Values,
    Format,
    Range,
    Items,
    Default,
}

/// Every topic that these descriptions can contradict each other in.
pub(super) fn topics<'f>(fields: impl Iterator<Item = &'f Field>) -> Vec<Topic<'f>> {
    let mut parts: Vec<Option<&str>> = vec![None];
    for statement in fields.flat_map(|field| &field.statements) {
        if let Some((part @ Some(_), _)) = scoped(statement)
            && !parts.contains(&part)
        {
            parts.push(part);
        }
    }
    let of_part = |part| About::ALL.map(|about| Topic { about, part });
    parts.into_iter().flat_map(of_part).collect()
}

/// The part of the value that a statement is about, and what holds there; nothing of what holds in
/// one case or for one form only.
fn scoped(statement: &Statement) -> Option<(Option<&str>, &Constraint)> {
    let Constraint::Within { scope, holds } = &statement.constraint else {
        return Some((None, &statement.constraint));
    };
    match scope {
        Scope::Part(part) => Some((Some(part), holds)),
        Scope::Case(_) | Scope::Form(_) => None,
    }
}

impl About {
    /// All facts.
    pub const ALL: [About; 8] = [
        About::Kind,
        About::Length,
        About::Characters,
        About::Values,
        About::Format,
        About::Range,
        About::Items,
        About::Default,
    ];

    /// Whether it is a limit, which is the same for what is sent and for what is shown.
    pub fn is_limit(self) -> bool {
        match self {
            About::Length | About::Characters | About::Format | About::Range | About::Items => true,
            About::Kind | About::Values | About::Default => false,
        }
    }

    /// The fact of a dispute about it.
    pub fn fact(self) -> Fact {
        match self {
            About::Kind => Fact::Kind,
            About::Values => Fact::Value,
            About::Length
            | About::Characters
            | About::Format
            | About::Range
            | About::Items
            | About::Default => Fact::Constraint,
        }
    }

    fn of(constraint: &Constraint) -> Option<About> {
        match constraint {
            Constraint::Length { .. } => Some(About::Length),
            Constraint::Charset(_) | Constraint::ForbiddenCharacters(_) => Some(About::Characters),
            Constraint::Enum { open: false, .. } | Constraint::Const(_) => Some(About::Values),
            Constraint::Format { .. } => Some(About::Format),
            Constraint::Range { .. } => Some(About::Range),
            Constraint::ItemCount { .. } => Some(About::Items),
            Constraint::Default(_) => Some(About::Default),
            // Said of one operation, or in words that do not compare.
            Constraint::Enum { open: true, .. }
            | Constraint::Mixture { .. }
            | Constraint::Multiple(_)
            | Constraint::Except(_)
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
pub(super) fn stated_against(
    field: &Field,
    other: &Field,
    topic: Topic<'_>,
) -> Option<Claim<String>> {
    if topic.about != About::Values {
        return stated(field, topic);
    }
    let (holds, at) = on_topic(field, topic).next()?;
    let theirs: HashSet<String> = on_topic(other, topic)
        .flat_map(|(other, _)| values(other))
        .collect();
    let own = values(holds);
    let said = claims::say(holds);
    if !said.ends_with('…') {
        return Some(claim(said, at));
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
    Some(claim(words, at))
}

fn values(constraint: &Constraint) -> Vec<String> {
    match constraint {
        Constraint::Enum { values, .. } => values.iter().map(claims::scalar).collect(),
        Constraint::Const(value) => vec![claims::scalar(value)],
        Constraint::Length { .. }
        | Constraint::Charset(_)
        | Constraint::Mixture { .. }
        | Constraint::Multiple(_)
        | Constraint::Except(_)
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
pub(super) fn stated(field: &Field, topic: Topic<'_>) -> Option<Claim<String>> {
    if topic.about == About::Kind {
        let known = field.kind != Kind::Unknown && topic.part.is_none();
        return known.then(|| claim(field.kind.to_string(), &field.at));
    }
    let (holds, at) = on_topic(field, topic).next()?;
    let said = claims::say(holds);
    let words = match topic.part {
        Some(part) => format!("{said} (its {part})"),
        None => said,
    };
    Some(claim(words, at))
}

fn on_topic<'f>(
    field: &'f Field,
    topic: Topic<'_>,
) -> impl Iterator<Item = (&'f Constraint, &'f Provenance)> {
    let statements = field.statements.iter();
    statements.filter_map(move |statement| {
        let (part, holds) = scoped(statement)?;
        (part == topic.part && About::of(holds) == Some(topic.about))
            .then_some((holds, &statement.at))
    })
}

/// Whether two fields can both be right on a topic: one is silent, or something that one says the
/// other says too.
pub(super) fn agree(a: &Field, b: &Field, topic: Topic<'_>) -> bool {
    if topic.about == About::Kind {
        return topic.part.is_some() || kinds_agree(&a.kind, &b.kind);
    }
    let silent = on_topic(a, topic).next().is_none() || on_topic(b, topic).next().is_none();
    silent
        || on_topic(a, topic).any(|(one, _)| on_topic(b, topic).any(|(other, _)| same(one, other)))
}

/// Whether a field lets fewer values in than another one does. Of what is no number of anything nobody can tell.
pub(super) fn is_tighter(own: &Field, other: &Field, topic: Topic<'_>) -> bool {
    let ends = |field: &Field| {
        let (holds, _) = on_topic(field, topic).next()?;
        if let Constraint::Range { min, max } = holds {
            return Some((min.map(Decimal::as_f64), max.map(Decimal::as_f64)));
        }
        let (Constraint::Length { min, max, .. } | Constraint::ItemCount { min, max }) = holds
        else {
            return None;
        };
        Some((min.map(|min| min as f64), max.map(|max| max as f64)))
    };
    let (Some(own), Some(other)) = (ends(own), ends(other)) else {
        return true;
    };
    let begins_later = own.0.zip(other.0).is_some_and(|(own, other)| own > other);
    let ends_sooner = own.1.zip(other.1).is_some_and(|(own, other)| own < other);
    begins_later || ends_sooner
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
