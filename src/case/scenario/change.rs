//! Stories of changes: one that is refused for a part of it changes nothing, and one that says little
//! leaves the rest as it was where that is promised.
//!
//! Main entry: [`changes`]. Told by rule of whatever can be changed and shown at one path.

use super::echo::{is_versioned, template_at};
use super::fixed::{is_fixed, leaving_fixed};
use super::life::{Life, mentions, values};
use super::others::passes_on;
use super::rule::{call, depth_of_parameters, draft, step};
use super::states::needed;
use super::{Call, Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use crate::case::audit::Auditor;
use crate::case::boundary::{Side, probes};
use crate::case::request::{Base, Edit, Extent, Site, sites};
use crate::case::valid::is_identifier;
use crate::case::{CaseId, Draft, Expect, Template};
use crate::contract::{Constraint, Contract, Field, GROWS, Kind, Operation, Presence, STAYS};
use crate::wire::Method;

/// Fields that are broken in one story, each in a request of its own, or have a story of their own.
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
    if !changes.says(STAYS) {
        return None;
    }
    let all = leaving_fixed(life, None, values(changes, draft(changes), 3))?;
    let mut little = leaving_fixed(life, None, values(changes, draft(changes), 4))?;
    let mut short = little.draft(changes);
    // Of what is inside a parameter nothing is said: a parameter may be set as a whole.
    let optional = sites(changes).into_iter().filter(|site| {
        site.place.is_none()
            && site.field.presence == Presence::Optional
            && is_parameter(changes, site)
    });
    let body = little.body.as_ref()?;
    let optional = optional.filter(|site| template_at(body, &site.path).is_some());
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
    let changes = life.changes.filter(|changes| changes.says(STAYS));
    let all = changes.map(sites).unwrap_or_default();
    let made = sites(life.makes);
    let free = all.iter().filter(|site| is_free(life, site, &made));
    let mut free: Vec<&Site<'_>> = free.collect();
    // What names another thing can be changed only where somebody lends one.
    free.sort_by_key(|site| is_identifier(site.field));
    let stories = free.iter().filter_map(|site| {
        let mut others = free.iter().filter(|other| other.path != site.path);
        others.find_map(|other| stays_alone(life, site, other))
    });
    stories.take(MOST).collect()
}

