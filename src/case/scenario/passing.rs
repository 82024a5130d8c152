//! Stories of states that pass: what needs a thing in some state is called while the thing is on its way to
//! another one, because it was just made or something was just done to it.
//!
//! Main entry: [`passing`]. Nobody knows how soon the other state comes. So the same is done to an older thing
//! before: as long as that one is still on its way, the newer one was, whatever the call did to it.

use super::life::{Life, values};
use super::rule::{draft, make_one, recall, step};
use super::states::{MOST_MOVES, given, is_bound, led, taken, tried};
use super::{Call, Cast, Needed, Scenario, ScenarioStep, StepExpect, When};
use crate::case::CaseId;
use crate::case::request::{Base, Extent};
use crate::contract::{Contract, Operation};
use crate::wire::Method;

/// The name under which the thing is kept that was made before.
const OLDER: &str = "the older one";

/// The stories of an operation that needs a state of the thing in its path, which may be moved out of it.
pub(super) fn passing(
    cast: &Cast<'_>,
    operation: &Operation,
    needed: &Needed,
    moves: &[&Operation],
) -> Vec<Scenario> {
    let contract = cast.contract;
    let name = operation.path.parameters().last();
    // What stands in a thing of which the path says nothing is another one.
    let is_known = |around: &str| operation.path.parameters().any(|known| known == around);
    let is_it =
        |life: &&Life<'_>| Some(life.name) == name && life.makes.path.parameters().all(is_known);
    let life = cast.lives.iter().find(is_it);
    let moved = life.iter().flat_map(|life| {
        let moves = moves.iter().filter(|first| {
            // No job is waited for. What comes twice has a story of its own.
            first.id != operation.id && !first.is_async() && is_bound(contract, first)
        });
        let moves = moves.take(MOST_MOVES);
        moves.map(|first| while_moved(contract, life, operation, needed, first))
    });
    let mut stories: Vec<Scenario> = moved.collect();
    stories.extend(life.and_then(|life| while_made(life, operation, needed, draft(operation))));
    stories.extend(while_done(operation, needed));
    stories
}

/// It is called as soon as the thing is made. Where that takes its time without a job, the thing is in no
/// state for it yet.
pub(super) fn while_made(
    life: &Life<'_>,
    operation: &Operation,
    needed: &Needed,
    call: Call,
) -> Option<Scenario> {
    if life.makes.is_async() {
        return None;
    }
    let [older, newer] = two(life);
    let title = format!("`{}`", operation.id);
    let steps = vec![older, newer, tried(&title, call, at_once(life, needed))];
    let told = "it needs a state that comes later";
    Some(story(life, operation, "while-made", told, steps))
}

/// It is called as soon as something else is done with the thing.
fn while_moved(
    contract: &Contract,
    life: &Life<'_>,
    operation: &Operation,
    needed: &Needed,
    first: &Operation,
) -> Scenario {
    let [older, newer] = two(life);
    let of_older = |call: Call| given(call, life.name, OLDER);
    let led = led(contract, first);
    let title = format!("`{}` comes first", first.id);
    let ready = ScenarioStep {
        needed: led.clone(),
        ..step("it is ready", needed.shown_by.clone(), StepExpect::Either)
    };
    let to_older = ScenarioStep {
        needed: led.map(|led| Needed {
            shown_by: of_older(led.shown_by),
            ..led
        }),
        ..step(
            &format!("{title} to the older one"),
            of_older(draft(first)),
            StepExpect::Either,
        )
    };
    let steps = vec![
        older,
        newer,
        // Nothing is waited for between the next two.
        ready,
        to_older,
        step(&title, draft(first), StepExpect::Either),
        tried(
            &format!("`{}` at once", operation.id),
            draft(operation),
            at_once(life, needed),
        ),
    ];
    let told = "it needs a state that it is led out of";
    story(life, operation, &format!("while-{}", first.id), told, steps)
}

