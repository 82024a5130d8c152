//! Stories of what is done to many at once: it is done to each of them, and where the same can be done to one
//! alone, it comes to the same.
//!
//! Main entry: [`many`]. Told by rule of operations that list ids in their body. Things that are made alike are
//! in one state afterwards; what that state is nobody needs to know.

use super::ends;
use super::full::with;
use super::life::{Life, values};
use super::passing::while_made;
use super::rule::{draft, item_like, list_of, make_one, pointer, smallest, step};
use super::states::{MOST_MOVES, after, given, is_bound, moves, needed_of, state_of, tried};
use super::{
    Call, Cast, Hold, HoldRule, JobEnd, Needed, Scenario, ScenarioStep, StepExpect, Tests, When,
};
use crate::case::request::{Base, Extent};
use crate::case::{CaseId, Given, Template};
use crate::contract::{
    Constraint, Contract, Field, FieldPath, Kind, Operation, acts_on_many, letters, seems_to_remove,
};
use crate::wire::Method;

/// How the ids of what is done to two at once end.
pub(super) const ENDING: &str = "/scenario/many";

/// The names under which the things are kept beside the usual one.
const OTHER: &str = "the other one";
const ALONE: &str = "the one alone";
const LEFT_OUT: &str = "the one left out";
const STATE: &str = "its state";
const STATE_BEFORE: &str = "its state before";

/// The stories of all operations that act on many things.
pub(super) fn many(cast: &Cast<'_>) -> Vec<Scenario> {
    let contract = cast.contract;
    let operations = contract.operations.iter();
    let acting = operations.filter_map(|operation| Some((operation, acts_on_many(operation)?)));
    let stories = acting.filter_map(|(operation, ids)| {
        let collection = operation.path.collection();
        let life = cast
            .lives
            .iter()
            .find(|life| life.makes.path.same_shape(&collection))?;
        let main = if seems_to_remove(operation) {
            removal(life, operation, &ids)
        } else {
            story(contract, life, operation, &ids)
        };
        let in_states = in_states(contract, life, operation, &ids);
        Some(main.into_iter().chain(in_states))
    });
    stories.flatten().collect()
}

/// What needs many things in some state is asked of one that is on its way to another, or was led there.
fn in_states(
    contract: &Contract,
    life: &Life<'_>,
    operation: &Operation,
    ids: &FieldPath,
) -> Vec<Scenario> {
    let needed = needed_of(contract, operation, life.name);
    let list = list_of(operation, ids);
    let (Some(needed), Some(list)) = (needed, list) else {
        return Vec::new();
    };
    if !Base::of(operation, Extent::Minimal, None).sure {
        return Vec::new();
    }
    let call = with(operation, &list, &[item_like(ids, life.name)]);
    let then = |needed: Needed| tried(&format!("`{}`", operation.id), call.clone(), needed);
    let led = moves(contract, &life.path);
    let led = led.into_iter().filter(|first| is_bound(contract, first));
    let stories = led.take(MOST_MOVES).map(|first| {
        let mut story = after(contract, operation, first, "after", then(needed.clone()));
        story.steps.insert(0, made(life, life.name));
        story
    });
    let made = while_made(life, operation, &needed, call.clone());
    let mixed = mixed(contract, life, operation, ids, &needed);
    stories.chain(made).chain(mixed).collect()
}

/// One of two is in the state that is needed, and the other one as it was made. Where a job or a list tells
/// what came of each, one may be done and the other not.
fn mixed(
    contract: &Contract,
    life: &Life<'_>,
    operation: &Operation,
    ids: &FieldPath,
    needed: &Needed,
) -> Option<Scenario> {
    if operation.is_async() || lists_in(operation).next().is_some() {
        return None;
    }
    let of_other = Needed {
        shown_by: given(needed.shown_by.clone(), life.name, OTHER),
        ..needed.clone()
    };
    let title = format!("`{}` of both", operation.id);
    let steps = vec![
        made(life, life.name),
        made(life, OTHER),
        led(contract, life, operation, life.name)?,
        tried(&title, of_both(life, operation, ids)?, of_other),
    ];
    Some(Scenario {
        id: CaseId(format!("{}/scenario/mixed", operation.id)),
        ..told(
            life,
            operation,
            "one of two is in the state that is needed",
            steps,
        )
    })
}

