//! Stories of quotas: as many things as may be, and one more.
//!
//! Main entry: [`full`]. Told by rule: `plots per garden` is how many things the operation may make
//! below one garden, `tags per garden` how many items the list of that name may have in the end, and a
//! quota of a map how many entries.
//! What was there before is not known, so only the end counts: no list shows more than may be.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::entries;
use super::items::keeps_others;
use super::life::values;
use super::rule::{draft, is_paged, limit_of, make_one, pointer, step, with_items};
use super::{Call, Cast, Hold, HoldRule, JobEnd, Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::request::{Base, Extent, Site, of_items, sites};
use crate::case::valid::scalar;
use crate::case::{CaseId, Given, Template};
use crate::contract::{
    Constraint, Contract, Creation, FieldPath, Kind, Operation, PER_CALL, PathTemplate, Segment,
    Statement, is_project, listings,
};
use crate::wire::Method;

/// More things than this are not made for one story.
const MOST: u64 = 64;
/// More entries than this are not written into a map.
const MOST_ENTRIES: u64 = 50;
/// More things than this are not made side by side with other people's.
const MOST_IN_PROJECT: u64 = 30;

/// The stories of all quotas that can be filled.
pub(super) fn full(cast: &Cast<'_>) -> Vec<Scenario> {
    let contract = cast.contract;
    let stories = contract.operations.iter().filter_map(|operation| {
        let creation = cast
            .creations
            .iter()
            .find(|creation| creation.makes == operation.id && creation.is_own(contract));
        match creation {
            Some(creation) => of_things(contract, operation, creation)
                .or_else(|| of_one_at_a_time(contract, operation)),
            None => by_name(contract, operation)
                .or_else(|| of_items_of(contract, operation))
                .or_else(|| of_entries_of(contract, operation))
                .or_else(|| of_one_at_a_time(contract, operation)),
        }
    });
    stories.collect()
}

/// The quotas that are said: what is counted, and the most.
fn quotas(said: &[Statement]) -> Vec<(&str, u64)> {
    let quotas = said.iter().filter_map(|said| {
        let Constraint::Quota { of, max: Some(max) } = &said.constraint else {
            return None;
        };
        Some((of.as_str(), *max))
    });
    quotas.filter(|(of, _)| *of != PER_CALL).collect()
}

/// Whether what is counted are the things of this name. A word of another language may mean them.
fn counts(of: &str, thing: &str) -> bool {
    let counted = of.split(" per ").next().unwrap_or_default();
    let singular = counted.trim_end_matches('s').replace(' ', "_");
    singular.eq_ignore_ascii_case(thing.trim_end_matches('s'))
}

/// The one limit that is said of how many things there may be whose ids have this name. `alone`: a limit in another
/// language that is the only one is that of these things.
pub(super) fn most_of(said: &[Statement], name: &str, alone: bool) -> Option<u64> {
    let thing = name.trim_end_matches("_id").trim_end_matches("Id");
    let quotas = quotas(said);
    let mut named = quotas.iter().filter(|(of, _)| counts(of, thing));
    let only = quotas.first();
    let only = only.filter(|(of, _)| alone && quotas.len() == 1 && !of.is_ascii());
    let (_, max) = *named.next().or(only)?;
    named.next().is_none().then_some(max)
}

/// Things are made below one owner until no more may be.
fn of_things(contract: &Contract, makes: &Operation, creation: &Creation) -> Option<Scenario> {
    let name = creation.named.id()?;
    let of_project = makes.path.parameters().all(is_project);
    let max = most_of(&makes.statements, name, !of_project)?;
    let most = if of_project { MOST_IN_PROJECT } else { MOST };
    let removes = contract.operation(&creation.removes)?;
    let listings = listings(contract, removes, name);
    let listing = listings
        .iter()
        .find(|listing| listing.operation.path.same_shape(&makes.path))?;
    let list = whole(listing.operation, max)?;
    if max > most {
        return None;
    }
    // Of one sort there may be fewer than of all: with things of other sorts there is place for as many as may be.
    let attempts = match has_sorts(makes) {
        true => max + 1 + max,
        false => max + 1,
    };
    let steps = (1..=attempts).map(|nth| {
        let nth = usize::try_from(nth).unwrap_or(1);
        let mut call = values(makes, draft(makes), nth);
        make_one(makes, &mut call);
        ScenarioStep {
            await_job: makes.is_async().then_some(JobEnd::Succeeded),
            ..step("one more is made", call, StepExpect::Either)
        }
    });
    let place = pointer(&listing.items)?;
    let hold = no_more(list.clone(), place.clone(), max);
    let mut story = story(makes, steps.collect(), hold);
    // Beside other people's, and where nobody knows what is valid, fewer may be all that can be made.
    if !of_project && Base::of(makes, Extent::Minimal, None).sure {
        let full = HoldRule::NoFewer(Template::Literal(json!(max)));
        story.steps.push(ScenarioStep {
            holds: vec![Hold::here(place, full)],
            tests: quota(),
            ..step("as many as may be are there", list, StepExpect::Accepted)
        });
    }
    Some(story)
}

/// Whether what an operation makes may be of several sorts.
fn has_sorts(makes: &Operation) -> bool {
    let sites = sites(makes);
    let fields = sites.iter().filter(|site| site.place.is_none());
    let mut said = fields.flat_map(|site| &site.field.statements);
    said.any(|said| matches!(&said.constraint, Constraint::Enum { values, .. } if values.len() > 1))
}

/// A list is filled by requests that name its items.
fn of_items_of(contract: &Contract, adds: &Operation) -> Option<Scenario> {
    if adds.method.is_safe() || adds.is_async() {
        return None;
    }
    let quotas = quotas(&adds.statements);
    let sites = sites(adds);
    let (site, max) = quotas.iter().find_map(|(of, max)| {
        let site = sites.iter().find(|site| {
            site.place.is_none()
                && matches!(site.field.kind, Kind::Array(_))
                && counts(of, &site.field.name)
        })?;
        Some((site, *max))
    })?;
    let one_limit = quotas.iter().filter(|(of, _)| counts(of, &site.field.name));
    if max > MOST || one_limit.count() > 1 {
        return None;
    }
    let (shows, items) = shown(contract, adds, site)?;
    let list = whole(shows, max)?;
    let Template::Array(all) = of_items(site.field, max + 1)?.value else {
        return None;
    };
    let (last, first) = all.split_last()?;
    let batches = first
        .chunks(batch(site, max))
        .chain([std::slice::from_ref(last)]);
    let steps = batches.map(|items| {
        let call = with(adds, site, items);
        step("more are added", call, StepExpect::Either)
    });
    let hold = no_more(list, items, max);
    Some(story(adds, steps.collect(), hold))
}

/// A list is filled by requests of one item each, sent to where it is listed: `POST .../marks`.
fn of_one_at_a_time(contract: &Contract, adds: &Operation) -> Option<Scenario> {
    let Some(Segment::Literal(name)) = adds.path.0.last() else {
        return None;
    };
    if adds.method != Method::Post || adds.selector.is_some() || adds.is_async() {
        return None;
    }
    let quotas = quotas(&adds.statements);
    let mut limits = quotas.iter().filter(|(of, _)| counts(of, name));
    let (_, max) = *limits.next()?;
    if max > MOST || limits.next().is_some() {
        return None;
    }
    let (shows, items) = contract.operations.iter().find_map(|other| {
        let is_it = other.method == Method::Get && other.selector.is_none();
        let fields = other.response_fields().into_iter();
        let mut lists = fields.filter(|(path, field)| {
            matches!(field.kind, Kind::Array(_)) && path.leaf() == name.as_str()
        });
        let list = (is_it && other.path.same_shape(&adds.path)).then(|| lists.next())??;
        Some((other, pointer(&list.0)?))
    })?;
    let list = whole(shows, max)?;
    let steps = (1..=max + 1).map(|nth| {
        let call = values(adds, draft(adds), usize::try_from(nth).unwrap_or(1));
        step("one more is added", call, StepExpect::Either)
    });
    Some(story(adds, steps.collect(), no_more(list, items, max)))
}

/// A map is filled by one request, where its entries stay and can be taken away again. What the server itself has
/// in it may not count.
fn of_entries_of(contract: &Contract, adds: &Operation) -> Option<Scenario> {
    if adds.method.is_safe() || adds.is_async() || !keeps_others(adds) {
        return None;
    }
    let sites = sites(adds);
    let (site, max) = sites.iter().find_map(|site| {
        let is_map = site.place.is_none() && matches!(site.field.kind, Kind::Map { .. });
        let mut quotas = quotas(&site.field.statements).into_iter();
        let (_, max) = quotas.next().filter(|_| is_map)?;
        (max <= MOST_ENTRIES).then_some((site, max))
    })?;
    let deletes = entries::deletes(contract, adds)?;
    let Template::Object(mut first) = of_items(site.field, max + 1)?.value else {
        return None;
    };
    let last = first.pop()?;
    let names: Vec<String> = first.iter().map(|(name, _)| name.clone()).collect();
    let write = |entries| entries::with(adds, site, &Template::Object(entries));
    let filling = [
        (
            "as many entries are added as may be",
            first,
            StepExpect::Offered,
        ),
        ("one more is added", vec![last], StepExpect::Refused),
    ];
    let filling = filling.map(|(title, entries, expect)| ScenarioStep {
        tests: Some(Tests {
            rule: "quota",
            field: Some(site.path.to_string()),
        }),
        ..step(title, write(entries), expect)
    });
    let taken = names.iter().map(|name| {
        let call = entries::deleting(deletes, name)?;
        Some(step("one is deleted", call, StepExpect::Either))
    });
    let taken: Vec<ScenarioStep> = taken.collect::<Option<_>>()?;
    let steps = filling.into_iter().chain(taken).collect();
    Some(story_of(adds, steps))
}

/// A list is filled by requests whose paths name its items: `PUT .../marks/{mark}`.
fn by_name(contract: &Contract, puts: &Operation) -> Option<Scenario> {
    let name = puts.path.parameters().last()?;
    let quotas = quotas(&puts.statements);
    let mut limits = quotas.iter().filter(|(of, _)| counts(of, name));
    // Nothing else is put there, whatever a sentence calls it.
    let only = quotas.first().filter(|_| quotas.len() == 1);
    let (_, max) = *limits.next().or(only)?;
    let (shows, items) = listing_of_names(contract, puts)?;
    let list = whole(shows, max)?;
    let parameter = puts
        .parameters
        .iter()
        .find(|known| known.field.name == name)?;
    if max > MOST || limits.next().is_some() {
        return None;
    }
    let texts = (1..=max + 1).map(|nth| {
        let nth = usize::try_from(nth).unwrap_or(1);
        as_text(scalar(&parameter.field, &Kind::String, nth).value)
    });
    let texts = texts.collect::<Option<BTreeSet<String>>>()?;
    let steps = texts.into_iter().map(|text| {
        let mut call = draft(puts);
        call.path.retain(|(known, _)| known != name);
        call.path.push((name.to_owned(), Given::Literal(text)));
        step("one more is put", call, StepExpect::Either)
    });
    let steps: Vec<ScenarioStep> = steps.collect();
    let is_one_too_many = steps.len() as u64 > max;
    let mut story = story(puts, steps, no_more(list, items, max));
    story.take.retain(|known| known != name);
    is_one_too_many.then_some(story)
}

fn as_text(template: Template) -> Option<String> {
    match template {
        Template::Literal(Value::String(text)) => Some(text),
        Template::Literal(_)
        | Template::Lent(_)
        | Template::Kept(_)
        | Template::Object(_)
        | Template::Array(_) => None,
    }
}

/// What shows the list of texts that an operation puts by their names, and where.
pub(super) fn listing_of_names<'a>(
    contract: &'a Contract,
    puts: &Operation,
) -> Option<(&'a Operation, String)> {
    let is_put = puts.method == Method::Put && puts.request.is_none() && puts.selector.is_none();
    let listing = || listing_of_texts(contract, &puts.path.collection());
    is_put.then(listing).flatten()
}

