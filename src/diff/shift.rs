//! Whether a constraint allows less or more than it did.

use std::collections::HashSet;
use std::hash::Hash;

use crate::contract::{Constraint, Kind, StatesRule};
use crate::extract::claims;

/// How what is allowed has changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shift {
    /// The same.
    Same,
    /// Less is allowed than before.
    Narrower,
    /// More is allowed than before.
    Wider,
    /// Something else is allowed.
    Other,
    /// It says nothing of what is allowed.
    Words,
}

impl Shift {
    /// From "allows all that the other allows", seen from both sides.
    fn of(old_holds_new: bool, new_holds_old: bool) -> Self {
        match (old_holds_new, new_holds_old) {
            (true, true) => Shift::Same,
            (true, false) => Shift::Narrower,
            (false, true) => Shift::Wider,
            (false, false) => Shift::Other,
        }
    }

    /// Two shifts at once.
    fn and(self, other: Shift) -> Shift {
        match (self, other) {
            (Shift::Same, shift) | (shift, Shift::Same) => shift,
            (Shift::Words, shift) | (shift, Shift::Words) => shift,
            (Shift::Narrower, Shift::Narrower) => Shift::Narrower,
            (Shift::Wider, Shift::Wider) => Shift::Wider,
            (Shift::Narrower | Shift::Wider | Shift::Other, _) => Shift::Other,
        }
    }
}

/// How a constraint has changed into another of its family.
pub(super) fn constraints(old: &Constraint, new: &Constraint) -> Shift {
    if old == new {
        return Shift::Same;
    }
    known(old, new).unwrap_or(Shift::Other)
}

/// How it has changed; none where it cannot be told what is allowed.
fn known(old: &Constraint, new: &Constraint) -> Option<Shift> {
    use Constraint as C;
    Some(match (old, new) {
        (
            C::Length {
                min: a,
                max: b,
                unit,
            },
            C::Length {
                min: c,
                max: d,
                unit: other,
            },
        ) if unit == other => bounds((stated(*a), *b), (stated(*c), *d)),
        (C::Range { min: a, max: b }, C::Range { min: c, max: d }) => bounds((*a, *b), (*c, *d)),
        (C::ItemCount { min: a, max: b }, C::ItemCount { min: c, max: d }) => {
            bounds((stated(*a), *b), (stated(*c), *d))
        }
        (C::Charset(a), C::Charset(b)) => sets(a, b),
        (
            C::Mixture { least: a, kinds },
            C::Mixture {
                least: b,
                kinds: other,
            },
        ) if kinds == other => bounds((Some(*a), None), (Some(*b), None)),
        // The more is forbidden, the less is allowed.
        (C::ForbiddenCharacters(a), C::ForbiddenCharacters(b)) => sets(b, a),
        (C::Const(_) | C::Enum { .. }, C::Const(_) | C::Enum { .. }) => {
            match (is_open(old), is_open(new)) {
                (true, true) => Shift::Words,
                (true, false) => Shift::Narrower,
                (false, true) => Shift::Wider,
                (false, false) => sets(&printed(old), &printed(new)),
            }
        }
        (
            C::Format {
                format: a,
                or_empty,
            },
            C::Format {
                format: b,
                or_empty: other,
            },
        ) if a == b => Shift::of(*or_empty || !other, *other || !or_empty),
        (
            C::StatePrecondition {
                subject: a,
                rule,
                states,
            },
            C::StatePrecondition {
                subject: b,
                rule: other,
                states: others,
            },
        ) if a == b && rule == other => match rule {
            StatesRule::OneOf => sets(states, others),
            StatesRule::NoneOf => sets(others, states),
        },
        (C::Quota { of: a, max }, C::Quota { of: b, max: other }) if a == b => {
            // What has no number has no end that is known.
            let [max, other] = [max, other].map(|max| max.unwrap_or(u64::MAX));
            Shift::of(max >= other, other >= max)
        }
        // The same count in other words.
        (C::Quota { max, .. }, C::Quota { max: other, .. }) if max == other => Shift::Words,
        (C::RateLimit { per_minute: a }, C::RateLimit { per_minute: b }) => {
            Shift::of(a >= b, b >= a)
        }
        (
            C::Within { scope: a, holds },
            C::Within {
                scope: b,
                holds: other,
            },
        ) if a == b => constraints(holds, other),
        (C::Other(_), C::Other(_)) => Shift::Words,
        (
            C::Length { .. }
            | C::Charset(_)
            | C::Mixture { .. }
            | C::Multiple(_)
            | C::Except(_)
            | C::ForbiddenCharacters(_)
            | C::Pattern(_)
            | C::Enum { .. }
            | C::Const(_)
            | C::Format { .. }
            | C::Range { .. }
            | C::ItemCount { .. }
            | C::Unique
            | C::NotEmpty
            | C::RequiredIf(_)
            | C::ExclusiveWith(_)
            | C::Precedence(_)
            | C::Relative { .. }
            | C::Default(_)
            | C::StatePrecondition { .. }
            | C::Quota { .. }
            | C::Idempotent
            | C::RateLimit { .. }
            | C::Microversion { .. }
            | C::Nullable
            | C::AsyncJob
            | C::Within { .. }
            | C::Other(_),
            _,
        ) => return None,
    })
}

