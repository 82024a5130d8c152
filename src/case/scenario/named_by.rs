//! Stories of things that show the ids of others which name them: one that is made with the id of a thing is among
//! them, and no longer once it is removed.
//!
//! Main entry: [`named_by`]. Told by rule of lists of texts that are called after what a path calls the others: a
//! stove shows `kettle_ids`, and kettles are made with a `stove_id`.

use super::echo::is_versioned;
use super::life::Life;
use super::rule::{draft, pointer, step};
use super::used::{begun, using};
use super::{Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use crate::case::{CaseId, Template};
use crate::contract::{Kind, letters};

/// The stories of all things that show who names them.
pub(super) fn named_by(cast: &Cast<'_>) -> Vec<Scenario> {
    let pairs = cast.lives.iter().flat_map(|thing| {
        let others = cast.lives.iter();
        others.filter_map(move |other| story(thing, other))
    });
    pairs.collect()
}

fn story(thing: &Life<'_>, other: &Life<'_>) -> Option<Scenario> {
    if thing.name == other.name {
        return None;
    }
    let (shows, place) = (thing.shows?, ids_of(thing, other)?);
    let (call, is_sure) = using(other.makes, thing.name, |path| path.leaf() == thing.name)?;
    let shown = |title: &str, rule: fn(Template) -> HoldRule| {
        let id = Template::Kept(other.name.to_owned());
        ScenarioStep {
            holds: vec![Hold::here(place.clone(), rule(id))],
            patient: true,
            ..step(title, draft(shows), StepExpect::Accepted)
        }
    };
    Some(Scenario {
        id: CaseId(format!("{}/scenario/named-by-{}", shows.id, other.makes.id)),
        operation: shows.id.clone(),
        title: "it shows who names it".to_owned(),
        take: thing.taken_with(other.makes),
        steps: vec![
            thing.made_one(),
            begun(other.made(call), is_sure),
            shown("it shows what names it", HoldRule::Contains),
            other.removed(),
            shown("it shows it no more", HoldRule::Lacks),
            thing.removed(),
        ],
    })
}

/// Where a thing shows the ids of others of a sort.
fn ids_of(thing: &Life<'_>, other: &Life<'_>) -> Option<String> {
    let shows = thing.shows?;
    let called = format!("{}s", letters(other.name));
    let fields = shows.response_fields();
    let (path, _) = fields.iter().find(|(path, field)| {
        let are_ids = field.kind == Kind::Array(Box::new(Kind::String));
        let is_sure = field.other_kinds.is_empty() && !is_versioned(field);
        are_ids && is_sure && path.0.len() <= 2 && letters(path.leaf()) == called
    })?;
    pointer(path).filter(|_| !thing.is_moved(shows, path))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::sample;

    #[test]
    fn a_stove_shows_the_kettles_that_name_it() {
        let told = |ids: &str| {
            let shown = format!("name {ids}");
            let routes = [
                ("POST /v1/stoves", "name", "id"),
                ("GET /v1/stoves/{stove_id}", "", shown.as_str()),
                ("DELETE /v1/stoves/{stove_id}", "", ""),
                ("POST /v1/kettles", "name stove_id", "id"),
                ("DELETE /v1/kettles/{kettle_id}", "", ""),
            ];
            let mut operations =
                routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
            let shown = operations[1].response.as_mut().expect("it answers");
            shown.fields[1].kind = Kind::Array(Box::new(Kind::String));
            let stories = tell(named_by, &sample::contract(operations.to_vec()));
            let steps = stories.iter().flat_map(|story| &story.steps);
            let lines = steps.map(|step| {
                let rules = step.holds.iter().map(|hold| hold.rule.word());
                let told = format!("{} {}", step.title, rules.collect::<String>());
                format!("{}\n", told.trim_end())
            });
            lines.collect::<String>()
        };
        insta::assert_snapshot!(told("kettle_ids"), @r"
        it is made
        something begins to use it
        it shows what names it contains
        it is removed
        it shows it no more lacks
        it is removed
        ");
        assert_eq!(told("lid_ids"), "");
        assert_eq!(
            told("stove_ids"),
            "",
            "a thing is not among those in itself"
        );
    }
}
