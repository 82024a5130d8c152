//! Stories told once more with something that a request may leave out: an operation does its work all
//! the same.
//!
//! Main entry: [`given`]. A story shows what an operation does, and sends the smallest request; what else
//! a client may say is tried in requests that stand alone, of which often nothing is seen but the answer.

use std::collections::HashSet;

use serde_json::Value;

use super::{Hold, HoldRule, Repeat, Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::audit::Auditor;
use crate::case::request::{Base, Edit, Extent, Site, sites};
use crate::case::{CaseId, Expect, Template};
use crate::contract::{Contract, FieldPath, Kind, Operation, OperationId, Place, Presence, Step};

/// What is called so may have the operation do less, or later.
const LESS_OR_LATER: [&str; 8] = [
    "dry", "preview", "simulat", "validat", "delay", "schedul", "time", "date",
];

/// Some of these stories again, each with one field or query parameter more: one story for each. What the
/// operations make that are `watched` is looked at anyway.
pub(super) fn given(
    contract: &Contract,
    stories: &[Scenario],
    watched: impl Fn(&OperationId) -> bool,
) -> Vec<Scenario> {
    let mut known: HashSet<(&OperationId, FieldPath)> = HashSet::new();
    let mut found = Vec::new();
    for story in stories.iter().filter(|story| shows_work(story)) {
        let operation = contract.operation(&story.operation);
        let Some(operation) =
            operation.filter(|found| !found.method.is_safe() && !watched(&found.id))
        else {
            continue;
        };
        for site in sites(operation).iter().filter(|site| is_offered(site)) {
            if known.contains(&(&operation.id, site.path.clone())) {
                continue;
            }
            if let Some(told) = with(story, operation, site) {
                known.insert((&operation.id, site.path.clone()));
                found.push(told);
            }
        }
    }
    found
}

/// Whether a story calls its operation once in a while, and something must hold because of it.
fn shows_work(story: &Scenario) -> bool {
    let once = |step: &ScenarioStep| step.repeat == Repeat::Times(1);
    let mut steps = story.steps.iter();
    let is_called = steps.any(|step| is_own(story, step));
    let shown = |step: &ScenarioStep| !step.holds.is_empty();
    is_called && story.steps.iter().all(once) && steps.any(shown)
}

fn is_own(story: &Scenario, step: &ScenarioStep) -> bool {
    step.call.operation == story.operation && step.expect == StepExpect::Accepted
}

/// Whether a client may say this or not, and it can be said alone.
fn is_offered(site: &Site<'_>) -> bool {
    let field = site.field;
    let letters = field.name.to_ascii_lowercase();
    let may_do_less =
        field.kind != Kind::Boolean && LESS_OR_LATER.iter().any(|word| letters.contains(word));
    let is_scalar = field.children.is_empty() && field.kind.inner().is_none();
    let is_sent = matches!(site.place, None | Some(Place::Query));
    is_scalar && is_sent && field.presence != Presence::Required && !may_do_less
}

/// The story with this in every request of its own operation. None where a request gives it already, or
/// then breaks something.
fn with(story: &Scenario, operation: &Operation, site: &Site<'_>) -> Option<Scenario> {
    let whole = Base::of(operation, Extent::Minimal, Some(site));
    let plain = Base::of(operation, Extent::Minimal, None);
    let mut wanted = whole.draft;
    // A switch that is off asks for nothing less.
    if site.field.kind == Kind::Boolean {
        site.edit(
            &mut wanted,
            &Edit::Set(Template::Literal(Value::Bool(false))),
        );
    }
    let mut told = story.clone();
    told.id = CaseId(format!("{}-given-{}", story.id, site.path));
    told.title = format!("{}, with {}", story.title, site.field.name);
    for step in &mut told.steps {
        if !is_own(story, step) {
            continue;
        }
        let mut draft = step.call.draft(operation);
        let before = draft.clone();
        match (site.place, &mut draft.body, &wanted.body) {
            (None, Some(body), Some(wanted)) => {
                add(body, wanted, plain.draft.body.as_ref(), &site.path.0);
            }
            (None, _, _) => {}
            (Some(_), _, _) => {
                let given = wanted.query.iter();
                let missing = |name: &str| before.query.iter().all(|(known, _)| known != name);
                let given = given.filter(|(name, _)| missing(name));
                draft.query.extend(given.cloned());
            }
        }
        let expect = Auditor::new(operation).settle(Expect::Accepted, None, &draft);
        if draft == before || expect != Expect::Accepted {
            return None;
        }
        (step.call.query, step.call.body) = (draft.query, draft.body);
        step.expect = match whole.sure {
            true => StepExpect::Accepted,
            false => StepExpect::Offered,
        };
        step.tests = Some(Tests {
            rule: "presence",
            field: Some(site.path.to_string()),
        });
    }
    // What it is by default it is no more.
    let is_default = |hold: &Hold| {
        let is_there = hold.pointer.rsplit('/').next() == Some(site.field.name.as_str());
        is_there && matches!(hold.rule, HoldRule::Equals(Template::Literal(_)))
    };
    for step in &mut told.steps {
        step.holds.retain(|hold| !is_default(hold));
    }
    let shows_something = told.steps.iter().any(|step| !step.holds.is_empty());
    shows_something.then_some(told)
}

/// Adds to a request what stands along a path of another one, and what that needs beside it: all that the
/// plain request lacks.
fn add(into: &mut Template, whole: &Template, plain: Option<&Template>, path: &[Step]) {
    let Some((step, further)) = path.split_first() else {
        return;
    };
    match (step, into, whole) {
        (Step::Name(next), Template::Object(members), Template::Object(wanted)) => {
            for (name, value) in wanted {
                let usual = plain.and_then(|plain| member(plain, name));
                let known = members.iter_mut().find(|(known, _)| known == name);
                match known {
                    Some((_, known)) if name == next => add(known, value, usual, further),
                    Some(_) => {}
                    None if name == next || usual.is_none() => {
                        members.push((name.clone(), value.clone()));
                    }
                    None => {}
                }
            }
        }
        (Step::Items, Template::Array(items), Template::Array(wanted)) => {
            let usual = match plain {
                Some(Template::Array(items)) => items.first(),
                Some(_) | None => None,
            };
            for (item, wanted) in items.iter_mut().zip(wanted.iter().cycle()) {
                add(item, wanted, usual, further);
            }
        }
        (Step::Name(_) | Step::Items | Step::Key(_), _, _) => {}
    }
}

fn member<'t>(template: &'t Template, name: &str) -> Option<&'t Template> {
    let Template::Object(members) = template else {
        return None;
    };
    let mut members = members.iter();
    members
        .find(|(known, _)| known == name)
        .map(|(_, member)| member)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Hold, HoldRule, rule};
    use super::*;
    use crate::case::sample::{contract, field, of, operation, optional};
    use crate::contract::{Constraint, Scalar};

    /// Kettles boil, as strongly as a client says, with a lid or without one, and not before a time.
    fn boil() -> Operation {
        let words = ["soft", "hard"].map(|word| Scalar::Text(word.to_owned()));
        let strength = Constraint::Enum {
            values: words.to_vec(),
            open: false,
        };
        let lid = of(
            vec![
                field("size", Kind::Integer, &[]),
                optional(field("open", Kind::Boolean, &[])),
            ],
            optional(field("lid", Kind::Object, &[])),
        );
        operation(vec![
            field("water", Kind::Integer, &[]),
            optional(field("strength", Kind::String, &[strength])),
            optional(field("start_time", Kind::String, &[])),
            optional(field("note", Kind::String, &[])),
            optional(field(
                "mark",
                Kind::String,
                &[Constraint::Other("known to the cook".to_owned())],
            )),
            lid,
        ])
    }

    fn story(operation: &Operation) -> Scenario {
        let asked = ScenarioStep {
            holds: vec![Hold {
                differ: None,
                asked: None,
                pointer: "/status".to_owned(),
                rule: HoldRule::Equals(Template::Literal(json!("boiling"))),
            }],
            ..rule::step("it boils", rule::smallest(operation), StepExpect::Refused)
        };
        Scenario {
            id: CaseId(format!("{}/scenario/boils", operation.id)),
            operation: operation.id.clone(),
            title: "a kettle boils".to_owned(),
            take: Vec::new(),
            steps: vec![
                rule::step("boil", rule::smallest(operation), StepExpect::Accepted),
                asked,
            ],
        }
    }

    #[test]
    fn a_story_is_told_once_for_each_thing_that_may_be_left_out() {
        let boil = boil();
        let story = story(&boil);
        let told = given(&contract(&boil), &[story.clone(), story.clone()], |_| false);
        let sent = told.iter().map(|told| {
            let name = told.id.0.rsplit("-given-").next().unwrap_or_default();
            format!(
                "{name}: {:?} {:?}",
                told.steps[0].expect, told.steps[0].call.body
            )
        });
        insta::assert_snapshot!(sent.collect::<Vec<_>>().join("\n"), @r#"
        limit: Accepted Some(Object([("water", Literal(Number(1)))]))
        strength: Accepted Some(Object([("water", Literal(Number(1))), ("strength", Literal(String("soft")))]))
        note: Accepted Some(Object([("water", Literal(Number(1))), ("note", Literal(String("proofhouse")))]))
        mark: Offered Some(Object([("water", Literal(Number(1))), ("mark", Literal(String("proofhouse")))]))
        lid.open: Accepted Some(Object([("water", Literal(Number(1))), ("lid", Object([("size", Literal(Number(1))), ("open", Literal(Bool(false)))]))]))
        "#);
        let watched = |id: &OperationId| *id == boil.id;
        assert!(given(&contract(&boil), &[story], watched).is_empty());
    }

    #[test]
    fn a_story_that_shows_nothing_is_not_told_again() {
        let boil = boil();
        let mut silent = story(&boil);
        silent.steps[1].holds.clear();
        let mut often = story(&boil);
        often.steps[0].repeat = Repeat::Times(2);
        assert!(given(&contract(&boil), &[silent, often], |_| false).is_empty());
    }
}
