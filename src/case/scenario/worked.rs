//! Stories of what is done with things that other stories pass over: that only a list shows, or that nothing removes
//! but the removal of the thing which they are made in.
//!
//! Main entry: [`worked`]. Told by rule of operations that are said to lead to a state which the list tells: they do,
//! and where they need another state they are refused after that.

use super::echo::is_versioned;
use super::ends::led_to;
use super::life::{Life, values};
use super::rule::{draft, made_pointer, make_one, step};
use super::states::{is_id_of, needed, needed_of, texts_listed};
use super::{Cast, JobEnd, Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::request::{Base, Extent};
use crate::case::{CaseId, Template};
use crate::contract::{
    Constraint, Contract, Kind, Operation, Segment, StatesRule, listings, own_id, seems_to_remove,
    taken_along_by,
};
use crate::wire::Method;

/// The stories of all things that are only listed, or go along with another one alone.
pub(super) fn worked(cast: &Cast<'_>) -> Vec<Scenario> {
    let listed = cast.lives.iter().filter(|life| life.shows.is_none());
    let listed = listed.flat_map(|life| acting(life).filter_map(|done| story(None, life, done)));
    let parts = parts(cast);
    let parts = parts.iter().flat_map(|(outer, part)| {
        let worked = acting(part).filter_map(|done| story(Some(outer), part, done));
        seen(outer, part).into_iter().chain(worked)
    });
    listed.chain(parts).collect()
}

/// What nothing removes alone, with the thing that takes it along.
fn parts<'a, 'c>(cast: &'c Cast<'a>) -> Vec<(&'c Life<'a>, Life<'a>)> {
    let contract = cast.contract;
    let makers = contract.operations.iter().filter(|operation| {
        let mut creations = cast.creations.iter();
        !creations.any(|creation| creation.makes == operation.id)
    });
    let parts = makers.filter_map(|makes| {
        let removes = taken_along_by(contract, makes)?;
        let around = makes.path.parameters().last()?;
        let mut lives = cast.lives.iter();
        let outer = lives.find(|life| life.removes.id == removes.id && life.name == around)?;
        Some((outer, part(contract, makes, removes)?))
    });
    parts.collect()
}

/// What is made inside of another thing, whose removal takes it along.
fn part<'a>(
    contract: &'a Contract,
    makes: &'a Operation,
    removes: &'a Operation,
) -> Option<Life<'a>> {
    let mut below = contract.operations.iter().filter_map(|other| {
        let further = other.path.0.strip_prefix(&makes.path.0[..])?;
        match further.first()? {
            Segment::Parameter(name) => Some((other, name.as_str())),
            Segment::Literal(_) => None,
        }
    });
    let (other, name) = below.next()?;
    Some(Life {
        contract,
        makes,
        removes,
        shows: contract.operations.iter().find(|shows| {
            shows.method == Method::Get
                && shows.response.is_some()
                && shows.path.collection().same_shape(&makes.path)
                && shows.path.parameters().last() == Some(name)
        }),
        changes: None,
        lists: listings(contract, other, name).into_iter().next(),
        name,
        path: makes.path.of_one(name),
        among: None,
        ids: vec![made_pointer(&own_id(makes)?, makes.is_async())?],
    })
}

/// A part is made, and seen as it was made.
fn seen(outer: &Life<'_>, part: &Life<'_>) -> Option<Scenario> {
    let mut steps = making(Some(outer), part);
    let made = steps.last()?.call.clone();
    let n_made = steps.len();
    if part.shows.is_some() {
        steps.extend(part.seen_as(part.makes, &made, "it is shown as it was made"));
    }
    steps.extend(part.listed(Some(&made)));
    (steps.len() > n_made).then_some(())?;
    steps.push(outer.removed());
    let title = "made inside of a thing that takes it along, and seen";
    Some(told(outer, part.makes, title, steps))
}

