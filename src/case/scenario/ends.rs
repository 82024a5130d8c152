//! Stories of what a thing is in the end: an operation that is said to bring it to a state has done so once
//! it has done its work, and what a job has made is not still in the making.
//!
//! Main entry: [`ends`]. Told by rule of states that whoever shows the thing lists. A state that does not say
//! itself that another one follows is known by the sentence that names it, or by being called after what is done:
//! `moor` leads from `MOORING` to `MOORED`.

use super::echo::is_versioned;
use super::life::Life;
use super::rule::{draft, pointer, step};
use super::states::{needed, shows_thing, taken, texts_listed};
use super::{Cast, Hold, HoldRule, JobEnd, Scenario, ScenarioStep, StepExpect};
use crate::case::request::{Base, Extent};
use crate::case::{CaseId, Template};
use crate::contract::{
    Constraint, Contract, Kind, Operation, StatesRule, is_passing, letters, seems_to_remove,
};
use crate::wire::Method;

/// How the ids of these stories end.
pub(super) const ENDING: &str = "/scenario/ends";

/// The stories of all operations that say which state they bring a thing to.
pub(super) fn ends(cast: &Cast<'_>) -> Vec<Scenario> {
    let contract = cast.contract;
    let made = cast.lives.iter().filter_map(|life| made(contract, life));
    let operations = contract.operations.iter();
    let done = operations.filter_map(|operation| {
        let makes = cast
            .creations
            .iter()
            .any(|creation| creation.makes == operation.id && creation.is_own(contract));
        (!makes).then(|| done(contract, operation))?
    });
    made.chain(done).collect()
}

/// A thing is made, and is shown in the state that it comes to.
fn made(contract: &Contract, life: &Life<'_>) -> Option<Scenario> {
    let shown = in_the_end(contract, life.makes, life.name)?;
    let listed = listed_so(life, &shown);
    let steps = [life.made_one(), shown].into_iter().chain(listed);
    let steps = steps.chain(life.removed_and_gone()).collect();
    Some(story(life.makes, steps))
}

/// Something is done with a thing, and it is shown in the state that this leads to.
fn done(contract: &Contract, operation: &Operation) -> Option<Scenario> {
    let name = operation.path.parameters().last()?;
    let shown = in_the_end(contract, operation, name)?;
    let acts = operation.method == Method::Post && !seems_to_remove(operation);
    if !acts || !Base::of(operation, Extent::Minimal, None).sure {
        return None;
    }
    let acting = ScenarioStep {
        needed: needed(contract, operation),
        await_job: operation.is_async().then_some(JobEnd::Succeeded),
        ..step("it is done", draft(operation), StepExpect::Accepted)
    };
    Some(story(operation, vec![acting, shown]))
}

/// The thing that a parameter names is shown in the state in which an operation leaves it: in the one that is said
/// to follow, or when a job has succeeded in the one that is called after it, or in none in which it is being made.
pub(super) fn in_the_end(
    contract: &Contract,
    operation: &Operation,
    name: &str,
) -> Option<ScenarioStep> {
    let (place, states) = states_of(contract, operation, name)?;
    let listed = |state: &str| {
        states
            .iter()
            .find(|known| known.eq_ignore_ascii_case(state))
    };
    let said = led_to(operation).and_then(listed);
    let has_job = operation.is_async() && contract.jobs.is_some();
    let named = || named_after(operation.word(), &states).filter(|_| has_job);
    let rules: Vec<HoldRule> = match (said, named()) {
        (Some(state), _) => vec![HoldRule::Equals(literal(state))],
        (None, Some((_, done))) if is_awaited(contract, done) => {
            vec![HoldRule::Equals(literal(done))]
        }
        (None, Some((on_the_way, _))) => vec![HoldRule::Lacks(literal(on_the_way))],
        (None, None) => {
            let making = states.iter().filter(|state| has_job && is_making(state));
            making
                .map(|state| HoldRule::Lacks(literal(state)))
                .collect()
        }
    };
    let holds = rules
        .into_iter()
        .map(|rule| Hold::here(place.clone(), rule));
    let shown = ScenarioStep {
        holds: holds.collect(),
        patient: true,
        ..step(
            "it is shown in its new state",
            draft(shows_thing(contract, operation, name)?),
            StepExpect::Accepted,
        )
    };
    (!shown.holds.is_empty()).then_some(shown)
}

/// It is listed in the state in which it is held to be shown.
pub(super) fn listed_so(life: &Life<'_>, shown: &ScenarioStep) -> Option<ScenarioStep> {
    let [hold] = &shown.holds[..] else {
        return None;
    };
    let HoldRule::Equals(state) = &hold.rule else {
        return None;
    };
    let name = hold.pointer.rsplit('/').next()?;
    let lists = life.lists.as_ref()?;
    let fields = lists.operation.response_fields();
    let (_, items) = fields.iter().find(|(path, _)| *path == lists.items)?;
    items.child(name).filter(|field| {
        field.kind == Kind::String && field.other_kinds.is_empty() && !is_versioned(field)
    })?;
    Some(ScenarioStep {
        patient: true,
        title: "it is listed in that state".to_owned(),
        ..life.listed_with(Some(vec![(name.to_owned(), state.clone())]))?
    })
}

fn literal(state: &str) -> Template {
    Template::Literal(state.into())
}

