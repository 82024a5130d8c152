//! Stories of what is in use: as long as something else uses a thing it cannot be removed, and afterwards it can.
//!
//! Main entry: [`used`]. Told by rule of removals that say so. Who uses a thing is read from requests: where
//! the sentence has a word for it, what is called so and made with the thing's id or inside of it; else what it is
//! attached to.

use super::life::Life;
use super::rule::{draft, make_one, smallest, step};
use super::{Call, Cast, JobEnd, Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::request::{Base, Edit, Extent, sites};
use crate::case::{CaseId, Template};
use crate::contract::{Contract, Creation, FieldPath, Kind, Named, Operation, Step};

/// The stories of all things that cannot be removed while they are in use.
pub(super) fn used(cast: &Cast<'_>) -> Vec<Scenario> {
    // Of many at once, each may be refused for itself.
    let alone = cast.lives.iter().filter(|life| life.among.is_none());
    let stories = alone.flat_map(|life| {
        let users = user_words(life.removes).map(|said| users(cast, life, said));
        let users = users.unwrap_or_default().into_iter();
        users.map(|user| story(life, user)).collect::<Vec<_>>()
    });
    stories.collect()
}

/// What a removal says of who must not use the thing any more: nothing, or the word for it.
fn user_words(removes: &Operation) -> Option<&str> {
    let mut said = removes.statements.iter();
    said.find_map(|said| said.constraint.in_use_by())
}

/// What uses a thing: how that begins, and how it ends.
struct User<'a> {
    makes: &'a Operation,
    begins: ScenarioStep,
    ends: ScenarioStep,
}

fn users<'a>(cast: &Cast<'a>, life: &Life<'_>, said: &str) -> Vec<User<'a>> {
    let users = cast.creations.iter().filter_map(|creation| match said {
        "" => attached(cast.contract, creation, life),
        said => made_with(cast.contract, creation, life, said)
            .or_else(|| attached_to(cast.contract, creation, life, said)),
    });
    users.collect()
}

/// What is called as the sentence calls it and made with the id of the thing.
fn made_with<'a>(
    contract: &'a Contract,
    creation: &Creation,
    life: &Life<'_>,
    said: &str,
) -> Option<User<'a>> {
    let makes = contract.operation(&creation.makes)?;
    let user = Life::of(contract, creation)?;
    let (call, is_sure) = using(makes, life.name, |path| path.leaf() == life.name)
        .or_else(|| inside(makes, life.name))?;
    let is_meant = user.name != life.name && is_called(user.name, said);
    is_meant.then(|| User {
        makes,
        begins: begun(user.made(call), is_sure),
        ends: user.removed(),
    })
}

/// What the thing is attached to.
fn attached<'a>(contract: &'a Contract, creation: &Creation, life: &Life<'_>) -> Option<User<'a>> {
    let Named::Parameter { name, asked, .. } = &creation.named else {
        return None;
    };
    let (makes, removes) = (
        contract.operation(&creation.makes)?,
        contract.operation(&creation.removes)?,
    );
    let (call, is_sure) = using(makes, life.name, |path| asked.contains(path))?;
    (name == life.name).then(|| User {
        makes,
        begins: begun(done(makes, call), is_sure),
        ends: done(removes, smallest(removes)),
    })
}

/// What is called as the sentence calls it, and is attached to the thing.
fn attached_to<'a>(
    contract: &'a Contract,
    creation: &Creation,
    life: &Life<'_>,
    said: &str,
) -> Option<User<'a>> {
    let Named::Parameter { name, .. } = &creation.named else {
        return None;
    };
    let (makes, removes) = (
        contract.operation(&creation.makes)?,
        contract.operation(&creation.removes)?,
    );
    let (call, is_sure) = inside(makes, life.name)?;
    is_called(name, said).then(|| User {
        makes,
        begins: begun(done(makes, call), is_sure),
        ends: done(removes, smallest(removes)),
    })
}

/// A step that is over once its job is.
fn done(operation: &Operation, call: Call) -> ScenarioStep {
    ScenarioStep {
        await_job: operation.is_async().then_some(JobEnd::Succeeded),
        ..step("", call, StepExpect::Accepted)
    }
}

/// Whether a parameter names what a word says: `garden_id` a garden, or gardens.
fn is_called(name: &str, word: &str) -> bool {
    let thing = name
        .trim_end_matches("_id")
        .trim_end_matches("Id")
        .replace('_', " ");
    thing.eq_ignore_ascii_case(word.trim_end_matches('s'))
}

/// The request that names the kept thing at a place, and whether it is known to be fine.
pub(super) fn using(
    makes: &Operation,
    kept: &str,
    is_there: impl Fn(&FieldPath) -> bool,
) -> Option<(Call, bool)> {
    let sites = sites(makes);
    let site = sites.iter().find(|site| {
        let plain = site.path.0.iter().all(|step| matches!(step, Step::Name(_)));
        site.place.is_none() && plain && site.field.kind == Kind::String && is_there(&site.path)
    })?;
    let base = Base::of(makes, Extent::Minimal, Some(site));
    let mut call = smallest(makes);
    let mut whole = base.draft;
    let thing = Template::Kept(kept.to_owned());
    if !site.edit(&mut whole, &Edit::Set(thing)) {
        return None;
    }
    call.body = whole.body;
    make_one(makes, &mut call);
    Some((call, base.sure))
}