/// Two are removed at once, and both are gone.
fn removal(life: &Life<'_>, operation: &Operation, ids: &FieldPath) -> Option<Scenario> {
    let shows = life.shows?;
    let removes = [
        "delete",
        "remove",
        "batchdelete",
        "batchremove",
        "bulkdelete",
        "bulkremove",
    ];
    let word = letters(operation.word());
    let is_sure = Base::of(operation, Extent::Minimal, None).sure;
    if !is_sure || !removes.contains(&word.as_str()) {
        return None;
    }
    let gone = |kept: &str, title: &str| ScenarioStep {
        patient: true,
        expect: StepExpect::Refused,
        ..life.shown_as(shows, kept, title)
    };
    let mut steps = vec![made(life, life.name), made(life, OTHER)];
    steps.extend(named_twice(life, operation, ids));
    steps.extend([
        ScenarioStep {
            await_job: operation.is_async().then_some(JobEnd::Succeeded),
            holds: told_of_both(life, operation, ids),
            ..step(
                "both are removed at once",
                of_both(life, operation, ids)?,
                StepExpect::Accepted,
            )
        },
        gone(life.name, "the first of them is gone"),
        gone(OTHER, "the other one is gone"),
    ]);
    Some(told(life, operation, "removed at once", steps))
}

/// It is done to two, and both are in one state then: in the documented one, where there is one, and in that to
/// which the same brings one alone. One that is left out stays as it was.
fn story(
    contract: &Contract,
    life: &Life<'_>,
    operation: &Operation,
    ids: &FieldPath,
) -> Option<Scenario> {
    let state = state_of(life.shows?)?;
    if !Base::of(operation, Extent::Minimal, None).sure {
        return None;
    }
    let mut steps = vec![made(life, life.name), made(life, OTHER)];
    steps.extend(named_twice(life, operation, ids));
    let alone = alike(contract, life, operation);
    steps.extend(alone.iter().map(|_| made(life, ALONE)));
    steps.extend(
        [life.name, OTHER]
            .iter()
            .filter_map(|kept| led(contract, life, operation, kept)),
    );
    let [before, after] = left_out(life, &state)?;
    steps.extend([made(life, LEFT_OUT), before]);
    steps.push(ScenarioStep {
        needed: needed_of(contract, operation, life.name),
        await_job: operation.is_async().then_some(JobEnd::Succeeded),
        holds: told_of_both(life, operation, ids),
        ..step(
            "it is done to two of them",
            of_both(life, operation, ids)?,
            StepExpect::Accepted,
        )
    });
    steps.push(after);
    steps.extend(in_the_end(life, operation));
    steps.extend(in_one_state(life, &state, alone)?);
    // Whatever state that led to may be one in which it must not be done.
    steps.extend(
        needed_of(contract, operation, life.name).and_then(|needed| {
            let call = of_both(life, operation, ids)?;
            Some(tried(&format!("`{}` again", operation.id), call, needed))
        }),
    );
    steps.extend(with_a_wrong_one(contract, life, operation, ids));
    Some(told(life, operation, "done to two at once", steps))
}

/// Both come to the state that is said to follow, each in its time.
fn in_the_end(life: &Life<'_>, operation: &Operation) -> Vec<ScenarioStep> {
    let first = ends::in_the_end(life.contract, operation, life.name);
    let listed = first
        .as_ref()
        .and_then(|first| ends::listed_so(life, first));
    let both = first.iter().flat_map(|first| {
        let mut other = first.clone();
        other.title = "the other one is shown in its new state".to_owned();
        other
            .call
            .path
            .push((life.name.to_owned(), Given::Kept(OTHER.to_owned())));
        [first.clone(), other]
    });
    both.chain(listed).collect()
}

/// The one left out is shown before something is done to others, and after that as it was.
fn left_out(life: &Life<'_>, state: &str) -> Option<[ScenarioStep; 2]> {
    let is_shown = |title: &str| Some(life.shown_as(life.shows?, LEFT_OUT, title));
    let before = ScenarioStep {
        capture: vec![(STATE_BEFORE.to_owned(), state.to_owned())],
        ..is_shown("the one left out is shown")?
    };
    let as_before = HoldRule::Equals(Template::Kept(STATE_BEFORE.to_owned()));
    let after = ScenarioStep {
        holds: vec![Hold::here(state.to_owned(), as_before)],
        ..is_shown("the one left out is in the state that it was in")?
    };
    Some([before, after])
}

