//! Stories of numbers that only grow: more is accepted, and then what it was before is refused.
//!
//! Main entry: [`grows`]. Told by rule of changes to a number that the creation gave and that is shown.

use serde_json::Value;

use super::life::{Life, values};
use super::rule::{draft, make_one, pointer, smallest, step};
use super::states::needed;
use super::{Call, Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::request::{Base, Edit, Extent, Site, sites};
use crate::case::valid::scalar;
use crate::case::{CaseId, Template};
use crate::contract::{Contract, Field, GROWS, Kind, Operation};

/// The stories of all numbers that can be changed and never become less.
pub(super) fn grows(cast: &Cast<'_>) -> Vec<Scenario> {
    let lives = cast.lives.iter();
    lives
        .filter_map(|life| story(cast.contract, life))
        .collect()
}

fn story(contract: &Contract, life: &Life<'_>) -> Option<Scenario> {
    let (changes, shows) = (life.changes?, life.shows?);
    let changing = sites(changes);
    let site = changing.iter().find(|site| only_grows(site))?;
    let making = sites(life.makes);
    let first = making.iter().find(|other| {
        other.place.is_none() && other.path.leaf() == site.path.leaf() && is_number(other.field)
    })?;
    let fields = shows.response_fields().into_iter();
    let mut places = fields.filter(|(path, field)| {
        path.0.len() <= 2 && path.leaf() == site.path.leaf() && is_number(field)
    });
    let place = pointer(&places.next()?.0)?;
    let (less, more) = (nth(first.field, 1)?, nth(site.field, 2)?);
    if less >= more {
        return None;
    }
    let mut make = values(life.makes, draft(life.makes), 1);
    make_one(life.makes, &mut make);
    let little = Call {
        body: Base::of(changes, Extent::Minimal, Some(site)).draft.body,
        ..smallest(changes)
    };
    let change = |value: u64| with(changes, little.clone(), site, value);
    let shown = |title: &str| ScenarioStep {
        holds: vec![Hold::here(
            place.clone(),
            HoldRule::Equals(Template::Literal(more.into())),
        )],
        ..step(title, draft(shows), StepExpect::Accepted)
    };
    let steps = vec![
        life.made(with(life.makes, make, first, less)?),
        ScenarioStep {
            needed: needed(contract, changes),
            ..step("it becomes more", change(more)?, StepExpect::Accepted)
        },
        shown("it is more"),
        ScenarioStep {
            tests: Some(Tests {
                rule: "other",
                field: Some(site.path.to_string()),
            }),
            ..step("it becomes what it was", change(less)?, StepExpect::Refused)
        },
        shown("it is still more"),
        life.removed(),
    ];
    Some(Scenario {
        id: CaseId(format!("{}/scenario/grows", changes.id)),
        operation: changes.id.clone(),
        title: "what only grows is made less".to_owned(),
        take: life.taken(),
        steps,
    })
}

fn only_grows(site: &Site<'_>) -> bool {
    site.place.is_none() && is_number(site.field) && site.field.says(GROWS)
}

fn is_number(field: &Field) -> bool {
    field.kind == Kind::Integer && field.other_kinds.is_empty()
}

/// The `nth` number that is fine for a field, whatever it was before.
fn nth(field: &Field, nth: usize) -> Option<u64> {
    match scalar(field, &field.kind, nth).value {
        Template::Literal(value) => value.as_u64(),
        Template::Lent(_) | Template::Kept(_) | Template::Object(_) | Template::Array(_) => None,
    }
}

/// The request with this number at a place.
fn with(operation: &Operation, call: Call, site: &Site<'_>, value: u64) -> Option<Call> {
    let mut draft = call.draft(operation);
    let value = Edit::Set(Template::Literal(Value::from(value)));
    site.edit(&mut draft, &value).then_some(Call {
        body: draft.body,
        ..call
    })
}