fn is_open(constraint: &Constraint) -> bool {
    matches!(constraint, Constraint::Enum { open: true, .. })
}

/// The values of an enum, or the one that is constant, as documents print them: whether they are text
/// or numbers is a matter of kinds.
fn printed(constraint: &Constraint) -> Vec<String> {
    if let Constraint::Enum { values, .. } = constraint {
        return values.iter().map(claims::scalar).collect();
    }
    if let Constraint::Const(value) = constraint {
        return vec![claims::scalar(value)];
    }
    Vec::new()
}

/// Nothing is shorter than 0.
fn stated(min: Option<u64>) -> Option<u64> {
    min.filter(|min| *min > 0)
}

/// Limits, both included; a limit that is not stated does not limit.
fn bounds<N: PartialOrd>(old: (Option<N>, Option<N>), new: (Option<N>, Option<N>)) -> Shift {
    let holds = |outer: &(Option<N>, Option<N>), inner: &(Option<N>, Option<N>)| {
        let low = match (&outer.0, &inner.0) {
            (None, _) => true,
            (Some(outer), Some(inner)) => outer <= inner,
            (Some(_), None) => false,
        };
        let high = match (&outer.1, &inner.1) {
            (None, _) => true,
            (Some(outer), Some(inner)) => outer >= inner,
            (Some(_), None) => false,
        };
        low && high
    };
    Shift::of(holds(&old, &new), holds(&new, &old))
}

fn sets<T: Eq + Hash>(old: &[T], new: &[T]) -> Shift {
    let (old, new): (HashSet<&T>, HashSet<&T>) = (old.iter().collect(), new.iter().collect());
    Shift::of(old.is_superset(&new), new.is_superset(&old))
}

/// How the kind of a field has changed. Every integer is a number.
pub(super) fn kinds(old: &Kind, new: &Kind) -> Shift {
    match (old, new) {
        (old, new) if old == new => Shift::Same,
        (Kind::Unknown, _) | (_, Kind::Unknown) => Shift::Words,
        (Kind::Object, Kind::Map { .. }) | (Kind::Map { .. }, Kind::Object) => Shift::Words,
        (Kind::Number, Kind::Integer) => Shift::Narrower,
        (Kind::Integer, Kind::Number) => Shift::Wider,
        (Kind::Array(old), Kind::Array(new)) => kinds(old, new),
        // What the key is called is a matter of taste.
        (Kind::Map { value: old, .. }, Kind::Map { value: new, .. }) => {
            kinds(old, new).and(Shift::Words)
        }
        (
            Kind::String
            | Kind::Integer
            | Kind::Number
            | Kind::Boolean
            | Kind::Object
            | Kind::Array(_)
            | Kind::Map { .. },
            _,
        ) => Shift::Other,
    }
}
