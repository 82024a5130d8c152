//! Stories of changes: one that is refused for a part of it changes nothing, and one that says little
//! leaves the rest as it was where that is promised.
//!
//! Main entry: [`changes`]. Told by rule of whatever can be changed and shown at one path.

use super::items::says;
use super::life::{Life, mentions, values};
use super::rule::{draft, step};
use super::{Call, Cast, Scenario, ScenarioStep, StepExpect};
use crate::case::CaseId;
use crate::case::boundary::{Side, probes};
use crate::case::request::{Base, Edit, Extent, Site, sites};
use crate::contract::{Contract, Operation, Presence, STAYS};
use crate::wire::Method;

/// Fields that are broken in one story, each in a request of its own.
const MOST: usize = 6;

/// The stories of all changes.
pub(super) fn changes(cast: &Cast<'_>) -> Vec<Scenario> {
    let contract = cast.contract;
    let refused = contract
        .operations
        .iter()
        .filter_map(|operation| refused(contract, operation));
    let lives = cast.lives.iter().filter_map(stays);
    refused.chain(lives).collect()
}

/// All that can be changed is asked for, and one value of it is wrong.
fn refused(contract: &Contract, changes: &Operation) -> Option<Scenario> {
    let changing = matches!(changes.method, Method::Put | Method::Patch);
    let shows = contract.operations.iter().find(|other| {
        other.method == Method::Get
            && other.selector.is_none()
            && other.path == changes.path
            && other.path.0.last() == changes.path.0.last()
    })?;
    let names_one = changes.path.parameters().count() > 1;
    let base = Base::of(changes, Extent::Maximal, None);
    if !changing || !names_one || !base.sure || changes.selector.is_some() {
        return None;
    }
    let whole = values(changes, draft(changes), 3);
    let sites = sites(changes);
    let told = sites.iter().filter(|site| site.place.is_none());
    let calls = told.filter_map(|site| broken(changes, &whole, site));
    let steps: Vec<ScenarioStep> = calls
        .take(MOST)
        .map(|(title, call)| ScenarioStep {
            unchanged: vec![draft(shows)],
            ..step(&title, call, StepExpect::Either)
        })
        .collect();
    let others = sites.iter().filter(|site| site.place.is_none()).count();
    (others > 2 && !steps.is_empty()).then(|| Scenario {
        id: CaseId(format!("{}/scenario/refused", changes.id)),
        operation: changes.id.clone(),
        title: "a change that is wrong in one place".to_owned(),
        take: changes.path.parameters().map(str::to_owned).collect(),
        steps,
    })
}

/// The request with one value that breaks a statement.
fn broken(changes: &Operation, whole: &Call, site: &Site<'_>) -> Option<(String, Call)> {
    let said = site.field.statements.iter();
    let mut outside = said.filter_map(|said| probes(site.field, &said.constraint).ok());
    let probe = outside.find_map(|probes| {
        let mut wrong = probes
            .into_iter()
            .filter(|probe| probe.side == Side::Outside);
        wrong.next()
    })?;
    let mut draft = whole.draft(changes);
    let changed = site.edit(&mut draft, &Edit::Set(probe.value));
    let call = Call {
        body: draft.body,
        ..whole.clone()
    };
    let title = format!("all is changed, with {} {}", site.field.name, probe.title);
    changed.then_some((title, call))
}

/// One field is changed, and the others stay.
fn stays(life: &Life<'_>) -> Option<Scenario> {
    let (changes, shows) = (life.changes?, life.shows?);
    if !says(changes, STAYS) {
        return None;
    }
    let all = values(changes, draft(changes), 3);
    let mut little = values(changes, draft(changes), 4);
    let mut short = little.draft(changes);
    let optional = sites(changes).into_iter().filter(|site| {
        site.place.is_none()
            && site.field.presence == Presence::Optional
            && site.field.children.is_empty()
    });
    let rest: Vec<Site<'_>> = optional.skip(1).collect();
    for site in &rest {
        site.edit(&mut short, &Edit::Remove);
    }
    little.body = short.body;
    let now = life.echoes(changes, &little, shows);
    let before = life.echoes(changes, &all, shows).into_iter();
    let kept = before.filter(|hold| now.iter().all(|other| other.pointer != hold.pointer));
    let kept: Vec<_> = kept.filter(|hold| mentions(changes, hold)).collect();
    if kept.is_empty() {
        return None;
    }
    Some(Scenario {
        id: CaseId(format!("{}/scenario/stays", changes.id)),
        operation: changes.id.clone(),
        title: "what a change does not mention stays".to_owned(),
        take: changes.path.parameters().map(str::to_owned).collect(),
        steps: vec![
            step("all is changed", all, StepExpect::Accepted),
            step("little is changed", little, StepExpect::Accepted),
            ScenarioStep {
                holds: kept,
                ..step("the rest is as before", draft(shows), StepExpect::Accepted)
            },
        ],
    })
}
