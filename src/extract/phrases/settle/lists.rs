//! What two lists of one field come to: of values, and of characters.

use crate::contract::{CharClass, Constraint, Scalar};

/// Whether two constraints are the same; the order of values says nothing.
pub(super) fn say_the_same(one: &Constraint, other: &Constraint) -> bool {
    one == other || lists_all_of(one, other) && lists_all_of(other, one)
}

/// Longer lists are not compared by value, so that hostile ones cost no more than their length.
const MOST_COMPARED: usize = 60;

/// The values of two lists that are open alike, or closed alike.
fn both_values<'a>(
    one: &'a Constraint,
    other: &'a Constraint,
) -> Option<(&'a [Scalar], &'a [Scalar], bool)> {
    let (
        Constraint::Enum { values, open },
        Constraint::Enum {
            values: others,
            open: same,
        },
    ) = (one, other)
    else {
        return None;
    };
    let are_short = values.len() <= MOST_COMPARED && others.len() <= MOST_COMPARED;
    (are_short && open == same).then_some((values, others, *open))
}

/// Whether the one is an enumeration with all values of the other.
pub(super) fn lists_all_of(one: &Constraint, other: &Constraint) -> bool {
    both_values(one, other)
        .is_some_and(|(values, others, _)| others.iter().all(|value| values.contains(value)))
}

/// "oil, gas and so on", of which glosses explain those that are named: there are others.
pub(super) fn is_open_with_all_of(one: &Constraint, other: &Constraint) -> bool {
    let (
        Constraint::Enum { values, open: true },
        Constraint::Enum {
            values: named,
            open: false,
        },
    ) = (one, other)
    else {
        return false;
    };
    let are_short = values.len() <= MOST_COMPARED && named.len() <= MOST_COMPARED;
    are_short && named.iter().all(|value| values.contains(value))
}

/// Two lists that each have a value which the other one lacks are those of two cases: a value may stand in either.
pub(super) fn both_lists(one: &Constraint, other: &Constraint) -> Option<Constraint> {
    let (values, others, open) = both_values(one, other)?;
    let lacks = |some: &[Scalar], all: &[Scalar]| some.iter().any(|value| !all.contains(value));
    let new = others.iter().filter(|value| !values.contains(value));
    (lacks(values, others) && lacks(others, values)).then(|| Constraint::Enum {
        values: values.iter().chain(new).cloned().collect(),
        open,
    })
}

/// Two sets of characters that each have one which the other one lacks are those of two sorts of things: either may
/// be meant.
pub(super) fn both_charsets(one: &Constraint, other: &Constraint) -> Option<Constraint> {
    let (Constraint::Charset(classes), Constraint::Charset(others)) = (one, other) else {
        return None;
    };
    let lacks =
        |some: &[CharClass], all: &[CharClass]| some.iter().any(|class| !all.contains(class));
    let new = others.iter().filter(|class| !classes.contains(class));
    let all = classes.iter().chain(new).cloned().collect();
    (lacks(classes, others) && lacks(others, classes)).then_some(Constraint::Charset(all))
}
