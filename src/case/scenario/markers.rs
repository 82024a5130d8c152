//! Stories of what leads from page to page: a marker of what is not there is answered as the document says, and
//! who follows what an answer calls the next marker sees each thing once.
//!
//! Main entries: [`unknown`], [`followed`]. Told by rule of parameters of which the document says what comes of
//! an unknown one, and of an answer's `next_marker` beside a parameter `marker`.

use serde_json::Value;

use super::nothing::NOBODY;
use super::pages::{FIRST, List};
use super::rule::{default_number, item_like, limit_of, pointer, step};
use super::{Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use crate::case::{Given, Template};
use crate::contract::{Constraint, Field, Format, Kind, NONE_ON_LAST, Place, letters};

/// The name under which the items of the first page are kept.
const ALL: &str = "what is listed";
/// The name under which it is kept what leads on from there.
const BEHIND_ALL: &str = "next behind all";

/// A list is asked for what stands behind something that does not exist. Where nobody says that ids look like
/// the one that is asked for, it may be refused as no id at all.
pub(super) fn unknown(list: &List<'_>) -> Option<Scenario> {
    let parameters = list.operation.parameters.iter();
    let query = parameters.filter(|parameter| parameter.place == Place::Query);
    let steps = query.filter_map(|parameter| {
        let field = &parameter.field;
        let mut said = field.statements.iter();
        let status = said.find_map(|said| said.constraint.status_if_unknown())?;
        let is_text = matches!(field.kind, Kind::String | Kind::Unknown);
        let id = list.listing.ids.leaf();
        let mut shown = list.fields.iter();
        let may_be = is_uuid(field) || shown.any(|shown| shown.name == id && is_uuid(shown));
        let expect = match may_be {
            true => StepExpect::Status(status),
            false => StepExpect::Refused,
        };
        let given = (field.name.clone(), Given::Literal(NOBODY.to_owned()));
        is_text.then(|| {
            let call = list.asks("", vec![given]).call;
            let title = format!("{} names what does not exist", field.name);
            step(&title, call, expect)
        })
    });
    let steps: Vec<ScenarioStep> = steps.collect();
    let title = "what does not exist leads nowhere";
    (!steps.is_empty()).then(|| list.story("unknown", title, steps))
}

/// Whether a document says that a field is a UUID.
fn is_uuid(field: &Field) -> bool {
    let mut said = field.statements.iter();
    said.any(|said| matches!(&said.constraint, Constraint::Format { format, .. } if *format == Format::Uuid))
}

/// Pages of one are walked by what each of them says comes next. What a page with room for more calls next is
/// not an empty last page.
pub(super) fn followed(list: &List<'_>) -> Option<Scenario> {
    let (limit, _) = limit_of(list.operation)?;
    let (marker, next, place) = next_of(list)?;
    let mut steps = vec![list.first(&[])];
    if let Some(usual) = default_number(limit).filter(|_| next.says(NONE_ON_LAST)) {
        let kept = [(ALL, &list.items), (BEHIND_ALL, &place)];
        let kept = kept.map(|(name, place)| (name.to_owned(), place.clone()));
        steps[0].capture.extend(kept);
        let before = Template::Kept(ALL.to_owned());
        let items = Template::Literal(Value::from(list.items.as_str()));
        let goes_on = HoldRule::GoesOnUnlessFull(Template::Array(vec![before, items]), usual);
        let query = vec![(marker.name.clone(), Given::Kept(BEHIND_ALL.to_owned()))];
        steps.push(ScenarioStep {
            holds: vec![Hold::here(place.clone(), goes_on)],
            optional: true,
            expect: StepExpect::Either,
            ..list.asks("what comes next of all is asked for", query)
        });
    }
    for (nth, kept) in FIRST.iter().enumerate() {
        let mut query = vec![(limit.name.clone(), Given::Literal("1".to_owned()))];
        if nth > 0 {
            query.push((marker.name.clone(), Given::Kept(next_behind(nth))));
        }
        let like = |kept: &str| item_like(&list.listing.ids, kept);
        let mut holds = vec![list.hold(HoldRule::Contains(like(kept)))];
        let before = nth.checked_sub(1).map(|before| FIRST[before]);
        holds.extend(before.map(|before| list.hold(HoldRule::Lacks(like(before)))));
        holds.extend(FIRST.get(nth + 1).map(|further| {
            let goes_on = HoldRule::Shown(Template::Kept((*further).to_owned()));
            Hold::here(place.clone(), goes_on)
        }));
        steps.push(ScenarioStep {
            capture: vec![(next_behind(nth + 1), place.clone())],
            holds,
            optional: true,
            // What leads on from an empty page leads nowhere.
            expect: match nth {
                0 => StepExpect::Accepted,
                _ => StepExpect::Either,
            },
            ..list.asks(&format!("the page of the {kept} one comes next"), query)
        });
    }
    if list.may_show(2) {
        steps.extend(behind_two(list, limit, marker, &place));
    }
    Some(list.story("next", "what comes next is the next page", steps))
}

/// What comes next of a page of two is behind both: on a page of one, the first item is the last one as well.
fn behind_two(list: &List<'_>, limit: &Field, marker: &Field, place: &str) -> [ScenarioStep; 2] {
    const BEHIND_TWO: &str = "next behind a page of two";
    let two = (limit.name.clone(), Given::Literal("2".to_owned()));
    let further = (marker.name.clone(), Given::Kept(BEHIND_TWO.to_owned()));
    let [first, second, third] = FIRST.map(|kept| item_like(&list.listing.ids, kept));
    let page = ScenarioStep {
        capture: vec![(BEHIND_TWO.to_owned(), place.to_owned())],
        ..list.asks("a page of two is asked for", vec![two.clone()])
    };
    let next = ScenarioStep {
        holds: vec![
            list.hold(HoldRule::Lacks(first)),
            list.hold(HoldRule::Lacks(second)),
            list.hold(HoldRule::Contains(third)),
        ],
        optional: true,
        expect: StepExpect::Either,
        ..list.asks("the page behind two comes next", vec![two, further])
    };
    [page, next]
}

/// The name under which it is kept what leads on from the `nth` page.
fn next_behind(nth: usize) -> String {
    format!("next behind {nth}")
}

/// The parameter that names a page, and what an answer calls the next one of that name.
fn next_of<'a>(list: &List<'a>) -> Option<(&'a Field, &'a Field, String)> {
    let fields = list.operation.response_fields();
    let mut query = list.operation.parameters.iter();
    query.find_map(|parameter| {
        let name = format!("next{}", letters(&parameter.field.name));
        let mut fields = fields.iter();
        let (path, next) = fields.find(|(path, field)| {
            path.0.len() <= 2 && letters(&field.name) == name && field.kind == Kind::String
        })?;
        let is_asked = parameter.place == Place::Query;
        let place = pointer(path).filter(|_| is_asked)?;
        Some((&parameter.field, *next, place))
    })
}

