//! Stories of what is done with things that other stories pass over: that only a list shows, or that nothing removes
//! but the removal of the thing which they are made in.
//!
//! Main entry: [`worked`]. Told by rule of operations that are said to lead to a state which the list tells: they do,
//! and where they need another state they are refused after that.

use super::ends::led_to;
use super::life::{Life, values};
use super::rule::{draft, make_one, pointer, step};
use super::states::{is_id_of, needed};
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
    let listed = listed.filter_map(|life| story(None, life));
    let parts = parts(cast);
    let parts = parts
        .iter()
        .filter_map(|(outer, part)| story(Some(outer), part));
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
        let mut lives = cast.lives.iter();
        let outer = lives.find(|life| life.removes.id == removes.id)?;
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
        let name = other
            .path
            .parameters()
            .nth(makes.path.parameters().count())?;
        let is_below = other.path.0.starts_with(&makes.path.0);
        is_below.then_some((other, name))
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
        ids: vec![pointer(&own_id(makes)?)?],
    })
}

fn story(outer: Option<&Life<'_>>, life: &Life<'_>) -> Option<Scenario> {
    let mut made = values(life.makes, draft(life.makes), 1);
    make_one(life.makes, &mut made);
    let mut steps: Vec<ScenarioStep> = outer.map(of_its_own).into_iter().collect();
    steps.push(ScenarioStep {
        needed: needed(life.contract, life.makes),
        ..life.made(made.clone())
    });
    if outer.is_some() {
        steps.extend(
            life.shows
                .and(life.seen_as(life.makes, &made, "it is shown as it was made")),
        );
        steps.extend(life.listed(Some(&made)));
    }
    steps.extend(
        acting(life)
            .filter_map(|operation| done(life, operation))
            .flatten(),
    );
    steps.push(outer.unwrap_or(life).removed());
    // Of things with lives of their own only what is done with them is new.
    let tells = steps.iter().any(|step| !step.holds.is_empty());
    tells.then(|| Scenario {
        id: CaseId(format!("{}/scenario/worked", life.makes.id)),
        operation: life.makes.id.clone(),
        title: "made, listed, and worked with".to_owned(),
        take: outer.unwrap_or(life).taken(),
        steps,
    })
}

fn of_its_own(outer: &Life<'_>) -> ScenarioStep {
    let mut make = draft(outer.makes);
    make_one(outer.makes, &mut make);
    ScenarioStep {
        title: "what it is made in is made".to_owned(),
        ..outer.made(make)
    }
}

/// What can be done with the one thing alone.
fn acting<'a>(life: &Life<'a>) -> impl Iterator<Item = &'a Operation> {
    let operations = life.contract.operations.iter();
    operations.filter(|operation| {
        let further = operation.path.0.strip_prefix(&life.makes.path.0[..]);
        let is_its = |further: &[Segment]| match further {
            [Segment::Parameter(name), words @ ..] => {
                let are_words = words.iter().all(|word| matches!(word, Segment::Literal(_)));
                *name == life.name && are_words
            }
            _ => false,
        };
        further.is_some_and(is_its)
            && !operation.method.is_safe()
            && !seems_to_remove(operation)
            && Base::of(operation, Extent::Minimal, None).sure
    })
}

/// It is done, and the thing is listed in the state to which that is said to lead. Where it needs another state than
/// that, it cannot be done again.
fn done(life: &Life<'_>, operation: &Operation) -> Option<Vec<ScenarioStep>> {
    let state = led_to(operation)?;
    let told = vec![(state_name(life)?, Template::Literal(state.into()))];
    let word = operation.word();
    let steps = vec![
        ScenarioStep {
            await_job: operation.is_async().then_some(JobEnd::Succeeded),
            ..step(
                &format!("`{word}` is done"),
                draft(operation),
                StepExpect::Offered,
            )
        },
        ScenarioStep {
            title: format!("it is listed as {state}"),
            patient: true,
            ..life.listed_with(Some(told))?
        },
    ];
    let again = needs_another(life, operation, state).then(|| ScenarioStep {
        tests: Some(Tests {
            rule: "state_precondition",
            field: None,
        }),
        ..step(
            &format!("`{word}` is done again"),
            draft(operation),
            StepExpect::Refused,
        )
    });
    Some(steps.into_iter().chain(again).collect())
}

/// The member of a listed item that tells its state.
fn state_name(life: &Life<'_>) -> Option<String> {
    let lists = life.lists.as_ref()?;
    let shown = lists.operation.response_fields();
    let (_, list) = shown.iter().find(|(path, _)| *path == lists.items)?;
    let mut names = ["status", "state"].into_iter();
    let name = names.find(|name| {
        list.child(name)
            .is_some_and(|field| field.kind == Kind::String)
    });
    name.map(str::to_owned)
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
    use crate::contract::{Statement, going_with, leading_to, sample};

    /// Lids that are made in kettles, or stand alone, and can be lifted once.
    fn told(routes: [&str; 5], is_part: bool) -> String {
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
        let more = sample::operation("GET /v1/more", "", "name status").response;
        let list = &mut operations[1].response.as_mut().expect("it answers").fields[0];
        list.kind = Kind::Array(Box::new(Kind::Object));
        list.children.extend(more.expect("it answers").fields);
        let statement = |constraint| Statement {
            constraint,
            at: sample::at(),
            rule: "test".to_owned(),
        };
        let closed = Constraint::StatePrecondition {
            subject: "lids.status".to_owned(),
            rule: StatesRule::OneOf,
            states: vec!["CLOSED".to_owned()],
        };
        operations[2].statements = vec![statement(leading_to("OPEN")), statement(closed)];
        if is_part {
            operations[4]
                .statements
                .push(statement(going_with(&["lids".to_owned()])));
        }
        let told = tell(worked, &sample::contract(operations.to_vec()));
        let steps = told.iter().flat_map(|story| &story.steps);
        let steps = steps.map(|step| format!("{} {:?}\n", step.title, step.expect));
        steps.collect()
    }

    #[test]
    fn what_goes_along_with_another_thing_is_worked_with() {
        let routes = [
            "POST /v1/kettles/{kettle_id}/lids",
            "GET /v1/kettles/{kettle_id}/lids",
            "POST /v1/kettles/{kettle_id}/lids/{lid_id}/lift",
            "POST /v1/kettles",
            "DELETE /v1/kettles/{kettle_id}",
        ];
        insta::assert_snapshot!(told(routes, true), @r"
        what it is made in is made Accepted
        it is made Accepted
        it is listed Accepted
        `lift` is done Offered
        it is listed as OPEN Accepted
        `lift` is done again Refused
        it is removed Accepted
        ");
        assert_eq!(told(routes, false), "", "nothing takes it along");
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
        insta::assert_snapshot!(told(routes, false), @r"
        it is made Accepted
        `lift` is done Offered
        it is listed as OPEN Accepted
        `lift` is done again Refused
        it is removed Accepted
        ");
    }
}