/// Something is done with a thing that is listed in the state to which this is said to lead. Where it needs another
/// state than that, it cannot be done again.
fn story(outer: Option<&Life<'_>>, life: &Life<'_>, operation: &Operation) -> Option<Scenario> {
    let (name, state) = state_after(life, operation)?;
    let word = operation.word();
    let mut steps = making(outer, life);
    steps.push(ScenarioStep {
        needed: needed_of(life.contract, operation, life.name),
        await_job: operation.is_async().then_some(JobEnd::Succeeded),
        ..step(
            &format!("`{word}` is done"),
            draft(operation),
            StepExpect::Offered,
        )
    });
    let needs_another = needs_another(life, operation, &state);
    steps.push(ScenarioStep {
        title: format!("it is listed as {state}"),
        patient: true,
        ..life.listed_with(Some(vec![(name, Template::Literal(state.into()))]))?
    });
    steps.extend(needs_another.then(|| ScenarioStep {
        tests: Some(Tests {
            rule: "state_precondition",
            field: None,
        }),
        ..step(
            &format!("`{word}` is done again"),
            draft(operation),
            StepExpect::Refused,
        )
    }));
    let outermost = outer.unwrap_or(life);
    steps.push(ScenarioStep {
        // The new state may well forbid it.
        expect: StepExpect::Either,
        ..outermost.removed()
    });
    Some(told(outermost, operation, "done, and listed so", steps))
}

/// A thing is made, and what it is made in before.
fn making(outer: Option<&Life<'_>>, life: &Life<'_>) -> Vec<ScenarioStep> {
    let outer = outer.map(|outer| ScenarioStep {
        title: "what it is made in is made".to_owned(),
        ..outer.made_one()
    });
    let mut make = values(life.makes, draft(life.makes), 1);
    make_one(life.makes, &mut make);
    let made = ScenarioStep {
        needed: needed(life.contract, life.makes),
        ..life.made(make)
    };
    outer.into_iter().chain([made]).collect()
}

fn told(life: &Life<'_>, about: &Operation, title: &str, steps: Vec<ScenarioStep>) -> Scenario {
    Scenario {
        id: CaseId(format!("{}/scenario/worked", about.id)),
        operation: about.id.clone(),
        title: title.to_owned(),
        take: life.taken(),
        steps,
    }
}

/// What can be done with the one thing alone.
fn acting<'a>(life: &Life<'a>) -> impl Iterator<Item = &'a Operation> {
    let operations = life.contract.operations.iter();
    let (collection, name) = (life.makes.path.0.clone(), life.name.to_owned());
    operations.filter(move |operation| {
        let further = operation.path.0.strip_prefix(&collection[..]);
        let is_its = |further: &[Segment]| match further {
            [Segment::Parameter(known), words @ ..] => {
                let are_words = words.iter().all(|word| matches!(word, Segment::Literal(_)));
                *known == name && are_words
            }
            _ => false,
        };
        further.is_some_and(is_its)
            && !operation.method.is_safe()
            && !seems_to_remove(operation)
            && Base::of(operation, Extent::Minimal, None).sure
    })
}

/// The state to which an operation is said to lead, as the items of the list have it, and what they call it.
fn state_after(life: &Life<'_>, operation: &Operation) -> Option<(String, String)> {
    let said = led_to(operation)?;
    let lists = life.lists.as_ref()?;
    let shown = lists.operation.response_fields();
    let (_, list) = shown.iter().find(|(path, _)| *path == lists.items)?;
    let mut fields = ["status", "state"]
        .iter()
        .filter_map(|name| list.child(name));
    let field = fields.find(|field| {
        field.kind == Kind::String && field.other_kinds.is_empty() && !is_versioned(field)
    })?;
    let mut states = texts_listed(field).into_iter();
    let state = states.find(|state| state.eq_ignore_ascii_case(said))?;
    Some((field.name.clone(), state))
}

