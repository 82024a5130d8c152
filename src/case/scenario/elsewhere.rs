//! Stories of what stands inside of something: it is shown there, and not inside of another thing of the
//! same sort, from where it cannot be removed either, and whose removal it outlives.
//!
//! Main entry: [`elsewhere`]. Told by rule of things that are made at once in a collection of another thing,
//! where such a thing can be made, too.

use super::counts::compared_in;
use super::life::{Life, values};
use super::rule::{draft, item_like, make_one, pointer, step};
use super::{Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use crate::case::{CaseId, Given};
use crate::contract::{Contract, is_project};

/// The name under which the id of the other thing around is kept.
const OTHER: &str = "the other one around";

/// The stories of all things that stand inside of others.
pub(super) fn elsewhere(cast: &Cast<'_>) -> Vec<Scenario> {
    let lives = || cast.lives.iter();
    let inner = lives().filter(|inner| !inner.takes_jobs() && inner.is_placed());
    let stories = inner.filter_map(|inner| {
        let around = inner.makes.path.parameters().last()?;
        let outer = lives().find(|outer| outer.name == around && !is_project(around))?;
        let is_inside = inner.makes.path.0.starts_with(&outer.path.0);
        is_inside.then(|| story(cast.contract, inner, outer))?
    });
    stories.collect()
}

fn story(contract: &Contract, inner: &Life<'_>, outer: &Life<'_>) -> Option<Scenario> {
    let shows = inner.shows?;
    let other = || (outer.name.to_owned(), Given::Kept(OTHER.to_owned()));
    let mut make = draft(outer.makes);
    make_one(outer.makes, &mut make);
    let made = outer.made_as(OTHER, values(outer.makes, make, 2));
    let refused = |title: &str, operation| {
        let mut call = draft(operation);
        call.path.push(other());
        ScenarioStep {
            unchanged: vec![draft(shows)],
            ..step(title, call, StepExpect::Refused)
        }
    };
    let removed = outer.removed_as(OTHER);
    let is_named = inner.among.is_none();
    let from_other = is_named.then(|| refused("it is removed from the other one", inner.removes));
    let not_listed = inner.lists.as_ref().and_then(|lists| {
        let mut call = draft(lists.operation);
        call.path.push(other());
        let lacks = HoldRule::Lacks(item_like(&lists.ids, inner.name));
        Some(ScenarioStep {
            holds: vec![Hold::here(pointer(&lists.items)?, lacks)],
            ..step(
                "the other one is listed without it",
                call,
                StepExpect::Accepted,
            )
        })
    });
    let counted = outer.shows.iter();
    let counted = counted.flat_map(|shows| compared_in(contract, inner, shows, &other()));
    let mut make = draft(inner.makes);
    make_one(inner.makes, &mut make);
    Some(Scenario {
        id: CaseId(format!("{}/scenario/elsewhere", inner.makes.id)),
        operation: inner.makes.id.clone(),
        title: "what is inside of one thing is not inside of another".to_owned(),
        take: inner.taken(),
        steps: vec![
            ScenarioStep {
                title: "something around it is made".to_owned(),
                ..made
            },
            inner.made(make),
            step("it is shown", draft(shows), StepExpect::Accepted),
            refused("it is shown inside of the other one", shows),
        ]
        .into_iter()
        .chain(from_other)
        .chain(not_listed)
        .chain(counted)
        .chain([
            ScenarioStep {
                title: "the other one is removed".to_owned(),
                ..removed
            },
            step("it is still shown", draft(shows), StepExpect::Accepted),
            inner.removed(),
        ])
        .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::sample;

    #[test]
    fn what_is_inside_of_one_is_asked_for_inside_of_another() {
        let routes = [
            ("POST /v1/kettles", "kettle.name", "kettle.id"),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
            ("POST /v1/kettles/{kettle_id}/lids", "lid.name", "lid.id"),
            ("GET /v1/kettles/{kettle_id}/lids/{lid_id}", "", "lid.id"),
            ("DELETE /v1/kettles/{kettle_id}/lids/{lid_id}", "", ""),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let told = tell(elsewhere, &sample::contract(operations.to_vec()));
        let steps = told.iter().flat_map(|story| &story.steps);
        let lines = steps.map(|step| format!("{} {:?}\n", step.call.operation, step.call.path));
        insta::assert_snapshot!(lines.collect::<String>(), @r#"
        kettles.create []
        kettles.lids []
        kettles.lids.show []
        kettles.lids.show [("kettle_id", Kept("the other one around"))]
        kettles.lids.delete [("kettle_id", Kept("the other one around"))]
        kettles.delete [("kettle_id", Kept("the other one around"))]
        kettles.lids.show []
        kettles.lids.delete []
        "#);
    }
}
