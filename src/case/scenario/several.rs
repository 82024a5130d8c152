//! Stories of requests that make several things at once: each of them is as the request says, and where the server
//! adds something to a name, no two are called alike.
//!
//! Main entry: [`several`]. Told by rule of creations that say how many things to make, and whose job shows the
//! id of each.

use serde_json::Value;

use super::counts::is_number_of;
use super::life::{Life, values};
use super::rule::draft;
use super::{Cast, Hold, HoldRule, Scenario, ScenarioStep};
use crate::case::request::{Edit, Site, sites};
use crate::case::{CaseId, Template};
use crate::contract::{Constraint, Field, Kind, Operation, SERVER_ADDS, Segment};

/// The name under which the id of the second one is kept.
const OTHER: &str = "the other one";
/// The name under which the name of the first one is kept.
const NAME: &str = "the name of the first one";

/// The stories of all requests that can make several things.
pub(super) fn several(cast: &Cast<'_>) -> Vec<Scenario> {
    cast.lives.iter().filter_map(story).collect()
}

fn story(life: &Life<'_>) -> Option<Scenario> {
    let shows = life.shows.filter(|_| life.makes.is_async())?;
    let others: Vec<String> = life.ids.iter().filter_map(|id| second(id)).collect();
    let count = how_many(life.makes)?;
    if others.is_empty() || !may_be_two(count.field) {
        return None;
    }
    let mut make = values(life.makes, draft(life.makes), 1);
    let mut two = make.draft(life.makes);
    if !count.edit(&mut two, &Edit::Set(Template::Literal(Value::from(2)))) {
        return None;
    }
    make.body = two.body;
    let mut made = ScenarioStep {
        title: "two are made at once".to_owned(),
        ..life.made(make.clone())
    };
    let others = others.into_iter().map(|id| (OTHER.to_owned(), id));
    made.capture.extend(others);
    let renamed: Vec<String> = renamed(life);
    let is_renamed = |hold: &Hold| renamed.iter().any(|name| hold.pointer.ends_with(name));
    let mut same = life.echoes(life.makes, &make, shows);
    same.retain(|hold| !is_renamed(hold) && !is_about(hold, &count.field.name));
    let places = shows.response_fields().into_iter();
    let places = places.filter_map(|(path, _)| super::rule::pointer(&path));
    let name = places.filter(|place| renamed.iter().any(|name| place.ends_with(name)));
    let name: Option<String> = name.into_iter().next();
    let told = |title: &str, kept: &str, holds: Vec<Hold>| ScenarioStep {
        holds,
        ..life.shown_as(shows, kept, title)
    };
    let mut first = told("the first of them is shown", life.name, same.clone());
    first.capture = name
        .iter()
        .map(|place| (NAME.to_owned(), place.clone()))
        .collect();
    let differs = name.map(|place| {
        let name = Template::Kept(NAME.to_owned());
        Hold::here(place, HoldRule::Lacks(name))
    });
    let other = told(
        "the other one is shown",
        OTHER,
        same.into_iter().chain(differs).collect(),
    );
    let removed = ScenarioStep {
        title: "the other one is removed".to_owned(),
        ..life.removed_as(OTHER)
    };
    Some(Scenario {
        id: CaseId(format!("{}/scenario/several", life.makes.id)),
        operation: life.makes.id.clone(),
        title: "two are made at once".to_owned(),
        take: life.taken(),
        steps: vec![made, first, other, life.removed(), removed],
    })
}

/// The field that says how many of its things a request makes, by its name: other numbers are of months, or of
/// parts of each.
fn how_many(makes: &Operation) -> Option<Site<'_>> {
    let mut segments = makes.path.0.iter().rev();
    let noun = segments.find_map(|segment| match segment {
        Segment::Literal(noun) => Some(noun.as_str()),
        Segment::Parameter(_) => None,
    })?;
    let is_of_things = |site: &Site<'_>| {
        let name = site.path.leaf();
        site.path.0.len() <= 2 && (name == "count" || is_number_of(&site.path, noun))
    };
    let inside = |site: &Site<'_>| site.place.is_none() && site.field.kind == Kind::Integer;
    let mut sites = sites(makes).into_iter();
    sites.find(|site| inside(site) && is_of_things(site))
}

/// Where the second one of several shows what the first one does at this place.
fn second(pointer: &str) -> Option<String> {
    let (around, inside) = pointer.split_once("/0/")?;
    Some(format!("{around}/1/{inside}"))
}

/// Whether so many as two may be asked for.
fn may_be_two(count: &Field) -> bool {
    let mut said = count.statements.iter();
    !said.any(|said| {
        matches!(&said.constraint, Constraint::Range { max: Some(max), .. } if *max < 2.into())
            || matches!(said.constraint, Constraint::Const(_))
    })
}

/// The ends of the places of what the server adds something to where it makes several.
fn renamed(life: &Life<'_>) -> Vec<String> {
    let fields = life.makes.request_fields().into_iter();
    let renamed = fields.filter(|(_, field)| field.says(SERVER_ADDS));
    renamed
        .map(|(_, field)| format!("/{}", field.name))
        .collect()
}

/// Whether a hold is about a field of this name.
fn is_about(hold: &Hold, name: &str) -> bool {
    hold.pointer.rsplit('/').next() == Some(name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::sample;

    #[test]
    fn a_number_of_other_things_is_not_how_many_are_made() {
        let asked = |sent: &str| {
            let mut makes = sample::operation("POST /v1/lamps", sent, "");
            let fields = &mut makes.request.as_mut().unwrap().fields;
            for field in fields.iter_mut().flat_map(|lamp| &mut lamp.children) {
                field.kind = Kind::Integer;
            }
            how_many(&makes).map(|site| site.path.to_string())
        };
        assert_eq!(asked("lamp.period_num lamp.bulb_count"), None);
        let count = asked("lamp.period_num lamp.count");
        assert_eq!(count.as_deref(), Some("lamp.count"));
        for name in ["lamp_count", "lamps_num", "number_of_lamps"] {
            let path = format!("lamp.{name}");
            assert_eq!(asked(&path), Some(path));
        }
    }

    #[test]
    fn the_second_one_stands_beside_the_first() {
        let place = "/entities/sub_jobs/0/entities/lamp_id";
        let other = "/entities/sub_jobs/1/entities/lamp_id";
        assert_eq!(second(place).as_deref(), Some(other));
        assert_eq!(second("/entities/lamp_id"), None);
    }
}
