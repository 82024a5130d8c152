//! Stories of what is done to many at once: it is done to each of them, and where the same can be done to one
//! alone, it comes to the same.
//!
//! Main entry: [`many`]. Told by rule of operations that list ids in their body. Things that are made alike are
//! in one state afterwards; what that state is nobody needs to know.

use super::full::with;
use super::life::Life;
use super::rule::{draft, item_like, make_one, pointer, smallest, step};
use super::states::needed_of;
use super::{Call, Hold, HoldRule, JobEnd, Scenario, ScenarioStep, StepExpect};
use crate::case::request::{Base, Extent, sites};
use crate::case::{CaseId, Given, Template};
use crate::contract::{
    Contract, FieldPath, Kind, Operation, acts_on_many, creations, letters, seems_to_remove,
};
use crate::wire::Method;

/// The names under which the things are kept beside the usual one.
const OTHER: &str = "the other one";
const ALONE: &str = "the one alone";
const STATE: &str = "its state";

/// The stories of all operations that act on many things.
pub fn many(contract: &Contract) -> Vec<Scenario> {
    let creations = creations(contract);
    let lives = creations
        .iter()
        .filter_map(|creation| Life::of(contract, creation));
    let lives: Vec<Life<'_>> = lives.collect();
    let operations = contract.operations.iter();
    let acting = operations.filter_map(|operation| Some((operation, acts_on_many(operation)?)));
    acting
        .filter(|(operation, _)| !seems_to_remove(operation))
        .filter_map(|(operation, ids)| story(contract, &lives, operation, &ids))
        .collect()
}

fn story(
    contract: &Contract,
    lives: &[Life<'_>],
    operation: &Operation,
    ids: &FieldPath,
) -> Option<Scenario> {
    let life = lives.iter().find(|life| {
        let collection = operation.path.collection();
        life.makes.path.same_shape(&collection)
    })?;
    let shows = life.shows?;
    let state = state_of(shows)?;
    let list = sites(operation).into_iter().find(|site| {
        site.place.is_none()
            && ids.0.starts_with(&site.path.0)
            && ids.0.len() > site.path.0.len()
            && matches!(site.field.kind, Kind::Array(_))
    })?;
    if !Base::of(operation, Extent::Minimal, None).sure {
        return None;
    }
    let both = [life.name, OTHER].map(|kept| item_like(ids, kept));
    let shown = |kept: &str, title: &str| {
        let mut call = draft(shows);
        call.path
            .push((life.name.to_owned(), Given::Kept(kept.to_owned())));
        step(title, call, StepExpect::Accepted)
    };
    let keeps_state = |step: ScenarioStep| ScenarioStep {
        capture: vec![(STATE.to_owned(), state.clone())],
        ..step
    };
    let in_that_state = |step: ScenarioStep| ScenarioStep {
        holds: vec![Hold::here(
            state.clone(),
            HoldRule::Equals(Template::Kept(STATE.to_owned())),
        )],
        ..step
    };
    let mut steps = vec![made(life, life.name), made(life, OTHER)];
    let alone = alike(contract, life, operation);
    steps.extend(alone.iter().map(|_| made(life, ALONE)));
    steps.push(ScenarioStep {
        needed: needed_of(contract, operation, life.name),
        await_job: operation.is_async().then_some(JobEnd::Succeeded),
        ..step(
            "it is done to two of them",
            with(operation, &list, &both),
            StepExpect::Accepted,
        )
    });
    match alone {
        Some(alone) => {
            let mut call = smallest(alone);
            call.path
                .push((life.name.to_owned(), Given::Kept(ALONE.to_owned())));
            steps.push(ScenarioStep {
                await_job: alone.is_async().then_some(JobEnd::Succeeded),
                ..step("the same is done to one alone", call, StepExpect::Accepted)
            });
            steps.push(keeps_state(shown(ALONE, "the one alone is shown")));
            steps.push(in_that_state(shown(
                life.name,
                "the first of the two is shown like it",
            )));
        }
        None => steps.push(keeps_state(shown(life.name, "the first of them is shown"))),
    }
    steps.push(in_that_state(shown(
        OTHER,
        "the other one is shown like it",
    )));
    Some(Scenario {
        id: CaseId(format!("{}/scenario/many", operation.id)),
        operation: operation.id.clone(),
        title: "done to two at once".to_owned(),
        take: life.taken(),
        steps,
    })
}

/// One more thing like the others is made, kept under this name.
fn made(life: &Life<'_>, kept: &str) -> ScenarioStep {
    let mut call: Call = draft(life.makes);
    make_one(life.makes, &mut call);
    let mut made = life.made(call);
    for (name, _) in &mut made.capture {
        kept.clone_into(name);
    }
    ScenarioStep {
        title: format!("{} is made", if kept == life.name { "one" } else { kept }),
        ..made
    }
}

/// What does to one thing what an operation does to many, by its last word: `boil` for `batch-boil`.
fn alike<'a>(
    contract: &'a Contract,
    life: &Life<'_>,
    operation: &Operation,
) -> Option<&'a Operation> {
    let word = letters(operation.word());
    let word = ["batch", "bulk"]
        .iter()
        .find_map(|many| word.strip_prefix(many))?;
    let mut others = contract.operations.iter().filter(|other| {
        let of_one = other.path.parameters().eq(life.removes.path.parameters());
        of_one && other.method == Method::Post && Base::of(other, Extent::Minimal, None).sure
    });
    others.find(|other| {
        let mut parts = other.word().split(|c: char| !c.is_alphanumeric());
        !word.is_empty() && parts.any(|part| part.eq_ignore_ascii_case(word))
    })
}

