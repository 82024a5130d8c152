//! Members of an object that depend on what stands beside them: on its value, or on its number.
//!
//! Main entries: [`make_room`] lets a field be given by what it changes beside it; [`fit_together`] has values that
//! bound each other fit.

use serde_json::Value;

use super::Template;
use super::condition::is_needed;
use super::condition::{Condition, bars, voids};
use super::relation::{bounds, goes_beyond};
use super::valid::{Valid, scalar, value_of};
use crate::contract::Field;

/// Changes what stands beside a field so that the field may be given, and counts.
pub(super) fn make_room<'a>(
    wanted: &Field,
    fields: &'a [Field],
    chosen: &mut Vec<(&'a Field, Valid)>,
) {
    let voids = voids(wanted).map(|condition| (condition, false));
    for (condition, only) in bars(wanted).chain(voids) {
        for part in condition.parts() {
            let name = part.name();
            let Some(other) = fields
                .iter()
                .find(|other| Some(other.name.as_str()) == name)
            else {
                continue;
            };
            let value = match (part, only) {
                (Condition::OneOf(_, values), true) => {
                    values.first().and_then(|word| value_of(other, word))
                }
                (Condition::OneOf(_, values), false) => beside(other, values),
                (Condition::Given(_), true) | (Condition::Absent(_), false) => {
                    literal(scalar(other, &other.kind, 0))
                }
                (Condition::Given(_), false) | (Condition::Absent(_), true) => None,
                (Condition::More(..) | Condition::Less(..) | Condition::All(_), _) => continue,
            };
            chosen.retain(|(known, _)| {
                known.name != other.name || (is_needed(other) && value.is_none())
            });
            if let Some(value) = value {
                let (value, sure) = (Template::Literal(value), true);
                chosen.push((other, Valid { value, sure }));
            }
        }
    }
}

/// A value of a field that is none of these.
pub(super) fn beside(field: &Field, values: &[&str]) -> Option<Value> {
    const MOST_TRIED: usize = 8;
    let tried = (0..MOST_TRIED).filter_map(|nth| literal(scalar(field, &field.kind, nth)));
    let is_other = |value: &Value| match value {
        Value::String(text) => !values.contains(&text.as_str()),
        value => !values.contains(&value.to_string().as_str()),
    };
    tried.into_iter().find(is_other)
}

/// A value that is known now.
fn literal(valid: Valid) -> Option<Value> {
    match valid.value {
        Template::Literal(value) if valid.sure => Some(value),
        _ => None,
    }
}

/// The value of the member of this name.
pub(super) fn value_in<'c>(chosen: &'c [(&Field, Valid)], name: &str) -> Option<&'c Template> {
    let mut known = chosen.iter();
    let found = known.find(|(other, _)| other.name == name);
    found.map(|(_, valid)| &valid.value)
}

/// Gives values that bound each other the next ones of theirs, where the first ones do not fit.
pub(super) fn fit_together(chosen: &mut [(&Field, Valid)], nth: usize) {
    /// So many steps part any two numbers that have the same limits.
    const MOST_STEPS: usize = 2;
    let bound = |(field, _): &(&Field, Valid)| bounds(field).next().is_some();
    let places: Vec<usize> = (0..chosen.len()).filter(|at| bound(&chosen[*at])).collect();
    for at in places {
        let field = chosen[at].0;
        let named = bounds(field).next().map(|(_, name)| name);
        let other = chosen
            .iter()
            .position(|(other, _)| Some(other.name.as_str()) == named);
        let ways = [Some(at), other].into_iter().flatten();
        let ways = ways.flat_map(|place| (1..=MOST_STEPS).map(move |step| (place, step)));
        for (place, step) in ways {
            if !is_beyond(chosen, at) {
                break;
            }
            let moved = scalar(chosen[place].0, &chosen[place].0.kind, nth + step);
            let before = std::mem::replace(&mut chosen[place].1, moved);
            if is_beyond(chosen, at) {
                chosen[place].1 = before;
            }
        }
    }
}

/// Whether a member goes beyond another one.
fn is_beyond(chosen: &[(&Field, Valid)], at: usize) -> bool {
    let (field, valid) = &chosen[at];
    goes_beyond(field, &valid.value, &|name| value_in(chosen, name))
}

