//! Values that the value of another field bounds: no more than it, or another one.

use serde_json::Value;

use super::Template;
use crate::contract::{Constraint, Field, Relation};

/// The fields beside this one that bound it, and how.
pub(super) fn bounds(field: &Field) -> impl Iterator<Item = (Relation, &str)> {
    field
        .statements
        .iter()
        .filter_map(|said| bound(&said.constraint))
}

/// The field beside it that a statement binds a field to. None where that is a fact of another thing, or
/// no bound.
pub(super) fn bound(constraint: &Constraint) -> Option<(Relation, &str)> {
    let Constraint::Relative { how, to } = constraint else {
        return None;
    };
    let is_bound = *how != Relation::DefaultsTo && !to.contains('.');
    is_bound.then_some((*how, to.as_str()))
}

/// Whether a value goes beyond what stands beside it.
pub(super) fn goes_beyond<'m>(
    field: &Field,
    value: &Template,
    member: &dyn Fn(&str) -> Option<&'m Template>,
) -> bool {
    bounds(field).any(|(how, to)| {
        if how == Relation::Unlike {
            return member(to) == Some(value);
        }
        let both = number(value).zip(member(to).and_then(number));
        both.is_some_and(|(own, other)| match how {
            Relation::AtLeast => own < other,
            Relation::AtMost => own > other,
            Relation::Below => own >= other,
            Relation::Above => own <= other,
            Relation::Unlike | Relation::DefaultsTo => false,
        })
    })
}

fn number(value: &Template) -> Option<f64> {
    match value {
        Template::Literal(Value::Number(number)) => number.as_f64(),
        Template::Literal(_)
        | Template::Lent(_)
        | Template::Kept(_)
        | Template::Object(_)
        | Template::Array(_) => None,
    }
}