#[cfg(test)]
mod tests {
    use super::super::pages::pages;
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Parameter, Scalar, Statement, refused_if_unknown, sample};

    #[test]
    fn the_next_page_is_followed_and_an_unknown_one_refused() {
        let mut list = sample::operation("GET /v1/kettles", "", "kettles.id next_marker");
        let said = |constraint: Constraint| Statement {
            constraint,
            at: sample::at(),
            rule: "test".to_owned(),
        };
        let fields = &mut list.response.as_mut().expect("it answers").fields;
        fields[0].kind = Kind::Array(Box::new(Kind::Object));
        let none = Constraint::Other(NONE_ON_LAST.to_owned());
        fields[1].statements.push(said(none));
        let query = sample::operation("GET /v1/query", "", "limit marker").response;
        let mut query = query.expect("it answers").fields;
        query[0].kind = Kind::Integer;
        query[0]
            .statements
            .push(said(Constraint::Default(Scalar::Integer(20))));
        query[1].statements.push(said(refused_if_unknown(404)));
        let place = Place::Query;
        let parameter = |field: Field| Parameter { place, field };
        list.parameters = query.into_iter().map(parameter).collect();
        let show = sample::operation("GET /v1/kettles/{kettle_id}", "", "kettle.id");
        let stories = tell(pages, &sample::contract(vec![list.clone(), show.clone()]));
        list.parameters[1]
            .field
            .statements
            .push(said(Constraint::Format {
                format: Format::Uuid,
                or_empty: false,
            }));
        let with_uuids = tell(pages, &sample::contract(vec![list, show]));
        let steps = |stories: &[Scenario], name: &str| -> String {
            let told = stories.iter().find(|told| told.id.0.ends_with(name));
            let steps = told.expect("it is told").steps.iter();
            let lines = steps.map(|step| {
                let rules: Vec<&str> = step.holds.iter().map(|hold| hold.rule.word()).collect();
                format!("{} {:?}: {}\n", step.title, step.expect, rules.join(", "))
            });
            lines.collect()
        };
        insta::assert_snapshot!(steps(&stories, "/unknown"), @"marker names what does not exist Refused:");
        insta::assert_snapshot!(steps(&with_uuids, "/unknown"), @"marker names what does not exist Status(404):");
        insta::assert_snapshot!(steps(&stories, "/next"), @r"
        all are listed Accepted: 
        what comes next of all is asked for Either: goes on after
        the page of the first one comes next Accepted: contains, is something beside
        the page of the second one comes next Either: contains, lacks, is something beside
        the page of the third one comes next Either: contains, lacks
        a page of two is asked for Accepted: 
        the page behind two comes next Either: lacks, lacks, contains
        ");
    }
}