/// Where a thing shows its state.
fn state_of(shows: &Operation) -> Option<String> {
    let fields = shows.response_fields().into_iter();
    let mut states = fields.filter(|(path, field)| {
        let is_state = ["status", "state"].contains(&path.leaf());
        is_state && path.0.len() <= 2 && field.kind == Kind::String
    });
    pointer(&states.next()?.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::sample;

    fn steps(operations: &[(&str, &str, &str)]) -> Vec<String> {
        let operations = operations.iter().map(|(route, sent, shown)| {
            let mut operation = sample::operation(route, sent, shown);
            let fields = operation
                .request
                .iter_mut()
                .flat_map(|body| &mut body.fields);
            for field in fields.filter(|field| field.name == "kettle_ids") {
                field.kind = Kind::Array(Box::new(Kind::String));
            }
            operation
        });
        let contract = sample::contract(operations.collect());
        let told = many(&contract);
        let steps = told.iter().flat_map(|story| &story.steps);
        steps
            .map(|step| format!("{}: {}", step.title, step.call.operation))
            .collect()
    }

    const KETTLES: [(&str, &str, &str); 4] = [
        ("POST /v1/kettles", "kettle.size", "kettle.id"),
        ("GET /v1/kettles/{kettle_id}", "", "kettle.status"),
        ("DELETE /v1/kettles/{kettle_id}", "", ""),
        ("POST /v1/kettles/batch-boil", "kettle_ids", ""),
    ];

    #[test]
    fn what_is_done_to_two_is_done_to_both() {
        assert_eq!(
            steps(&KETTLES),
            [
                "one is made: kettles.create",
                "the other one is made: kettles.create",
                "it is done to two of them: kettles.batch-boil",
                "the first of them is shown: kettles.show",
                "the other one is shown like it: kettles.show",
            ]
        );
        let removed = KETTLES.map(|(route, sent, shown)| match route.ends_with("boil") {
            true => ("POST /v1/kettles/batch-delete", sent, shown),
            false => (route, sent, shown),
        });
        assert!(steps(&removed).is_empty());
    }

    #[test]
    fn it_comes_to_what_the_same_does_to_one_alone() {
        let mut operations = KETTLES.to_vec();
        operations.push(("POST /v1/kettles/{kettle_id}/boil", "", ""));
        let told = steps(&operations);
        assert_eq!(told[4], "the same is done to one alone: kettles.boil");
        assert_eq!(
            told[6],
            "the first of the two is shown like it: kettles.show"
        );
    }
}