/// The one state that an operation is said to lead to, and to leave a thing in.
pub(super) fn led_to(operation: &Operation) -> Option<&str> {
    let said = operation.statements.iter();
    let mut states = said.filter_map(|said| said.constraint.leads_to());
    let state = states.next()?;
    let is_sure = states.all(|other| other == state) && !is_passing(state);
    is_sure.then_some(state)
}

/// Whether a state says that the thing is being made. Of other words nobody knows: what floats is `FLOATING` for good.
fn is_making(state: &str) -> bool {
    const WORDS: [&str; 8] = [
        "creating",
        "building",
        "build",
        "deploying",
        "provisioning",
        "initializing",
        "initialising",
        "spawning",
    ];
    WORDS.contains(&letters(state).as_str())
}

/// Whether something can be done in a state alone: then things stay in it until that is done.
fn is_awaited(contract: &Contract, state: &str) -> bool {
    let operations = contract.operations.iter();
    let mut said = operations.flat_map(|operation| &operation.statements);
    said.any(|said| {
        let Constraint::StatePrecondition {
            rule: StatesRule::OneOf,
            states,
            ..
        } = &said.constraint
        else {
            return false;
        };
        states.iter().any(|known| known.eq_ignore_ascii_case(state))
    })
}

/// The states that are called after what is done, while it is and when it is, where no other begins like the latter: of
/// `moor`, `MOORING` and `MOORED`.
fn named_after<'s>(word: &str, states: &'s [String]) -> Option<(&'s String, &'s String)> {
    let word = letters(word);
    let stem = word.strip_suffix('e').unwrap_or(&word);
    let last = stem.chars().last()?;
    let is_of = |state: &str, ending: &str| {
        let state = letters(state);
        let rest = state.strip_prefix(stem);
        rest.is_some_and(|rest| rest == ending || rest.strip_prefix(last) == Some(ending))
    };
    let mut on_the_way = states.iter().filter(|state| is_of(state, "ing"));
    let mut done = states.iter().filter(|state| is_of(state, "ed"));
    let state = done.next().filter(|_| word.len() > 2)?;
    let mut others = states.iter().filter(|other| *other != state);
    let is_alone = !others.any(|other| letters(other).starts_with(&letters(state)));
    Some((on_the_way.next()?, state)).filter(|_| is_alone)
}

/// Where the thing that a parameter names shows its state, and the states it lists.
fn states_of(
    contract: &Contract,
    operation: &Operation,
    name: &str,
) -> Option<(String, Vec<String>)> {
    let shows = shows_thing(contract, operation, name)?;
    let mut fields = shows.response_fields().into_iter();
    fields.find_map(|(path, field)| {
        let is_state = ["status", "state"].contains(&path.leaf()) && path.0.len() <= 2;
        let states = texts_listed(field);
        let is_told = is_state && field.kind == Kind::String && !states.is_empty();
        Some((pointer(&path).filter(|_| is_told)?, states))
    })
}

fn story(operation: &Operation, steps: Vec<ScenarioStep>) -> Scenario {
    Scenario {
        id: CaseId(format!("{}{ENDING}", operation.id)),
        operation: operation.id.clone(),
        title: "it is in a state in the end".to_owned(),
        take: taken(operation),
        steps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Scalar, Statement, leading_to, sample};

    fn told(state: &str) -> String {
        let routes = [
            ("POST /v1/lamps/{lamp_id}/light", "", ""),
            ("GET /v1/lamps/{lamp_id}", "", "lamp.status"),
        ];
        let mut operations =
            routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let statement = |constraint| Statement {
            constraint,
            at: sample::at(),
            rule: "test".to_owned(),
        };
        let values = ["DARK", "LIT", "LIGHTING"].map(|word| Scalar::Text(word.to_owned()));
        let values = values.to_vec();
        let open = false;
        operations[0].statements.push(statement(leading_to(state)));
        let lamp = &mut operations[1].response.as_mut().expect("it answers").fields[0];
        let states = statement(Constraint::Enum { values, open });
        lamp.children[0].statements.push(states);
        let told = tell(ends, &sample::contract(operations.to_vec()));
        let steps = told.iter().flat_map(|story| &story.steps);
        let steps = steps.map(|step| {
            let rule = step.holds.first().map(|hold| &hold.rule);
            format!("{} {rule:?}\n", step.call.operation)
        });
        steps.collect()
    }

    #[test]
    fn a_state_that_is_called_after_what_is_done_follows() {
        let states = |names: &[&str]| -> Vec<String> {
            names.iter().map(|name| (*name).to_owned()).collect()
        };
        let lamps = states(&[
            "DARK", "DIMMING", "DIMMED", "GLOWING", "FIRING", "FIRED_UP", "FIRED",
        ]);
        let after = |word: &str| named_after(word, &lamps).map(|(_, done)| done.as_str());
        assert_eq!(after("dim"), Some("DIMMED"));
        assert_eq!(after("glow"), None, "it may glow for good");
        assert_eq!(after("fire"), None, "it may be fired or fired up");
        let mills = states(&["PAUSING", "PAUSED", "RUNNING"]);
        assert_eq!(named_after("pause", &mills), Some((&mills[0], &mills[1])));
        assert_eq!(named_after("run", &mills), None);
        assert!(is_making("CREATING") && !is_making("FLOATING") && !is_making("RUNNING"));
    }

    #[test]
    fn what_is_done_shows_in_the_state() {
        insta::assert_snapshot!(told("lit"), @r#"
        lamps.light None
        lamps.show Some(Equals(Literal(String("LIT"))))
        "#);
        assert_eq!(told("LIGHTING"), "");
        assert_eq!(told("CRACKED"), "");
    }
}