/// What shows a list of texts at a path, and where.
pub(super) fn listing_of_texts<'a>(
    contract: &'a Contract,
    path: &PathTemplate,
) -> Option<(&'a Operation, String)> {
    let shows = contract.operations.iter().find(|other| {
        let is_it = other.method == Method::Get && other.selector.is_none();
        is_it && other.path.same_shape(path)
    })?;
    let fields = shows.response_fields().into_iter();
    let mut lists = fields.filter(|(_, field)| field.kind == Kind::Array(Box::new(Kind::String)));
    Some((shows, pointer(&lists.next()?.0)?))
}

/// How many items one request may name.
fn batch(site: &Site<'_>, max: u64) -> usize {
    let limits = site.field.statements.iter();
    let limits = limits.filter_map(|said| {
        let Constraint::ItemCount { max, .. } = said.constraint else {
            return None;
        };
        max
    });
    usize::try_from(limits.min().unwrap_or(max).clamp(1, max.max(1))).unwrap_or(1)
}

pub(super) fn with(adds: &Operation, site: &Site<'_>, items: &[Template]) -> Call {
    let call = draft(adds);
    with_items(adds, call.clone(), site, items).unwrap_or(call)
}

/// What shows a list of this name of the same thing, and where.
pub(super) fn shown<'a>(
    contract: &'a Contract,
    adds: &Operation,
    site: &Site<'_>,
) -> Option<(&'a Operation, String)> {
    let own: Vec<&str> = adds.path.parameters().collect();
    let asks = contract.operations.iter().filter(|other| {
        let parameters: Vec<&str> = other.path.parameters().collect();
        other.method == Method::Get && other.selector.is_none() && parameters == own
    });
    asks.into_iter().find_map(|other| {
        let fields = other.response_fields().into_iter();
        let mut lists = fields.filter(|(path, field)| {
            matches!(field.kind, Kind::Array(_)) && path.leaf() == site.field.name
        });
        let (path, _): (FieldPath, _) = lists.next()?;
        Some((other, pointer(&path)?))
    })
}