/// The request for something inside of the kept thing, and whether it is known to be fine.
fn inside(makes: &Operation, kept: &str) -> Option<(Call, bool)> {
    let base = Base::of(makes, Extent::Minimal, None);
    let mut call = smallest(makes);
    make_one(makes, &mut call);
    let is_inside = makes.path.parameters().any(|name| name == kept);
    is_inside.then_some((call, base.sure))
}

/// Where nobody knows whether the request is fine, the story ends with its refusal.
pub(super) fn begun(step: ScenarioStep, is_sure: bool) -> ScenarioStep {
    ScenarioStep {
        title: "something begins to use it".to_owned(),
        expect: match is_sure {
            true => step.expect,
            false => StepExpect::Offered,
        },
        ..step
    }
}

fn story(life: &Life<'_>, user: User<'_>) -> Scenario {
    let refused = ScenarioStep {
        tests: Some(Tests {
            rule: "other",
            field: None,
        }),
        ..step(
            "it is removed while it is in use",
            life.removal(life.name),
            StepExpect::Refused,
        )
    };
    let shown = life
        .shows
        .map(|shows| step("it is still there", draft(shows), StepExpect::Accepted));
    let ends = ScenarioStep {
        title: "nothing uses it any more".to_owned(),
        ..user.ends
    };
    let mut steps = vec![life.made_one(), user.begins, refused];
    steps.extend(shown);
    steps.extend([ends, life.removed()]);
    Scenario {
        id: CaseId(format!(
            "{}/scenario/used-by-{}",
            life.removes.id, user.makes.id
        )),
        operation: life.removes.id.clone(),
        title: "it cannot be removed while it is in use".to_owned(),
        take: life.taken_with(user.makes),
        steps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Constraint, Statement, sample};

    fn told(said: &str) -> Vec<String> {
        told_of("kettles.delete", said)
    }

    fn told_of(removal: &str, said: &str) -> Vec<String> {
        let routes = [
            ("POST /v1/stoves", "stove.name", "stove.id"),
            ("DELETE /v1/stoves/{stove_id}", "", ""),
            ("POST /v1/kettles", "kettle.name", "kettle.id"),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
            ("POST /v1/meals", "meal.name meal.kettle_id", "meal.id"),
            ("DELETE /v1/meals/{meal_id}", "", ""),
            ("POST /v1/kettles/{kettle_id}/lids", "lid.name", "lid.id"),
            ("DELETE /v1/kettles/{kettle_id}/lids/{lid_id}", "", ""),
            ("POST /v1/stoves/{stove_id}/kettles", "kettle_id", ""),
            ("DELETE /v1/stoves/{stove_id}/kettles/{kettle_id}", "", ""),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let mut contract = sample::contract(operations.to_vec());
        let removes = contract
            .operations
            .iter_mut()
            .find(|operation| operation.id.as_str() == removal);
        removes.unwrap().statements.push(Statement {
            constraint: Constraint::Other(said.to_owned()),
            at: sample::at(),
            rule: "made up".to_owned(),
        });
        let stories = tell(used, &contract).into_iter();
        let told = stories.map(|story| {
            let steps = story.steps.iter();
            let calls = steps.map(|step| format!("{} {:?}", step.call.operation, step.expect));
            calls.collect::<Vec<_>>().join(", ")
        });
        told.collect()
    }

    #[test]
    fn whatever_uses_it_keeps_it() {
        insta::assert_snapshot!(told("not while it is in use").join("\n"), @r"
        kettles.create Accepted, stoves.kettles Accepted, kettles.delete Refused, stoves.kettles.delete Accepted, kettles.delete Accepted
        ");
    }

    #[test]
    fn what_is_attached_to_it_keeps_it() {
        let told = told_of("stoves.delete", "not while it is in use: kettles");
        insta::assert_snapshot!(told.join("\n"), @r"
        stoves.create Accepted, stoves.kettles Accepted, stoves.delete Refused, stoves.kettles.delete Accepted, stoves.delete Accepted
        ");
    }

    #[test]
    fn only_what_is_named_keeps_it() {
        insta::assert_snapshot!(told("not while it is in use: meal").join("\n"), @r"
        kettles.create Accepted, meals.create Offered, kettles.delete Refused, meals.delete Accepted, kettles.delete Accepted
        ");
        insta::assert_snapshot!(told("not while it is in use: lids").join("\n"), @r"
        kettles.create Accepted, kettles.lids Offered, kettles.delete Refused, kettles.lids.delete Accepted, kettles.delete Accepted
        ");
        assert_eq!(told("not while it is in use: party"), [""; 0]);
        assert_eq!(told("something else"), [""; 0]);
    }
}
