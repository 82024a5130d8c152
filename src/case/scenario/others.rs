//! Stories of two things of one sort: what is done to one of them leaves the other one as it is.
//!
//! Main entry: [`others`]. Told by rule of things that can be made and shown. What of the other one is looked
//! at is what such operations could have changed: its state, flags that are called like them, and what they
//! send.

use serde_json::Value;

use super::life::{Life, values};
use super::rule::{draft, make_one, pointer, step};
use super::states::state_of;
use super::{Call, Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use crate::case::request::{Edit, sites};
use crate::case::{CaseId, Template};
use crate::contract::{Contract, Kind, Operation, Presence, Segment, letters, seems_to_remove};
use crate::wire::Method;

/// The name under which the id of the other thing is kept.
const OTHER: &str = "the other one";

/// More operations are not tried in one story.
const MOST: usize = 12;

/// The stories of all sorts of things with which something can be done.
pub(super) fn others(cast: &Cast<'_>) -> Vec<Scenario> {
    let lives = cast.lives.iter();
    lives
        .filter_map(|life| story(cast.contract, life))
        .collect()
}

fn story(contract: &Contract, life: &Life<'_>) -> Option<Scenario> {
    let acting: Vec<&Operation> = acting(contract, life).take(MOST).collect();
    let (first, as_before) = match life.shows {
        Some(shows) => shown(life, shows, &acting)?,
        None => {
            let listed = listed(life, &acting)?;
            (Some(listed.clone()), listed)
        }
    };
    if acting.is_empty() {
        return None;
    }
    let mut steps = vec![one(life, life.name, 1), one(life, OTHER, 2)];
    steps.extend(first);
    for operation in acting {
        let call = without_switches(operation, values(operation, draft(operation), 3));
        steps.push(step("it is done to one", call, StepExpect::Either));
        steps.push(ScenarioStep {
            title: format!("after `{}` the other one is as it was", operation.id),
            ..as_before.clone()
        });
    }
    // What was done may well forbid it.
    let removed = [life.removed(), life.removed_as(OTHER)];
    steps.extend(removed.map(|step| ScenarioStep {
        expect: StepExpect::Either,
        ..step
    }));
    Some(Scenario {
        id: CaseId(format!("{}/scenario/others", life.makes.id)),
        operation: life.makes.id.clone(),
        title: "what is done to one leaves another one alone".to_owned(),
        take: life.taken(),
        steps,
    })
}

/// The other one is shown, and shown later as it was then.
fn shown(
    life: &Life<'_>,
    shows: &Operation,
    acting: &[&Operation],
) -> Option<(Option<ScenarioStep>, ScenarioStep)> {
    let seen = seen(shows, acting);
    let shown = life.shown_as(shows, OTHER, "the other one is shown");
    let capture = seen.iter().map(|place| (kept(place), place.clone()));
    let as_it_was = |place: &String| {
        let rule = HoldRule::Equals(Template::Kept(kept(place)));
        Hold::here(place.clone(), rule)
    };
    let first = ScenarioStep {
        capture: capture.collect(),
        ..shown.clone()
    };
    let later = ScenarioStep {
        holds: seen.iter().map(as_it_was).collect(),
        ..shown
    };
    (!seen.is_empty()).then_some((Some(first), later))
}

/// The other one is listed as it was made, in what these operations send.
fn listed(life: &Life<'_>, acting: &[&Operation]) -> Option<ScenarioStep> {
    let made = one(life, OTHER, 2).call;
    let mut told = life.told_in(life.lists.as_ref()?, life.makes, &made);
    told.retain(|(name, value)| {
        let is_flag = matches!(value, Template::Literal(Value::Bool(_)));
        is_sent(name, acting) && !is_flag && !passes_on(name)
    });
    let listed = (!told.is_empty()).then(|| life.listed_as(OTHER, Some(told)))??;
    Some(ScenarioStep {
        title: "the other one is listed".to_owned(),
        patient: true,
        ..listed
    })
}

/// Whether one of these operations sends something that is called so.
fn is_sent(name: &str, acting: &[&Operation]) -> bool {
    let mut sent = acting
        .iter()
        .flat_map(|operation| operation.request_fields());
    sent.any(|(path, _)| path.leaf() == name)
}

fn kept(place: &str) -> String {
    format!("other {place}")
}

/// One of the two is made.
fn one(life: &Life<'_>, kept: &str, nth: usize) -> ScenarioStep {
    let mut call = draft(life.makes);
    make_one(life.makes, &mut call);
    life.made_as(kept, values(life.makes, call, nth))
}

/// What can be done with one thing without anything else that must be there.
fn acting<'a>(contract: &'a Contract, life: &Life<'_>) -> impl Iterator<Item = &'a Operation> {
    let (whole, name) = (life.path.0.clone(), life.name.to_owned());
    contract.operations.iter().filter(move |operation| {
        let further = operation.path.0.strip_prefix(&whole[..]);
        let is_alone = |further: &[Segment]| {
            let mut segments = further.iter();
            segments.all(|segment| matches!(segment, Segment::Literal(_)))
        };
        let names_it = operation.path.parameters().any(|known| known == name);
        names_it
            && further.is_some_and(is_alone)
            && !operation.method.is_safe()
            && operation.method != Method::Delete
            && !seems_to_remove(operation)
            && !passes_on(operation.word())
            && !draft(operation).body.as_ref().is_some_and(has_lent)
    })
}

/// The request without switches that may be left out: they protect things, or pass from one to another.
fn without_switches(operation: &Operation, mut call: Call) -> Call {
    let mut draft = call.draft(operation);
    let sites = sites(operation);
    let switches = sites.iter().filter(|site| {
        let may_go = site.field.presence == Presence::Optional;
        site.place.is_none() && site.field.kind == Kind::Boolean && may_go
    });
    for switch in switches {
        switch.edit(&mut draft, &Edit::Remove);
    }
    call.body = draft.body;
    call
}

/// Whether this is a word for what passes from one thing to another, or is shared out among them.
pub(super) fn passes_on(name: &str) -> bool {
    const WORDS: [&str; 14] = [
        "default", "primary", "main", "master", "leader", "active", "activate", "promote",
        "publish", "failover", "position", "priority", "order", "rank",
    ];
    let name = letters(name);
    WORDS.iter().any(|word| name.contains(word))
}

fn has_lent(template: &Template) -> bool {
    match template {
        Template::Lent(_) => true,
        Template::Literal(_) | Template::Kept(_) => false,
        Template::Object(members) => members.iter().any(|(_, member)| has_lent(member)),
        Template::Array(items) => items.iter().any(has_lent),
    }
}

/// Where a thing shows what these operations could change: what they send, flags that are called like
/// them (`locked`), and its state.
fn seen(shows: &Operation, acting: &[&Operation]) -> Vec<String> {
    let is_done = |name: &str| {
        let mut words = acting.iter().map(|operation| letters(operation.word()));
        words.any(|word| word.len() > 2 && letters(name).starts_with(&word))
    };
    let fields = shows.response_fields().into_iter();
    let changeable = fields.filter(|(path, field)| {
        let name = path.leaf();
        let is_plain = field.children.is_empty() && field.kind != Kind::Object;
        let is_flag = field.kind == Kind::Boolean && is_done(name);
        let is_text = field.kind != Kind::Boolean && is_sent(name, acting);
        path.0.len() <= 2 && is_plain && (is_flag || is_text) && !passes_on(name)
    });
    let places = changeable.filter_map(|(path, _)| pointer(&path));
    let mut places: Vec<String> = places.chain(state_of(shows)).collect();
    places.sort();
    places.dedup();
    places
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::sample;

    #[test]
    fn what_is_done_to_one_is_not_seen_of_the_other() {
        let routes = [
            ("POST /v1/kettles", "kettle.name", "kettle.id"),
            (
                "GET /v1/kettles/{kettle_id}",
                "",
                "kettle.status kettle.name kettle.heat",
            ),
            ("PUT /v1/kettles/{kettle_id}", "kettle.name", ""),
            ("POST /v1/kettles/{kettle_id}/boil", "", ""),
            ("POST /v1/kettles/{kettle_id}/lids/{lid_id}/lift", "", ""),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let told = tell(others, &sample::contract(operations.to_vec()));
        let steps = told.iter().flat_map(|story| &story.steps);
        let lines = steps.map(|step| {
            let holds = step.holds.iter().map(|hold| hold.pointer.as_str());
            let seen: Vec<&str> = holds.collect();
            let call = &step.call;
            let told = format!("{} {:?} {}", call.operation, call.path, seen.join(" "));
            format!("{}\n", told.trim_end())
        });
        insta::assert_snapshot!(lines.collect::<String>(), @r#"
        kettles.create []
        kettles.create []
        kettles.show [("kettle_id", Kept("the other one"))]
        kettles.update []
        kettles.show [("kettle_id", Kept("the other one"))] /kettle/name /kettle/status
        kettles.boil []
        kettles.show [("kettle_id", Kept("the other one"))] /kettle/name /kettle/status
        kettles.delete []
        kettles.delete [("kettle_id", Kept("the other one"))]
        "#);
    }

    #[test]
    fn what_only_a_list_shows_is_listed_as_it_was() {
        let routes = [
            ("POST /v1/kettles", "kettle.name", "kettle.id"),
            ("GET /v1/kettles", "", "kettles.id"),
            ("PUT /v1/kettles/{kettle_id}", "kettle.name", ""),
            ("DELETE /v1/kettles/{kettle_id}", "", ""),
        ];
        let mut operations =
            routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let listed = operations[1].response.as_mut().expect("it answers");
        let name = sample::operation("GET /v1/lids", "", "name").response;
        let list = &mut listed.fields[0];
        list.kind = Kind::Array(Box::new(Kind::Object));
        list.children
            .extend(name.into_iter().flat_map(|body| body.fields));
        let told = tell(others, &sample::contract(operations.to_vec()));
        let steps = told.iter().flat_map(|story| &story.steps);
        let lines = steps.map(|step| {
            let rule = step.holds.first().map(|hold| hold.rule.template());
            let rule = rule.map_or_else(String::new, |rule| format!(" {rule:?}"));
            format!("{}{rule}\n", step.call.operation)
        });
        insta::assert_snapshot!(lines.collect::<String>(), @r#"
        kettles.create
        kettles.create
        kettles.list Object([("id", Kept("the other one")), ("name", Literal(String("proofhouse2")))])
        kettles.update
        kettles.list Object([("id", Kept("the other one")), ("name", Literal(String("proofhouse2")))])
        kettles.delete
        kettles.delete
        "#);
    }
}
