//! Stories of what a thing is in the end: an operation that is said to bring it to a state has done so once
//! it has done its work.
//!
//! Main entry: [`ends`]. Told by rule of states that whoever shows the thing lists, and that do not say
//! themselves that another one follows.

use super::life::Life;
use super::rule::{draft, make_one, pointer, step};
use super::states::{needed, shows_thing, taken};
use super::{Cast, Hold, HoldRule, JobEnd, Scenario, ScenarioStep, StepExpect};
use crate::case::request::{Base, Extent};
use crate::case::{CaseId, Template};
use crate::contract::{
    Constraint, Contract, Field, Kind, Operation, Scalar, is_passing, seems_to_remove,
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
    let state = led_to(life.makes)?;
    let shown = shown(contract, life.name, state)?;
    let mut make = draft(life.makes);
    make_one(life.makes, &mut make);
    let steps = vec![life.made(make), shown, life.removed()];
    Some(story(life.makes, steps))
}

/// Something is done with a thing, and it is shown in the state that this leads to.
fn done(contract: &Contract, operation: &Operation) -> Option<Scenario> {
    let state = led_to(operation)?;
    let name = operation.path.parameters().last()?;
    let shown = shown(contract, name, state)?;
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

/// The one state that an operation is said to lead to, and to leave a thing in.
pub(super) fn led_to(operation: &Operation) -> Option<&str> {
    let said = operation.statements.iter();
    let mut states = said.filter_map(|said| said.constraint.leads_to());
    let state = states.next()?;
    let is_sure = states.all(|other| other == state) && !is_passing(state);
    is_sure.then_some(state)
}

/// The thing that a parameter names is shown in a state, which is one of those that it may be in.
pub(super) fn shown(contract: &Contract, name: &str, state: &str) -> Option<ScenarioStep> {
    let shows = shows_thing(contract, name)?;
    let fields = shows.response_fields().into_iter();
    let mut states = fields.filter_map(|(path, field)| {
        let is_state = ["status", "state"].contains(&path.leaf()) && path.0.len() <= 2;
        let known = listed(field, state).filter(|_| is_state && field.kind == Kind::String)?;
        Some((pointer(&path)?, known))
    });
    let (place, known) = states.next()?;
    let state = HoldRule::Equals(Template::Literal(known.into()));
    Some(ScenarioStep {
        holds: vec![Hold::here(place, state)],
        patient: true,
        ..step(
            "it is shown in its new state",
            draft(shows),
            StepExpect::Accepted,
        )
    })
}

/// A state as a field lists it.
fn listed<'a>(field: &'a Field, state: &str) -> Option<&'a str> {
    field.statements.iter().find_map(|said| {
        let Constraint::Enum { values, .. } = &said.constraint else {
            return None;
        };
        let mut texts = values.iter().filter_map(|value| match value {
            Scalar::Text(text) => Some(text.as_str()),
            Scalar::Null | Scalar::Bool(_) | Scalar::Integer(_) | Scalar::Decimal(_) => None,
        });
        texts.find(|text| text.eq_ignore_ascii_case(state))
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
    use crate::contract::{Statement, leading_to, sample};

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
    fn what_is_done_shows_in_the_state() {
        insta::assert_snapshot!(told("lit"), @r#"
        lamps.light None
        lamps.show Some(Equals(Literal(String("LIT"))))
        "#);
        assert_eq!(told("LIGHTING"), "");
        assert_eq!(told("CRACKED"), "");
    }
}