#[cfg(test)]
mod tests {
    use super::super::request::{Base, Extent, sites};
    use super::*;
    use crate::case::sample::{field, operation, optional};
    use crate::contract::{CharClass, Constraint, Kind, Relation, Scalar, Unit, only_if};

    fn body(fields: Vec<Field>, extent: Extent, towards: Option<&str>) -> String {
        let operation = operation(fields);
        let sites = sites(&operation);
        let towards = sites.iter().find(|site| Some(site.path.leaf()) == towards);
        match Base::of(&operation, extent, towards).draft.body {
            Some(Template::Object(members)) => {
                let told = members.iter().map(|(name, value)| match value {
                    Template::Literal(value) => format!("{name} {value}"),
                    other => format!("{name} {other:?}"),
                });
                told.collect::<Vec<_>>().join(", ")
            }
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn numbers_that_bound_each_other_fit_together() {
        let bound = |how, to: &str| Constraint::Relative {
            how,
            to: to.to_owned(),
        };
        let cold = field("cold", Kind::Number, &[bound(Relation::Below, "hot")]);
        let hot = field("hot", Kind::Number, &[]);
        assert_eq!(
            body(vec![cold, hot], Extent::Minimal, None),
            "cold 1, hot 2"
        );
        let limits = Constraint::Range {
            min: Some(5.into()),
            max: Some(6.into()),
        };
        let most = field(
            "most",
            Kind::Integer,
            &[limits.clone(), bound(Relation::Above, "least")],
        );
        let least = field("least", Kind::Integer, &[limits]);
        assert_eq!(
            body(vec![most, least], Extent::Minimal, None),
            "most 6, least 5"
        );
    }

    #[test]
    fn what_must_be_another_is_another() {
        let unlike = Constraint::Relative {
            how: Relation::Unlike,
            to: "from".to_owned(),
        };
        let code = [
            Constraint::Charset(vec![CharClass::Range('A', 'Z')]),
            Constraint::Length {
                min: Some(3),
                max: Some(3),
                unit: Unit::Characters,
            },
        ];
        let from = field("from", Kind::String, &code);
        let [charset, length] = code;
        let to = field("to", Kind::String, &[charset, length, unlike]);
        let fields = vec![from, to];
        assert_eq!(
            body(fields.clone(), Extent::Minimal, None),
            r#"from "ABC", to "ABD""#
        );
        let operation = operation(fields);
        let cases = crate::case::cases(&operation, &crate::case::sample::contract(&operation));
        let lines = cases
            .iter()
            .filter(|case| case.id.0.contains("/to/relative/"));
        let lines = lines.map(|case| format!("{} {:?}", case.id, case.expect));
        assert_eq!(
            lines.collect::<Vec<_>>(),
            [
                "kettles.create/to/relative/as-from Refused",
                "kettles.create/to/relative/unlike-from Accepted",
            ]
        );
    }

    #[test]
    fn what_may_be_given_in_one_case_only_is_given_there() {
        let values = ["gas", "oil"].map(|value| Scalar::Text(value.to_owned()));
        let fuels = Constraint::Enum {
            values: values.to_vec(),
            open: false,
        };
        let fuel = field("fuel", Kind::String, &[fuels]);
        let wicks = optional(field("wicks", Kind::Integer, &[only_if("fuel == oil")]));
        let fields = vec![fuel, wicks];
        let told = |extent, towards| body(fields.clone(), extent, towards);
        assert_eq!(told(Extent::Maximal, None), "fuel \"gas\"");
        assert_eq!(
            told(Extent::Minimal, Some("wicks")),
            "fuel \"oil\", wicks 1"
        );
        let operation = operation(fields.clone());
        let cases = crate::case::cases(&operation, &crate::case::sample::contract(&operation));
        let lines = cases
            .iter()
            .filter(|case| case.id.0.contains("/wicks/other/"));
        let lines = lines.map(|case| format!("{} {:?}", case.id, case.expect));
        assert_eq!(
            lines.collect::<Vec<_>>(),
            [
                "kettles.create/wicks/other/given-with-fuel-oil Accepted",
                "kettles.create/wicks/other/given-with-another-fuel Refused",
            ]
        );
    }
}