/// Both are shown in one state: where the same can be done to one alone, in that to which it brings that.
fn in_one_state(
    life: &Life<'_>,
    state: &str,
    alone: Option<&Operation>,
) -> Option<Vec<ScenarioStep>> {
    let is_shown = |kept: &str, title: &str| Some(life.shown_as(life.shows?, kept, title));
    let keeps_state = |step: ScenarioStep| ScenarioStep {
        capture: vec![(STATE.to_owned(), state.to_owned())],
        ..step
    };
    let same = HoldRule::Equals(Template::Kept(STATE.to_owned()));
    let in_that_state = |step: ScenarioStep| ScenarioStep {
        holds: vec![Hold::here(state.to_owned(), same.clone())],
        ..step
    };
    let mut steps = Vec::new();
    match alone {
        Some(alone) => {
            let mut call = smallest(alone);
            call.path
                .push((life.name.to_owned(), Given::Kept(ALONE.to_owned())));
            steps.push(ScenarioStep {
                await_job: alone.is_async().then_some(JobEnd::Succeeded),
                ..step("the same is done to one alone", call, StepExpect::Accepted)
            });
            steps.push(keeps_state(is_shown(ALONE, "the one alone is shown")?));
            let like_it = is_shown(life.name, "the first of the two is shown like it")?;
            steps.push(in_that_state(like_it));
        }
        None => {
            let first = is_shown(life.name, "the first of them is shown")?;
            steps.push(keeps_state(first));
        }
    }
    let other = is_shown(OTHER, "the other one is shown like it")?;
    steps.push(in_that_state(other));
    Some(steps)
}

/// One to which it was done already is named behind one to which it was not, where a state is needed: a refusal is one
/// of both.
fn with_a_wrong_one(
    contract: &Contract,
    life: &Life<'_>,
    operation: &Operation,
    ids: &FieldPath,
) -> Option<ScenarioStep> {
    needed_of(contract, operation, life.name)?;
    let list = list_of(operation, ids)?;
    let items = [LEFT_OUT, OTHER].map(|kept| item_like(ids, kept));
    Some(ScenarioStep {
        unchanged: vec![life.shown_as(life.shows?, LEFT_OUT, "").call],
        ..step(
            "one that was left out is named with one that was not",
            with(operation, &list, &items),
            StepExpect::Either,
        )
    })
}

/// The thing that is kept under this name is led to the state that is needed of it.
fn led(
    contract: &Contract,
    life: &Life<'_>,
    operation: &Operation,
    kept: &str,
) -> Option<ScenarioStep> {
    let needed = needed_of(contract, operation, life.name)?;
    let needed = Needed {
        when: When::Led,
        shown_by: given(needed.shown_by, life.name, kept),
        ..needed
    };
    Some(ScenarioStep {
        needed: Some(needed),
        ..life.shown_as(life.shows?, kept, "it is in the state that is needed")
    })
}

fn told(life: &Life<'_>, operation: &Operation, title: &str, steps: Vec<ScenarioStep>) -> Scenario {
    Scenario {
        id: CaseId(format!("{}{ENDING}", operation.id)),
        operation: operation.id.clone(),
        title: title.to_owned(),
        take: life.taken(),
        steps,
    }
}

/// The request that names both things.
fn of_both(life: &Life<'_>, operation: &Operation, ids: &FieldPath) -> Option<Call> {
    let list = list_of(operation, ids)?;
    let both = [life.name, OTHER].map(|kept| item_like(ids, kept));
    Some(with(operation, &list, &both))
}

/// An answer that tells what came of each thing names both: its one list is called after results, or as the
/// request calls the things.
fn told_of_both(life: &Life<'_>, operation: &Operation, ids: &FieldPath) -> Vec<Hold> {
    const RESULTS: [&str; 3] = ["results", "result", "responses"];
    let lists: Vec<(FieldPath, &Field)> = lists_in(operation).collect();
    let [(path, list)] = &lists[..] else {
        return Vec::new();
    };
    let asked = list_of(operation, ids).map(|asked| &asked.field.name);
    let is_meant = RESULTS.contains(&list.name.as_str()) || asked == Some(&list.name);
    let name = [ids.leaf(), life.name, "id"].into_iter();
    let name = name.filter(|name| !name.is_empty() && list.child(name).is_some());
    let place = pointer(path).filter(|_| is_meant && !operation.is_async());
    let (Some(name), Some(place)) = (name.clone().next(), place) else {
        return Vec::new();
    };
    let both = [life.name, OTHER].map(|kept| {
        let item = vec![(name.to_owned(), Template::Kept(kept.to_owned()))];
        Hold::here(place.clone(), HoldRule::Contains(Template::Object(item)))
    });
    both.to_vec()
}

