//! Stories of what needs a thing in some state after something was done to many that the thing is one of.
//!
//! Main entry: [`moved`]. As in the stories of states, nobody knows where that leads: whatever state the thing
//! is in then decides what must come.

use super::full::with;
use super::life::Life;
use super::many::made;
use super::rule::{draft, item_like, list_of, step};
use super::states::{MOST_MOVES, needed_of, tried};
use super::{Call, Cast, Needed, Scenario, ScenarioStep, StepExpect, When};
use crate::case::CaseId;
use crate::case::request::{Base, Extent};
use crate::contract::{FieldPath, Operation, acts_on_many, seems_to_remove};

/// The stories of all operations that need a state of something that another one moves with others.
pub(super) fn moved(cast: &Cast<'_>) -> Vec<Scenario> {
    let contract = cast.contract;
    let operations = contract.operations.iter();
    let many = operations.filter_map(|operation| Some((operation, acts_on_many(operation)?)));
    let many: Vec<(&Operation, FieldPath)> = many.collect();
    let stories = cast.lives.iter().flat_map(|life| {
        let of_life: Vec<&(&Operation, FieldPath)> = many
            .iter()
            .filter(|(operation, _)| life.makes.path.same_shape(&operation.path.collection()))
            .collect();
        let moves = of_life.iter().filter(|(first, _)| !seems_to_remove(first));
        let needing = contract.operations.iter().filter_map(|operation| {
            let needed = needed_of(contract, operation, life.name)?;
            let ids = of_life.iter().find(|(other, _)| other.id == operation.id);
            let call = match ids {
                Some((_, ids)) => naming(life, operation, ids)?,
                None => (operation.path.parameters().last() == Some(life.name))
                    .then(|| draft(operation))?,
            };
            Some((operation, needed, call))
        });
        let needing: Vec<(&Operation, Needed, Call)> = needing.collect();
        let pairs = moves.flat_map(|(first, ids)| {
            let others = needing.iter().filter(|(then, ..)| then.id != first.id);
            others.filter_map(|then| story(life, (first, ids), then))
        });
        pairs.take(MOST_MOVES * MOST_MOVES).collect::<Vec<_>>()
    });
    stories.collect()
}

/// One is made, something is done to it as one of many, and then what needs a state.
fn story(
    life: &Life<'_>,
    (first, ids): (&Operation, &FieldPath),
    (then, needed, call): &(&Operation, Needed, Call),
) -> Option<Scenario> {
    let is_known = |operation| Base::of(operation, Extent::Minimal, None).sure;
    if !is_known(first) || !is_known(then) {
        return None;
    }
    let led = needed_of(life.contract, first, life.name).map(|needed| Needed {
        when: When::Led,
        ..needed
    });
    let done = ScenarioStep {
        needed: led,
        ..step(
            &format!("`{}` comes first", first.id),
            naming(life, first, ids)?,
            StepExpect::Either,
        )
    };
    let tried = tried(&format!("`{}`", then.id), call.clone(), needed.clone());
    Some(Scenario {
        id: CaseId(format!("{}/scenario/after-{}", then.id, first.id)),
        operation: then.id.clone(),
        title: "it needs a state".to_owned(),
        take: life.taken(),
        steps: vec![made(life, life.name), done, tried],
    })
}

/// The request that names the one thing.
fn naming(life: &Life<'_>, operation: &Operation, ids: &FieldPath) -> Option<Call> {
    let list = list_of(operation, ids)?;
    Some(with(operation, &list, &[item_like(ids, life.name)]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Constraint, Kind, Statement, StatesRule, sample};

    #[test]
    fn what_needs_a_state_is_tried_after_what_is_done_to_many() {
        let routes = [
            ("POST /v1/lamps", "lamp.name", "lamp.id"),
            ("GET /v1/lamps/{lamp_id}", "", "lamp.status"),
            ("POST /v1/lamps/action#light", "light.lamps.id", ""),
            ("POST /v1/lamps/action#douse", "douse.lamps.id", ""),
            ("DELETE /v1/lamps/{lamp_id}", "", ""),
        ];
        let mut operations =
            routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        for (place, state) in [(3, "LIT"), (4, "DARK")] {
            operations[place].statements.push(Statement {
                constraint: Constraint::StatePrecondition {
                    subject: "lamp.status".to_owned(),
                    rule: StatesRule::OneOf,
                    states: vec![state.to_owned()],
                },
                at: sample::at(),
                rule: "test".to_owned(),
            });
        }
        for operation in &mut operations[2..4] {
            let body = operation.request.as_mut().expect("it asks");
            body.fields[0].children[0].kind = Kind::Array(Box::new(Kind::Object));
        }
        let told = tell(moved, &sample::contract(operations.to_vec()));
        let lines = told.iter().flat_map(|story| {
            let steps = story.steps.iter();
            let steps = steps.map(|step| format!("  {}\n", step.title));
            std::iter::once(format!("{}\n", story.id)).chain(steps)
        });
        insta::assert_snapshot!(lines.collect::<String>(), @r"
        lamps.action.douse/scenario/after-lamps.action.light
          one is made
          `lamps.action.light` comes first
          `lamps.action.douse`
        lamps.delete/scenario/after-lamps.action.light
          one is made
          `lamps.action.light` comes first
          `lamps.delete`
        lamps.delete/scenario/after-lamps.action.douse
          one is made
          `lamps.action.douse` comes first
          `lamps.delete`
        ");
    }
}
