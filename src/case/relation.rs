//! Values that the value of another field bounds: no more than it, or another one.

use std::cmp::Ordering;

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

/// How a fact of another thing, which no request shows, bounds the field.
fn bounds_elsewhere(field: &Field) -> impl Iterator<Item = (Relation, &str)> {
    let said = field.statements.iter();
    said.filter_map(|said| {
        let Constraint::Relative { how, to } = &said.constraint else {
            return None;
        };
        let is_end = !matches!(how, Relation::Unlike | Relation::DefaultsTo);
        (is_end && to.contains('.')).then_some((*how, to.as_str()))
    })
}

/// Whether a fact of another thing bounds the field.
pub(super) fn is_bound_elsewhere(field: &Field) -> bool {
    bounds_elsewhere(field).next().is_some()
}

/// Whether a value fits such facts if any does: the least that the field may be is no more than what another thing
/// says is the most.
pub(super) fn fits_if_any_does(field: &Field, value: &Value) -> bool {
    let ends = |is_least: bool| {
        let said = field.statements.iter();
        said.filter_map(move |said| {
            let Constraint::Range { min, max } = said.constraint else {
                return None;
            };
            if is_least { min } else { max }
        })
    };
    let is_end = |is_least: bool| ends(is_least).any(|end| Value::from(end) == *value);
    // What is left of something may be nothing, and of a least one nobody knows how much it is.
    bounds_elsewhere(field).all(|(how, to)| {
        let is_rest = ["free", "avail", "remain", "left", "unused"]
            .iter()
            .any(|word| to.contains(word));
        matches!(how, Relation::AtMost | Relation::Below) && !is_rest && is_end(true)
    })
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
        let Some(other) = member(to) else {
            return false;
        };
        if let Some(order) = order_of_times(value, other) {
            return match how {
                // Documents rarely tell whether the same time will do.
                Relation::AtLeast | Relation::Above => order != Ordering::Greater,
                Relation::AtMost | Relation::Below => order != Ordering::Less,
                Relation::Unlike | Relation::DefaultsTo => false,
            };
        }
        let both = number(value).zip(number(other));
        both.is_some_and(|(own, other)| match how {
            Relation::AtLeast => own < other,
            Relation::AtMost => own > other,
            Relation::Below => own >= other,
            Relation::Above => own <= other,
            Relation::Unlike | Relation::DefaultsTo => false,
        })
    })
}

/// Which of two times, or days, comes first: texts of digits and the same signs between, the greatest part first.
pub(super) fn order_of_times(one: &Template, other: &Template) -> Option<Ordering> {
    let [one, other] = [text(one)?, text(other)?];
    let is_alike = |(one, other): (u8, u8)| match (one.is_ascii_digit(), other.is_ascii_digit()) {
        (true, true) => true,
        (false, false) => one == other && b"-:. TZ".contains(&one),
        _ => false,
    };
    let has_sign = one.bytes().any(|byte| b"-:".contains(&byte));
    let are_alike = one.len() == other.len() && one.bytes().zip(other.bytes()).all(is_alike);
    (has_sign && are_alike && one.starts_with(|c: char| c.is_ascii_digit())).then(|| one.cmp(other))
}

fn text(value: &Template) -> Option<&str> {
    match value {
        Template::Literal(Value::String(text)) => Some(text),
        Template::Literal(_)
        | Template::Lent(_)
        | Template::Kept(_)
        | Template::Object(_)
        | Template::Array(_) => None,
    }
}

/// What begins a span, and what ends it.
const ENDS: [(&str, &str); 6] = [
    ("from", "to"),
    ("start", "end"),
    ("begin", "end"),
    ("min", "max"),
    ("lower", "upper"),
    ("low", "high"),
];

/// Whether a number ends a span before another one, beside it and called alike, begins it. Few documents say that
/// this will not do, and few servers take it.
pub(super) fn is_reversed<'m>(
    field: &Field,
    value: &Template,
    member: &dyn Fn(&str) -> Option<&'m Template>,
) -> bool {
    let words: Vec<&str> = field.name.split('_').collect();
    let other = |(place, (from, to)): (usize, (&str, &str))| {
        let mut words = words.clone();
        (*words.get(place)? == to).then_some(())?;
        words[place] = from;
        number(member(&words.join("_"))?)
    };
    let places = (0..words.len()).flat_map(|place| ENDS.map(|ends| (place, ends)));
    let mut begins = places.filter_map(other);
    number(value).is_some_and(|end| begins.any(|begin| end < begin))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_fits_below_whatever_another_thing_says() {
        let bound = Constraint::Relative {
            how: Relation::AtMost,
            to: "tower.height".to_owned(),
        };
        let range = Constraint::Range {
            min: Some(3.into()),
            max: Some(9.into()),
        };
        let field = crate::case::sample::field("height", Kind::Integer, &[range, bound]);
        assert!(is_bound_elsewhere(&field));
        assert!(fits_if_any_does(&field, &Value::from(3)));
        assert!(!fits_if_any_does(&field, &Value::from(9)));
    }

    #[test]
    fn times_of_the_same_form_have_an_order() {
        let order = |one: &str, other: &str| {
            order_of_times(
                &Template::Literal(Value::from(one)),
                &Template::Literal(Value::from(other)),
            )
        };
        assert_eq!(order("08:00", "17:30"), Some(Ordering::Less));
        assert_eq!(
            order("2021-03-02T00:00:00Z", "2021-02-28T23:59:59Z"),
            Some(Ordering::Greater)
        );
        for (one, other) in [
            ("08:00", "17:30:00"),
            ("0800", "1730"),
            ("a-1", "b-2"),
            ("8-a", "9-a"),
        ] {
            assert_eq!(order(one, other), None, "{one} {other}");
        }
    }
    use crate::contract::{Kind, sample};

    fn is_beyond(name: &str, value: u64, beside: (&str, u64)) -> bool {
        let other = Template::Literal(beside.1.into());
        let member = |name: &str| (name == beside.0).then_some(&other);
        let operation = sample::operation("PUT /v1/kettles", name, "");
        let field = operation.request.unwrap().fields.remove(0);
        is_reversed(&field, &Template::Literal(value.into()), &member)
    }

    #[test]
    fn a_span_does_not_end_before_it_begins() {
        assert!(is_beyond("to", 3, ("from", 4)));
        assert!(!is_beyond("to", 4, ("from", 4)));
        assert!(is_beyond("max_height", 3, ("min_height", 4)));
        assert!(!is_beyond("max_height", 3, ("min_width", 4)));
        assert!(!is_beyond("end", 3, ("from", 4)));
    }
}