/// The lists of an answer whose items have members.
fn lists_in(operation: &Operation) -> impl Iterator<Item = (FieldPath, &Field)> {
    let fields = operation.response_fields().into_iter();
    fields.filter(|(_, field)| matches!(field.kind, Kind::Array(_)) && !field.children.is_empty())
}

/// A request names one thing twice, where a sentence says that it must not.
fn named_twice(life: &Life<'_>, operation: &Operation, ids: &FieldPath) -> Option<ScenarioStep> {
    let list = list_of(operation, ids)?;
    let mut said = list.field.statements.iter();
    let field = said
        .any(|said| said.constraint == Constraint::Unique)
        .then(|| list.path.to_string());
    let item = item_like(ids, life.name);
    Some(ScenarioStep {
        tests: Some(Tests {
            rule: "unique",
            field: Some(field?),
        }),
        ..step(
            "a request that names one twice",
            with(operation, &list, &[item.clone(), item]),
            StepExpect::Refused,
        )
    })
}

/// One more thing like the others is made, kept under this name.
pub(super) fn made(life: &Life<'_>, kept: &str) -> ScenarioStep {
    let mut call: Call = draft(life.makes);
    make_one(life.makes, &mut call);
    // No two may have one name.
    let which = [life.name, OTHER, ALONE, LEFT_OUT];
    let nth = which.iter().position(|name| *name == kept).unwrap_or(0) + 1;
    ScenarioStep {
        title: format!("{} is made", if kept == life.name { "one" } else { kept }),
        ..life.made_as(kept, values(life.makes, call, nth))
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
        let of_one = other.path.parameters().eq(life.path.parameters());
        of_one && other.method == Method::Post && Base::of(other, Extent::Minimal, None).sure
    });
    others.find(|other| {
        let mut parts = other.word().split(|c: char| !c.is_alphanumeric());
        !word.is_empty() && parts.any(|part| part.eq_ignore_ascii_case(word))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;
    use crate::case::scenario::Kept;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Scalar, Statement, StatesRule, leading_to, sample};

    fn contract(operations: &[(&str, &str, &str)]) -> Contract {
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
        sample::contract(operations.collect())
    }

    fn steps(operations: &[(&str, &str, &str)]) -> Vec<String> {
        let told = tell(many, &contract(operations));
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
                "the one left out is made: kettles.create",
                "the one left out is shown: kettles.show",
                "it is done to two of them: kettles.batch-boil",
                "the one left out is in the state that it was in: kettles.show",
                "the first of them is shown: kettles.show",
                "the other one is shown like it: kettles.show",
            ]
        );
        let removed = KETTLES.map(|(route, sent, shown)| match route.ends_with("boil") {
            true => ("POST /v1/kettles/batch-delete", sent, shown),
            false => (route, sent, shown),
        });
        assert_eq!(
            steps(&removed)[2..],
            [
                "both are removed at once: kettles.batch-delete",
                "the first of them is gone: kettles.show",
                "the other one is gone: kettles.show",
            ]
        );
    }

    #[test]
    fn an_answer_that_tells_what_came_of_each_names_both() {
        let mut told = contract(&KETTLES.map(
            |(route, sent, shown)| match route.ends_with("boil") {
                true => (route, sent, "results.kettle_id"),
                false => (route, sent, shown),
            },
        ));
        let results = &mut told.operations[3].response.as_mut().unwrap().fields[0];
        results.kind = Kind::Array(Box::new(Kind::Object));
        let stories = tell(many, &told);
        let mut steps = stories[0].steps.iter();
        let boiled = steps.find(|step| step.title == "it is done to two of them");
        let kept = [life_id("kettle_id", "k1"), life_id(OTHER, "k2")];
        let kept = Kept::from(kept);
        let met = |second: &str| {
            let shown = json!({"results": [{"kettle_id": "k1"}, {"kettle_id": second}]});
            let holds = &boiled.unwrap().holds;
            holds
                .iter()
                .map(|hold| hold.met_by(&shown, &kept))
                .collect::<Vec<_>>()
        };
        assert_eq!(met("k2"), [Some(true), Some(true)]);
        assert_eq!(met("k1"), [Some(true), Some(false)]);
        // What was left alone is not what was done.
        told.operations[3].response.as_mut().unwrap().fields[0].name = "skipped".to_owned();
        assert!(
            tell(many, &told)[0]
                .steps
                .iter()
                .all(|step| { step.title != "it is done to two of them" || step.holds.is_empty() })
        );
    }

    fn statement(constraint: Constraint) -> Statement {
        Statement {
            constraint,
            at: sample::at(),
            rule: "test".to_owned(),
        }
    }

    fn life_id(name: &str, id: &str) -> (String, Value) {
        (name.to_owned(), json!(id))
    }

    #[test]
    fn each_comes_to_the_state_that_is_said_to_follow() {
        let mut told = contract(&KETTLES);
        let hot = statement(leading_to("HOT"));
        told.operations[3].statements.push(hot);
        let values = ["COLD", "HOT"].map(|word| Scalar::Text(word.to_owned()));
        let states = Constraint::Enum {
            values: values.to_vec(),
            open: false,
        };
        let shows = told.operations[1].response.as_mut().unwrap();
        let status = shows
            .fields
            .iter_mut()
            .flat_map(|field| &mut field.children);
        let mut status = status.filter(|field| field.name == "status");
        status.next().unwrap().statements.push(statement(states));
        let stories = tell(many, &told);
        let steps = stories[0].steps.iter();
        let ends: Vec<_> = steps
            .filter(|step| step.title.ends_with("new state"))
            .collect();
        let which = ends.iter().map(|step| step.call.path.clone());
        let other = ("kettle_id".to_owned(), Given::Kept(OTHER.to_owned()));
        assert_eq!(which.collect::<Vec<_>>(), [vec![], vec![other]]);
        assert!(
            ends.iter()
                .all(|step| step.patient && step.holds.len() == 1)
        );
    }

    #[test]
    fn it_comes_to_what_the_same_does_to_one_alone() {
        let mut operations = KETTLES.to_vec();
        operations.push(("POST /v1/kettles/{kettle_id}/boil", "", ""));
        let told = steps(&operations);
        assert_eq!(told[7], "the same is done to one alone: kettles.boil");
        assert_eq!(
            told[9],
            "the first of the two is shown like it: kettles.show"
        );
    }

    #[test]
    fn what_must_not_be_named_twice_is_and_what_needs_a_state_is_done_again() {
        let mut contract = contract(&KETTLES);
        let boils = &mut contract.operations[3];
        boils
            .statements
            .push(statement(Constraint::StatePrecondition {
                subject: "kettles.status".to_owned(),
                rule: StatesRule::OneOf,
                states: vec!["COLD".to_owned()],
            }));
        boils.request.as_mut().unwrap().fields[0]
            .statements
            .push(statement(Constraint::Unique));
        let told = tell(many, &contract);
        let tests = told[0].steps.iter().filter_map(|step| {
            let tests = step.tests.as_ref()?;
            Some(format!("{}: {}", step.title, tests.rule))
        });
        let tests: Vec<String> = tests.collect();
        assert_eq!(
            tests,
            [
                "a request that names one twice: unique",
                "`kettles.batch-boil` again: state_precondition",
            ]
        );
        let others = told[1..].iter().map(|story| story.id.0.as_str());
        let others: Vec<&str> = others.collect();
        assert_eq!(
            others,
            [
                "kettles.batch-boil/scenario/while-made",
                "kettles.batch-boil/scenario/mixed",
            ]
        );
        // The first one is led to the state, and the state of the other one counts.
        let mixed = &told[2].steps;
        let needed = |step: &ScenarioStep| {
            let needed = step.needed.as_ref().unwrap();
            (needed.when, needed.shown_by.path.clone())
        };
        let shown = |kept: &str| vec![("kettle_id".to_owned(), Given::Kept(kept.to_owned()))];
        assert_eq!(needed(&mixed[2]), (When::Led, shown("kettle_id")));
        assert_eq!(needed(&mixed[3]), (When::Rested, shown(OTHER)));
    }
}