/// Whether an operation says that it needs a thing in other states than this.
fn needs_another(life: &Life<'_>, operation: &Operation, state: &str) -> bool {
    operation.statements.iter().any(|said| {
        let Constraint::StatePrecondition {
            subject,
            rule,
            states,
        } = &said.constraint
        else {
            return false;
        };
        let is_of_it = subject
            .rsplit_once('.')
            .is_some_and(|(thing, _)| is_id_of(life.name, thing));
        let is_listed = states.iter().any(|known| known.eq_ignore_ascii_case(state));
        is_of_it && is_listed == (*rule == StatesRule::NoneOf)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Scalar, Statement, going_with, leading_to, sample};

    /// Lids that are made in kettles, or stand alone, and can be lifted once, which is said to lead to a state.
    fn told(routes: [&str; 5], is_part: bool, state: &str) -> String {
        let [makes, lists, lifts, makes_outer, removes] = routes;
        let routes = [
            (makes, "name", "id"),
            (lists, "", "lids.id"),
            (lifts, "", ""),
            (makes_outer, "name", "id"),
            (removes, "", ""),
        ];
        let mut operations =
            routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let statement = |constraint| Statement {
            constraint,
            at: sample::at(),
            rule: "test".to_owned(),
        };
        let more = sample::operation("GET /v1/more", "", "name status").response;
        let mut more = more.expect("it answers").fields;
        let values = ["CLOSED", "OPEN"].map(|word| Scalar::Text(word.to_owned()));
        more[1].statements.push(statement(Constraint::Enum {
            values: values.to_vec(),
            open: false,
        }));
        let list = &mut operations[1].response.as_mut().expect("it answers").fields[0];
        list.kind = Kind::Array(Box::new(Kind::Object));
        list.children.extend(more);
        let closed = Constraint::StatePrecondition {
            subject: "lids.status".to_owned(),
            rule: StatesRule::OneOf,
            states: vec!["CLOSED".to_owned()],
        };
        operations[2].statements = vec![statement(leading_to(state)), statement(closed)];
        if is_part {
            let along = going_with(&["lids".to_owned()]);
            operations[4].statements.push(statement(along));
        }
        let told = tell(worked, &sample::contract(operations.to_vec()));
        let lines = told.iter().flat_map(|story| {
            let steps = story.steps.iter();
            let steps = steps.map(|step| {
                let held = step.holds.first().map(|hold| hold.rule.template());
                let held = held.map_or_else(String::new, |held| format!(" {held:?}"));
                format!("  {} {:?}{held}\n", step.title, step.expect)
            });
            std::iter::once(format!("{}\n", story.id)).chain(steps)
        });
        lines.collect()
    }

    const IN_KETTLES: [&str; 5] = [
        "POST /v1/kettles/{kettle_id}/lids",
        "GET /v1/kettles/{kettle_id}/lids",
        "POST /v1/kettles/{kettle_id}/lids/{lid_id}/lift",
        "POST /v1/kettles",
        "DELETE /v1/kettles/{kettle_id}",
    ];

    #[test]
    fn what_goes_along_with_another_thing_is_worked_with() {
        insta::assert_snapshot!(told(IN_KETTLES, true, "open"), @r#"
        kettles.lids/scenario/worked
          what it is made in is made Accepted
          it is made Accepted
          it is listed Accepted Object([("id", Kept("lid_id")), ("name", Literal(String("proofhouse1")))])
          it is removed Accepted
        kettles.lids.lift/scenario/worked
          what it is made in is made Accepted
          it is made Accepted
          `lift` is done Offered
          it is listed as OPEN Accepted Object([("id", Kept("lid_id")), ("status", Literal(String("OPEN")))])
          `lift` is done again Refused
          it is removed Either
        "#);
        assert_eq!(
            told(IN_KETTLES, false, "OPEN"),
            "",
            "nothing takes it along"
        );
    }

    #[test]
    fn a_state_that_no_list_has_is_not_waited_for() {
        let told = told(IN_KETTLES, true, "UP");
        assert!(!told.contains("is done"), "{told}");
    }

    #[test]
    fn what_is_only_listed_is_worked_with() {
        let routes = [
            "POST /v1/lids",
            "GET /v1/lids",
            "POST /v1/lids/{lid_id}/lift",
            "POST /v1/kettles",
            "DELETE /v1/lids/{lid_id}",
        ];
        insta::assert_snapshot!(told(routes, false, "OPEN"), @r#"
        lids.lift/scenario/worked
          it is made Accepted
          `lift` is done Offered
          it is listed as OPEN Accepted Object([("id", Kept("lid_id")), ("status", Literal(String("OPEN")))])
          `lift` is done again Refused
          it is removed Either
        "#);
    }
}
