//! Stories of lists that requests add to and take from: what was added is there beside what was there,
//! adding it again changes nothing where that is promised, and only what was named is taken.
//!
//! Main entry: [`items`]. Told by rule of two operations on one path whose bodies select opposites.

use super::full::{shown, with};
use super::rule::step;
use super::{Call, Hold, HoldRule, Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::request::{Site, of_items, sites};
use crate::case::scenario::rule::draft;
use crate::case::{CaseId, Template};
use crate::contract::{Constraint, Contract, Field, Kind, Named, Operation, creations};

/// The stories of all lists that can be added to and taken from.
pub fn items(contract: &Contract) -> Vec<Scenario> {
    let creations = creations(contract);
    let pairs = creations
        .iter()
        .filter(|creation| matches!(creation.named, Named::SameBody(_)));
    let stories = pairs.filter_map(|creation| {
        let adds = contract.operation(&creation.makes)?;
        let takes = contract.operation(&creation.removes)?;
        story(contract, adds, takes)
    });
    stories.collect()
}

fn story(contract: &Contract, adds: &Operation, takes: &Operation) -> Option<Scenario> {
    if adds.is_async() || takes.is_async() {
        return None;
    }
    let added = list_of(adds)?;
    let mut of_takes = sites(takes).into_iter();
    let taken = of_takes.find(|site| site.place.is_none() && site.path == added.path)?;
    let two = of_items(added.field, 2).filter(|two| two.sure)?;
    let Template::Array(items) = two.value else {
        return None;
    };
    let [first, second] = <[Template; 2]>::try_from(items).ok()?;
    let (shows, pointer) = shown(contract, adds, &added)?;
    let list = draft(shows);
    if !shows_like(shows, &added, &first) {
        return None;
    }
    let hold = |rule: HoldRule| Hold::asked(list.clone(), pointer.clone(), rule);
    let there = |item: &Template| hold(HoldRule::Contains(item.clone()));
    let gone = |item: &Template| hold(HoldRule::Lacks(item.clone()));
    let add = |item: &Template| with(adds, &added, std::slice::from_ref(item));
    let take = |item: &Template| -> Call {
        let item = only_documented(item, taken.field);
        with(takes, &taken, &[item])
    };
    let told = |title: &str, call: Call, holds: Vec<Hold>| ScenarioStep {
        holds,
        ..step(title, call, StepExpect::Accepted)
    };
    let mut steps = vec![
        told("one is added", add(&first), vec![there(&first)]),
        told(
            "another one is added",
            add(&second),
            vec![there(&second), there(&first)],
        ),
    ];
    let is_idempotent = |said: &Constraint| matches!(said, Constraint::Idempotent);
    if adds
        .statements
        .iter()
        .any(|said| is_idempotent(&said.constraint))
    {
        steps.push(ScenarioStep {
            tests: Some(Tests {
                rule: "idempotent",
                field: None,
            }),
            ..told(
                "the first one is added again",
                add(&first),
                vec![there(&first), there(&second)],
            )
        });
    }
    steps.push(told(
        "the first one is taken",
        take(&first),
        vec![gone(&first), there(&second)],
    ));
    steps.push(told(
        "the other one is taken",
        take(&second),
        vec![gone(&second)],
    ));
    Some(Scenario {
        id: CaseId(format!("{}/scenario/items", adds.id)),
        operation: adds.id.clone(),
        title: "added, added again, taken".to_owned(),
        take: adds.path.parameters().map(str::to_owned).collect(),
        steps,
    })
}

/// The one list of a request.
fn list_of(operation: &Operation) -> Option<Site<'_>> {
    let mut lists = sites(operation)
        .into_iter()
        .filter(|site| site.place.is_none() && matches!(site.field.kind, Kind::Array(_)));
    lists.next().filter(|_| lists.next().is_none())
}

/// Whether a list shows all members that an item has, or is of texts like it.
fn shows_like(shows: &Operation, added: &Site<'_>, item: &Template) -> bool {
    let fields = shows.response_fields().into_iter();
    let mut lists = fields.filter(|(path, field)| {
        path.leaf() == added.field.name && matches!(field.kind, Kind::Array(_))
    });
    let Some((_, list)) = lists.next() else {
        return false;
    };
    match item {
        Template::Object(members) => members.iter().all(|(name, _)| {
            let sent = added.field.child(name);
            let shown = list.child(name);
            sent.zip(shown).is_some_and(|(sent, shown)| {
                sent.kind == shown.kind && shown.other_kinds.is_empty()
            })
        }),
        Template::Literal(_) => list.kind == added.field.kind,
        Template::Lent(_) | Template::Kept(_) | Template::Array(_) => false,
    }
}

/// An item without the members that are not documented there.
fn only_documented(item: &Template, list: &Field) -> Template {
    match item {
        Template::Object(members) => {
            let known = members
                .iter()
                .filter(|(name, _)| list.child(name).is_some());
            Template::Object(known.cloned().collect())
        }
        other => other.clone(),
    }
}