/// It is called again while what it does still goes on.
fn while_done(operation: &Operation, needed: &Needed) -> Option<Scenario> {
    let acts = operation.method == Method::Post && !operation.is_async();
    if !acts || !Base::of(operation, Extent::Minimal, None).sure {
        return None;
    }
    let first = ScenarioStep {
        needed: Some(needed.clone()),
        ..step(
            &format!("`{}`", operation.id),
            draft(operation),
            StepExpect::Accepted,
        )
    };
    let at_once = Needed {
        when: When::AtOnce,
        ..needed.clone()
    };
    let title = format!("`{}` again", operation.id);
    Some(Scenario {
        id: CaseId(format!("{}/scenario/while-done", operation.id)),
        operation: operation.id.clone(),
        title: "it needs a state that it leads out of".to_owned(),
        take: taken(operation),
        steps: vec![first, tried(&title, draft(operation), at_once)],
    })
}

fn at_once(life: &Life<'_>, needed: &Needed) -> Needed {
    Needed {
        when: When::AtOnce,
        witness: Some(given(needed.shown_by.clone(), life.name, OLDER)),
        ..needed.clone()
    }
}

/// Two things are made alike, one after the other.
fn two(life: &Life<'_>) -> [ScenarioStep; 2] {
    let mut make = draft(life.makes);
    make_one(life.makes, &mut make);
    // The newer one is made of what the older one was made of: there may be no other. No two may have one name.
    let (again, sent) = recall(&make);
    let newer = life.made(values(life.makes, again, 2));
    let mut older = ScenarioStep {
        title: "one is made before".to_owned(),
        sent,
        ..life.made(values(life.makes, make, 1))
    };
    for (kept, _) in &mut older.capture {
        OLDER.clone_into(kept);
    }
    [older, newer]
}

fn story(
    life: &Life<'_>,
    operation: &Operation,
    name: &str,
    title: &str,
    steps: Vec<ScenarioStep>,
) -> Scenario {
    Scenario {
        id: CaseId(format!("{}/scenario/{name}", operation.id)),
        operation: operation.id.clone(),
        title: title.to_owned(),
        take: taken(life.makes),
        steps,
    }
}

#[cfg(test)]
mod tests {
    use super::super::states::states;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Constraint, Statement, StatesRule, sample};

    /// The steps of one story about lamps, of which some operations need a state.
    fn told(needing: &[(usize, &str)], ending: &str) -> String {
        let routes = [
            ("POST /v1/lamps", "name", "id"),
            ("GET /v1/lamps/{lamp_id}", "", "id status"),
            ("DELETE /v1/lamps/{lamp_id}", "", ""),
            ("PUT /v1/lamps/{lamp_id}", "name", ""),
            ("POST /v1/lamps/{lamp_id}/quench", "", ""),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let mut contract = sample::contract(operations.to_vec());
        for (place, state) in needing {
            contract.operations[*place].statements.push(Statement {
                constraint: Constraint::StatePrecondition {
                    subject: "lamp.status".to_owned(),
                    rule: StatesRule::OneOf,
                    states: vec![(*state).to_owned()],
                },
                at: sample::at(),
                rule: "test".to_owned(),
            });
        }
        let told = tell(states, &contract);
        let story = told.iter().find(|story| story.id.0.ends_with(ending));
        let steps = story.expect("it is told").steps.iter().map(|step| {
            let when = step.needed.as_ref().map(|needed| needed.when);
            format!("{}: {} {when:?}\n", step.title, step.call.operation)
        });
        steps.collect()
    }

    #[test]
    fn what_needs_a_state_is_tried_as_soon_as_the_thing_is_made() {
        insta::assert_snapshot!(told(&[(3, "LIT")], "while-made"), @r"
        one is made before: lamps.create None
        it is made: lamps.create None
        `lamps.update`: lamps.update Some(AtOnce)
        ");
    }

    #[test]
    fn what_needs_a_state_is_tried_as_soon_as_the_thing_leaves_it() {
        let needing = [(3, "LIT"), (4, "LIT")];
        insta::assert_snapshot!(told(&needing, "update/scenario/while-lamps.quench"), @r"
        one is made before: lamps.create None
        it is made: lamps.create None
        it is ready: lamps.show Some(Led)
        `lamps.quench` comes first to the older one: lamps.quench Some(Led)
        `lamps.quench` comes first: lamps.quench None
        `lamps.update` at once: lamps.update Some(AtOnce)
        ");
    }
}