/// A call that lists more than so many things, where that can be had.
pub(super) fn whole(list: &Operation, max: u64) -> Option<Call> {
    let mut call = draft(list);
    if let Some((limit, most)) = limit_of(list) {
        let most = most.filter(|most| *most > max)?;
        call.query.retain(|(name, _)| *name != limit.name);
        let most = Given::Literal(most.to_string());
        call.query.push((limit.name.clone(), most));
    } else if is_paged(list) {
        return None;
    }
    Some(call)
}

/// Once one more is accepted, the list is no longer than may be.
pub(super) fn no_more(list: Call, pointer: String, max: u64) -> Hold {
    Hold::asked(
        list,
        pointer,
        HoldRule::AtMost(Template::Literal(json!(max))),
    )
}

pub(super) fn quota() -> Option<Tests> {
    Some(Tests {
        rule: "quota",
        field: None,
    })
}

fn story(operation: &Operation, mut steps: Vec<ScenarioStep>, hold: Hold) -> Scenario {
    // Nobody knows which of them will be one too many.
    for step in &mut steps {
        step.holds.push(hold.clone());
        step.tests = quota();
    }
    story_of(operation, steps)
}

fn story_of(operation: &Operation, steps: Vec<ScenarioStep>) -> Scenario {
    let taken = operation.path.parameters();
    Scenario {
        id: CaseId(format!("{}/scenario/quota", operation.id)),
        operation: operation.id.clone(),
        title: "as many as may be, and one more".to_owned(),
        take: taken.map(str::to_owned).collect(),
        steps,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Field, OTHERS_STAY, Parameter, Place, sample};

    #[test]
    fn a_list_is_filled_by_names() {
        let routes = [
            ("GET /v1/kettles/{kettle_id}/marks", "marks"),
            ("PUT /v1/kettles/{kettle_id}/marks/{mark}", ""),
        ];
        let operations = routes.map(|(route, shown)| sample::operation(route, "", shown));
        let mut contract = sample::contract(operations.to_vec());
        let [shows, puts] = &mut contract.operations[..] else {
            panic!("there are two");
        };
        let marks = &mut shows.response.as_mut().unwrap().fields[0];
        let field = Field {
            name: "mark".to_owned(),
            ..marks.clone()
        };
        marks.kind = Kind::Array(Box::new(Kind::String));
        let place = Place::Path;
        puts.parameters.push(Parameter { place, field });
        puts.request = None;
        puts.statements.push(Statement {
            constraint: Constraint::Quota {
                of: "marks per kettle".to_owned(),
                max: Some(3),
            },
            at: sample::at(),
            rule: "test".to_owned(),
        });
        let told = tell(full, &contract);
        let given = told[0].steps.iter().flat_map(|step| &step.call.path);
        let given: Vec<String> = given.map(|(_, given)| format!("{given:?}")).collect();
        assert_eq!(
            given,
            [1, 2, 3, 4].map(|nth| format!("Literal(\"proofhouse{nth}\")"))
        );
    }

    #[test]
    fn a_list_is_filled_by_one_item_at_a_time() {
        let routes = [
            ("POST /v1/kettles/{kettle_id}/marks", "key", ""),
            ("GET /v1/kettles/{kettle_id}/marks", "", "marks"),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let mut contract = sample::contract(operations.to_vec());
        let [adds, shows] = &mut contract.operations[..] else {
            panic!("there are two");
        };
        let marks = &mut shows.response.as_mut().unwrap().fields[0];
        marks.kind = Kind::Array(Box::new(Kind::Object));
        adds.statements.push(Statement {
            constraint: Constraint::Quota {
                of: "marks per kettle".to_owned(),
                max: Some(2),
            },
            at: sample::at(),
            rule: "test".to_owned(),
        });
        let told = tell(full, &contract);
        let [story] = told.as_slice() else {
            panic!("one story: {told:?}");
        };
        let bodies = story.steps.iter().filter_map(|step| step.call.body.clone());
        let bodies: Vec<String> = bodies.map(|body| format!("{body:?}")).collect();
        let different: BTreeSet<&String> = bodies.iter().collect();
        assert_eq!((bodies.len(), different.len()), (3, 3), "{bodies:?}");
    }

    #[test]
    fn a_map_is_filled_where_its_entries_stay_and_can_go() {
        let routes = [
            ("POST /v1/kettles/{kettle_id}/marks", "marks", ""),
            ("DELETE /v1/kettles/{kettle_id}/marks/{mark}", "", ""),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let mut contract = sample::contract(operations.to_vec());
        let said = |constraint| Statement {
            constraint,
            at: sample::at(),
            rule: "made up".to_owned(),
        };
        let adds = &mut contract.operations[0];
        let marks = &mut adds.request.as_mut().unwrap().fields[0];
        marks.kind = Kind::Map {
            key: "mark".to_owned(),
            value: Box::new(Kind::String),
        };
        marks.statements.push(said(Constraint::Quota {
            of: "items".to_owned(),
            max: Some(2),
        }));
        assert_eq!(tell(full, &contract), []);
        let stays = said(Constraint::Other(OTHERS_STAY.to_owned()));
        contract.operations[0].statements.push(stays);
        let told = tell(full, &contract);
        let steps = told.iter().flat_map(|story| &story.steps);
        let told: Vec<_> = steps
            .map(|step| (step.title.as_str(), step.expect))
            .collect();
        assert_eq!(
            told,
            [
                ("as many entries are added as may be", StepExpect::Offered),
                ("one more is added", StepExpect::Refused),
                ("one is deleted", StepExpect::Either),
                ("one is deleted", StepExpect::Either),
            ]
        );
    }
}