/// Whether a field is one of those that a change may leave out, and changing it has no other effect that is
/// said: it is no switch, nothing that is shared out among things, and bound to no other field.
fn is_free(life: &Life<'_>, site: &Site<'_>, made: &[Site<'_>]) -> bool {
    let field = site.field;
    let is_plain = matches!(field.kind, Kind::String | Kind::Integer | Kind::Number);
    let at_creation = made.iter().filter(|other| other.path.leaf() == field.name);
    let mut known = at_creation.map(|other| other.field).chain([field]);
    let may_change = !is_fixed(life, &field.name) && !known.any(|field| field.says(GROWS));
    let mut disputes = life.contract.disputes.iter();
    let is_disputed = disputes.any(|dispute| {
        life.changes
            .is_some_and(|changes| dispute.leaves_open(changes))
            && dispute.field.as_ref() == Some(&site.path)
    });
    site.place.is_none()
        && field.presence == Presence::Optional
        && life
            .changes
            .is_some_and(|changes| is_parameter(changes, site))
        && is_plain
        && may_change
        && !is_bound(field)
        && !passes_on(&field.name)
        && !is_versioned(field)
        && !is_disputed
}

/// Whether it is a parameter of its own, not a part of one: what surrounds all of a body is none.
fn is_parameter(changes: &Operation, site: &Site<'_>) -> bool {
    site.path.0.len() == depth_of_parameters(changes)
}

/// Whether something is said of a field beside another one.
pub(super) fn is_bound(field: &Field) -> bool {
    field.statements.iter().any(|said| {
        matches!(
            said.constraint,
            Constraint::ExclusiveWith(_)
                | Constraint::RequiredIf(_)
                | Constraint::Relative { .. }
                | Constraint::Precedence(_)
        ) || said.constraint.may_be_given().is_some()
    })
}

fn stays_alone(life: &Life<'_>, site: &Site<'_>, other: &Site<'_>) -> Option<Scenario> {
    const SHOWN: &str = "what was shown";
    let (changes, shows) = (life.changes?, life.shows?);
    let shown = life.echo((&site.path, site.field), shows)?;
    let base = Base::of(changes, Extent::Minimal, Some(site));
    let expect = offered(&base);
    let first = values(changes, call(changes, base), 3);
    let base = Base::of(changes, Extent::Minimal, Some(other));
    let expect_other = offered(&base);
    let whole = values(changes, call(changes, base), 4);
    let second = instead(changes, &first, (site, other), &whole)?;
    let changed = |title: &str, call: Call, expect: StepExpect| ScenarioStep {
        needed: needed(life.contract, changes),
        ..step(title, call, expect)
    };
    let is_shown = |title: &str| step(title, draft(shows), StepExpect::Accepted);
    let before = ScenarioStep {
        capture: vec![(SHOWN.to_owned(), shown.clone())],
        ..is_shown("it is shown")
    };
    let as_before = HoldRule::Equals(Template::Kept(SHOWN.to_owned()));
    let after = ScenarioStep {
        holds: vec![Hold::here(shown, as_before)],
        ..is_shown("the rest is as before")
    };
    Some(Scenario {
        id: CaseId(format!("{}/scenario/stays-{}", changes.id, site.path)),
        operation: changes.id.clone(),
        title: format!("{} stays when something else is changed", site.field.name),
        take: changes.path.parameters().map(str::to_owned).collect(),
        steps: vec![
            changed("it is changed", first, expect),
            before,
            changed("something else of it is changed", second, expect_other),
            after,
        ],
    })
}

/// The same request with another field in the place of one, and all else as it was. None where either breaks
/// something that is said of them beside each other.
fn instead(
    changes: &Operation,
    first: &Call,
    (site, other): (&Site<'_>, &Site<'_>),
    whole: &Call,
) -> Option<Call> {
    let value = template_at(whole.body.as_ref()?, &other.path)?.clone();
    let mut draft = first.draft(changes);
    let auditor = Auditor::new(changes);
    let is_fine = |draft: &Draft| auditor.settle(Expect::Accepted, None, draft) == Expect::Accepted;
    let first_is_fine = is_fine(&draft) && template_at(draft.body.as_ref()?, &other.path).is_none();
    site.edit(&mut draft, &Edit::Remove);
    let fits = first_is_fine && other.edit(&mut draft, &Edit::Set(value)) && is_fine(&draft);
    fits.then(|| Call {
        body: draft.body,
        ..first.clone()
    })
}

/// Whether a request is known to be fine, or only offered.
pub(super) fn offered(base: &Base) -> StepExpect {
    match base.sure {
        true => StepExpect::Accepted,
        false => StepExpect::Offered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Statement, sample};

    /// Kettles whose changes leave alone what they do not mention; something is said of their water. Nobody knows a
    /// hook.
    fn told(said_of_water: Option<Constraint>) -> Vec<Scenario> {
        let routes = [
            ("POST /v1/kettles", "", "id"),
            ("GET /v1/kettles/{kettle_id}", "", "water color"),
            ("PUT /v1/kettles/{kettle_id}", "hook_id water color lid", ""),
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
                for field in fields {
                    field.presence = Presence::Optional;
                    let said = said_of_water.iter().filter(|_| field.name == "water");
                    field.statements.extend(said.map(|constraint| Statement {
                        constraint: constraint.clone(),
                        at: sample::at(),
                        rule: "made up".to_owned(),
                    }));
                }
            }
            operation
        });
        tell(changes, &sample::contract(operations.to_vec()))
    }

    #[test]
    fn what_has_an_effect_on_others_is_not_changed_alone() {
        let alone = |constraint: Constraint| {
            let stories = told(Some(constraint)).into_iter();
            let alone = stories.filter(|story| story.id.0.contains("/stays-"));
            alone.map(|story| story.title).collect::<Vec<_>>()
        };
        let colors = vec!["color".to_owned()];
        let color_alone = ["color stays when something else is changed"];
        assert_eq!(alone(Constraint::ExclusiveWith(colors)), color_alone);
        assert_eq!(alone(Constraint::Other(GROWS.to_owned())), color_alone);
        let plain = Constraint::Length {
            min: None,
            max: Some(64),
            unit: crate::contract::Unit::Characters,
        };
        assert_eq!(
            alone(plain),
            [
                "water stays when something else is changed",
                "color stays when something else is changed",
            ]
        );
    }

    #[test]
    fn what_is_changed_alone_stays_when_something_else_is_changed() {
        let told = told(None);
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
          it is shown: [] []
          something else of it is changed: ["color"] []
          the rest is as before: [] ["/water"]
        kettles.update/scenario/stays-color
          it is changed: ["color"] []
          it is shown: [] []
          something else of it is changed: ["water"] []
          the rest is as before: [] ["/color"]
        "#);
    }
}
