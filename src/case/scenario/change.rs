//! Stories of changes: one that is refused for a part of it changes nothing, and one that says little
//! leaves the rest as it was where that is promised.
//!
//! Main entry: [`changes`]. Told by rule of whatever can be changed and shown at one path.

use super::items::says;
use super::life::{Life, mentions, values};
use super::rule::{call, draft, pointer, step};
use super::states::needed;
use super::{Call, Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use crate::case::boundary::{Side, probes};
use crate::case::request::{Base, Edit, Extent, Site, sites};
use crate::case::{CaseId, Template};
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
    let lives = cast.lives.iter();
    let kept = lives.flat_map(|life| stays(life).into_iter().chain(each_stays(life)));
    refused.chain(kept).collect()
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

/// One field after the other is changed alone, and stays when another one is changed: also where nobody
/// knows whether all of them could be changed at once.
fn each_stays(life: &Life<'_>) -> Vec<Scenario> {
    let changes = life.changes.filter(|changes| says(changes, STAYS));
    let all = changes.map(sites).unwrap_or_default();
    let optional = all.iter().filter(|site| {
        let is_plain = site.field.children.is_empty() && site.field.kind.inner().is_none();
        site.place.is_none() && site.field.presence == Presence::Optional && is_plain
    });
    let optional: Vec<&Site<'_>> = optional.collect();
    let stories = optional.iter().filter_map(|site| {
        let other = optional.iter().find(|other| other.path != site.path)?;
        stays_alone(life, site, other)
    });
    stories.collect()
}

fn stays_alone(life: &Life<'_>, site: &Site<'_>, other: &Site<'_>) -> Option<Scenario> {
    const SENT: &str = "what was sent";
    let (changes, shows) = (life.changes?, life.shows?);
    let shown = life.echo((&site.path, site.field), shows)?;
    let (call, expect) = with_one(changes, site, 3);
    let changed = ScenarioStep {
        sent: vec![(SENT.to_owned(), pointer(&site.path)?)],
        needed: needed(life.contract, changes),
        ..step("it is changed", call, expect)
    };
    let (mut call, expect) = with_one(changes, other, 4);
    let mut draft_of_other = call.draft(changes);
    site.edit(&mut draft_of_other, &Edit::Remove);
    call.body = draft_of_other.body;
    let changed_again = ScenarioStep {
        needed: needed(life.contract, changes),
        ..step("something else of it is changed", call, expect)
    };
    let hold = Hold::here(shown, HoldRule::Equals(Template::Kept(SENT.to_owned())));
    let kept = ScenarioStep {
        holds: vec![hold],
        ..step("the rest is as before", draft(shows), StepExpect::Accepted)
    };
    Some(Scenario {
        id: CaseId(format!("{}/scenario/stays-{}", changes.id, site.path)),
        operation: changes.id.clone(),
        title: format!("{} stays when something else is changed", site.field.name),
        take: changes.path.parameters().map(str::to_owned).collect(),
        steps: vec![changed, changed_again, kept],
    })
}

/// The smallest request with one field more, and whether it is known to be fine.
fn with_one(changes: &Operation, site: &Site<'_>, nth: usize) -> (Call, StepExpect) {
    let base = Base::of(changes, Extent::Minimal, Some(site));
    let expect = match base.sure {
        true => StepExpect::Accepted,
        false => StepExpect::Offered,
    };
    (values(changes, call(changes, base), nth), expect)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Constraint, Statement, sample};

    #[test]
    fn what_is_changed_alone_stays_when_something_else_is_changed() {
        let routes = [
            ("POST /v1/kettles", "", "id"),
            ("GET /v1/kettles/{kettle_id}", "", "water color"),
            ("PUT /v1/kettles/{kettle_id}", "water color lid", ""),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
        ];
        let operations = routes.map(|(route, sent, shown)| {
            let mut operation = sample::operation(route, sent, shown);
            if operation.method == Method::Put {
                operation.statements.push(Statement {
                    constraint: Constraint::Other(STAYS.to_owned()),
                    at: sample::at(),
                    rule: "made up".to_owned(),
                });
                let fields = operation
                    .request
                    .iter_mut()
                    .flat_map(|body| &mut body.fields);
                fields.for_each(|field| field.presence = Presence::Optional);
            }
            operation
        });
        let told = tell(changes, &sample::contract(operations.to_vec()));
        let lines = told.iter().flat_map(|story| {
            let steps = story.steps.iter();
            let steps = steps.map(|step| {
                let names: Vec<&str> = match &step.call.body {
                    Some(Template::Object(members)) => {
                        members.iter().map(|(name, _)| name.as_str()).collect()
                    }
                    _ => Vec::new(),
                };
                let holds = step.holds.iter().map(|hold| hold.pointer.as_str());
                let holds: Vec<&str> = holds.collect();
                format!("  {}: {names:?} {holds:?}", step.title)
            });
            std::iter::once(story.id.to_string()).chain(steps)
        });
        insta::assert_snapshot!(lines.collect::<Vec<_>>().join("\n"), @r#"
        kettles.update/scenario/stays
          all is changed: ["water", "color", "lid"] []
          little is changed: ["water"] []
          the rest is as before: [] ["/color"]
        kettles.update/scenario/stays-water
          it is changed: ["water"] []
          something else of it is changed: ["color"] []
          the rest is as before: [] ["/water"]
        kettles.update/scenario/stays-color
          it is changed: ["color"] []
          something else of it is changed: ["water"] []
          the rest is as before: [] ["/color"]
        "#);
    }
}
