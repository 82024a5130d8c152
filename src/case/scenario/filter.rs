//! Stories of filters: a list that is asked for what is like one of its items shows that one, and
//! nothing that is otherwise.
//!
//! Main entry: [`filters`]. Told by rule of query parameters that are called like a field of the items,
//! or of what shows one of them alone; like the least that such a field may be; or after a time since
//! which something changed.

use serde_json::Value;

use super::pages::{
    FIRST, List, counts_from_0, documented, end_of, in_other_letters, part_of, value_of,
};
use super::rule::{default_number, item_like, limit_of};
use super::{Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use crate::case::{Given, Template};
use crate::contract::{
    CASE_COUNTS, Constraint, FINDS_PARTS, FINDS_WHOLE, Field, Kind, Place, letters,
};

/// Documented values of a filter that are tried.
const MOST_VALUES: usize = 4;
/// Pairs of filters that are tried.
const MOST_PAIRS: usize = 6;

/// The stories of all filters of a list.
pub(super) fn filters(list: &List<'_>) -> Vec<Scenario> {
    let parameters = list.operation.parameters.iter();
    let query = parameters.filter(|parameter| parameter.place == Place::Query);
    let stories = query.filter_map(|parameter| {
        let filter = &parameter.field;
        let steps = by_member(list, filter)
            .or_else(|| from_least(list, filter))
            .or_else(|| by_what_is_shown(list, filter))
            .or_else(|| by_marks(list, filter))?;
        let name = format!("filter-{}", filter.name);
        Some(list.story(&name, "a filter leaves what it names", steps))
    });
    stories.collect()
}

/// What is listed for the values of the first items, and for documented ones, where items show them.
fn by_member(list: &List<'_>, filter: &Field) -> Option<Vec<ScenarioStep>> {
    let field = member_of(list, filter)?;
    let like = |value: Template| Template::Object(vec![(field.name.clone(), value)]);
    let mut steps = vec![list.first(&[&field.name])];
    for kept in FIRST {
        steps.push(ScenarioStep {
            holds: vec![
                list.hold(HoldRule::Every(like(Template::Kept(value_of(
                    kept,
                    &field.name,
                ))))),
                list.hold(HoldRule::Contains(item_like(&list.listing.ids, kept))),
            ],
            optional: true,
            ..list.asks(
                &format!("what is like the {kept} one is asked for"),
                given(filter, Given::Kept(value_of(kept, &field.name))),
            )
        });
    }
    if filter.says(FINDS_PARTS) {
        steps.extend(by_part(list, filter, field));
    }
    if filter.says(FINDS_WHOLE) {
        steps.extend(never(list, filter, field, part_of, "a part of what"));
    }
    if filter.says(FINDS_WHOLE) || filter.says(CASE_COUNTS) {
        let what = "in other letters, what";
        steps.extend(never(list, filter, field, in_other_letters, what));
    }
    for value in values_of(filter, field).into_iter().take(MOST_VALUES) {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        steps.push(ScenarioStep {
            holds: vec![list.hold(HoldRule::Every(like(Template::Literal(value))))],
            ..list.asks(
                &format!("what is {text} is asked for"),
                given(filter, Given::Literal(text)),
            )
        });
    }
    steps.extend(further_on(list, filter, field));
    Some(steps)
}

/// What is listed behind the first item for each documented value, or else for what that item has: a filter holds on
/// every page.
fn further_on(list: &List<'_>, filter: &Field, field: &Field) -> Vec<ScenarioStep> {
    let [first, ..] = FIRST;
    let offset = list.parameter("offset");
    let offset = offset.filter(|offset| counts_from_0(offset));
    let offset = offset.map(|offset| (offset.name.clone(), Given::Literal("1".to_owned())));
    let marker = list.parameter("marker");
    let marker = || marker.map(|marker| (marker.name.clone(), Given::Kept(first.to_owned())));
    // What has a part of a text may be more than what has the whole.
    let Some(behind) = offset.or_else(marker).filter(|_| !filter.says(FINDS_PARTS)) else {
        return Vec::new();
    };
    let like = |value: Template| Template::Object(vec![(field.name.clone(), value)]);
    let mut values: Vec<(Given, Template)> = Vec::new();
    for value in values_of(filter, field).into_iter().take(MOST_VALUES) {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), str::to_owned);
        values.push((Given::Literal(text), Template::Literal(value)));
    }
    if values.is_empty() {
        let own = value_of(first, &field.name);
        values.push((Given::Kept(own.clone()), Template::Kept(own)));
    }
    let steps = values.into_iter().map(|(asked, shown)| ScenarioStep {
        holds: vec![list.hold(HoldRule::Every(like(shown)))],
        optional: true,
        // The first item may not be among those that the filter leaves.
        expect: StepExpect::Either,
        ..list.asks(
            "what is behind the first one is asked for, of one value",
            given(filter, asked)
                .into_iter()
                .chain([behind.clone()])
                .collect(),
        )
    });
    steps.collect()
}

/// The values that a filter may have, where they are few: the listed ones, or both of a switch. Who asks for hidden
/// things may be shown the others as well.
fn values_of(filter: &Field, shown: &Field) -> Vec<Value> {
    const MORE: [&str; 4] = ["deleted", "hidden", "archived", "all"];
    let listed = documented(filter);
    let is_switch = filter.kind == Kind::Boolean
        && shown.kind == Kind::Boolean
        && shown.other_kinds.is_empty()
        && !MORE.iter().any(|word| letters(&filter.name).contains(word));
    match is_switch && listed.is_empty() {
        true => vec![Value::Bool(true), Value::Bool(false)],
        false => listed,
    }
}

/// What is listed for a part of what the first items have: they are among it.
fn by_part(list: &List<'_>, filter: &Field, field: &Field) -> Vec<ScenarioStep> {
    // There may be more than a page of them.
    let page = limit_of(list.operation).and_then(|(limit, _)| default_number(limit));
    let contains = |item| match page {
        Some(most) => HoldRule::ContainsUnlessFull(item, most),
        None => HoldRule::Contains(item),
    };
    let asked = |kept: &str, what: &str, part: String| ScenarioStep {
        holds: vec![list.hold(contains(item_like(&list.listing.ids, kept)))],
        optional: true,
        ..list.asks(
            &format!("{what} of what the {kept} one has is asked for"),
            given(filter, Given::Kept(part)),
        )
    };
    let steps = FIRST.iter().map(|kept| {
        let value = value_of(kept, &field.name);
        asked(kept, "a part", part_of(&value))
    });
    let [first, ..] = FIRST;
    let end = asked(first, "the end", end_of(&value_of(first, &field.name)));
    steps.chain([end]).collect()
}

/// What is listed for something made of what the first items have: they are not among it.
fn never(
    list: &List<'_>,
    filter: &Field,
    field: &Field,
    made_of: fn(&str) -> String,
    what: &str,
) -> Vec<ScenarioStep> {
    let steps = FIRST.iter().map(|kept| ScenarioStep {
        holds: vec![list.hold(HoldRule::Lacks(item_like(&list.listing.ids, kept)))],
        optional: true,
        // It may be a value that there cannot be.
        expect: StepExpect::Either,
        ..list.asks(
            &format!("{what} the {kept} one has is asked for"),
            given(filter, Given::Kept(made_of(&value_of(kept, &field.name)))),
        )
    });
    steps.collect()
}

/// What is listed for all filters at once that the first item meets: itself, and nothing that is otherwise. For
/// two filters of which it meets one, and the second item the other: neither of them.
pub(super) fn together(list: &List<'_>) -> Option<Scenario> {
    let parameters = list.operation.parameters.iter();
    let query = parameters.filter(|parameter| parameter.place == Place::Query);
    let fields: Vec<&Field> = query
        .filter_map(|parameter| member_of(list, &parameter.field))
        .collect();
    let names: Vec<&str> = fields.iter().map(|field| field.name.as_str()).collect();
    if names.len() < 2 {
        return None;
    }
    let [first, others @ ..] = FIRST;
    let query = names
        .iter()
        .map(|name| ((*name).to_owned(), Given::Kept(value_of(first, name))));
    let like = |kept| item_like(&list.listing.ids, kept);
    let lacking = names.iter().flat_map(|name| {
        others.map(|other| Hold {
            differ: Some((value_of(first, name), value_of(other, name))),
            ..list.hold(HoldRule::Lacks(like(other)))
        })
    });
    let steps = vec![
        list.first(&names),
        ScenarioStep {
            holds: lacking
                .chain([list.hold(HoldRule::Contains(like(first)))])
                .collect(),
            optional: true,
            ..list.asks(
                "what is like the first one in all is asked for",
                query.collect(),
            )
        },
    ];
    let pairs = names
        .iter()
        .enumerate()
        .flat_map(|(place, one)| names[place + 1..].iter().map(move |other| (*one, *other)));
    let crossed = pairs.take(MOST_PAIRS).map(|pair| crosswise(list, pair));
    let steps = steps.into_iter().chain(crossed).collect();
    Some(list.story("filters-together", "filters leave what they name", steps))
}

/// What is listed for what the first item has in one member and the second in another.
fn crosswise(list: &List<'_>, (one, other): (&str, &str)) -> ScenarioStep {
    let [first, second, _] = FIRST;
    let query = [(one, first), (other, second)]
        .map(|(name, kept)| (name.to_owned(), Given::Kept(value_of(kept, name))));
    let lacks = |kept: &str, by: &str| Hold {
        differ: Some((value_of(first, by), value_of(second, by))),
        ..list.hold(HoldRule::Lacks(item_like(&list.listing.ids, kept)))
    };
    ScenarioStep {
        holds: vec![lacks(first, other), lacks(second, one)],
        optional: true,
        expect: StepExpect::Either,
        ..list.asks(
            &format!("what has {one} of the first one and {other} of the second is asked for"),
            query.to_vec(),
        )
    }
}

/// The field of the items that a filter is called after, where its values are plain.
fn member_of<'a>(list: &List<'a>, filter: &Field) -> Option<&'a Field> {
    let field = list.fields.iter().find(|field| field.name == filter.name)?;
    let plain = matches!(field.kind, Kind::String | Kind::Integer | Kind::Boolean);
    let told = plain && !is_time(field) && !is_time(filter) && least_of(&filter.name).is_none();
    told.then_some(field)
}

/// What is listed from the value of each of the first items on: `min_size`, `changes-since`.
fn from_least(list: &List<'_>, filter: &Field) -> Option<Vec<ScenarioStep>> {
    let least = least_of(&filter.name)?;
    let field = list.fields.iter().find(|field| {
        let name = letters(&field.name);
        let number = matches!(field.kind, Kind::Integer | Kind::Number);
        match &least {
            Least::Since => ["updated", "updatedat"].contains(&name.as_str()),
            // An image that says what it takes at least is no larger than that.
            Least::Of(of) => number && (name == *of || name == letters(&filter.name)),
        }
    })?;
    let mut steps = vec![list.first(&[&field.name])];
    for kept in FIRST {
        let value = Template::Kept(value_of(kept, &field.name));
        let member = Template::Object(vec![(field.name.clone(), value)]);
        steps.push(ScenarioStep {
            holds: vec![
                list.hold(HoldRule::AtLeast(member)),
                list.hold(HoldRule::Contains(item_like(&list.listing.ids, kept))),
            ],
            optional: true,
            // A time may have to be told in another form than it is shown in.
            expect: if is_time(filter) {
                StepExpect::Either
            } else {
                StepExpect::Accepted
            },
            ..list.asks(
                &format!("what is not less than the {kept} one is asked for"),
                given(filter, Given::Kept(value_of(kept, &field.name))),
            )
        });
    }
    Some(steps)
}

/// What is listed for what is shown of the first item alone: itself, and no other of the first that is
/// shown otherwise.
fn by_what_is_shown(list: &List<'_>, filter: &Field) -> Option<Vec<ScenarioStep>> {
    let shows = list.shows?;
    let place = shown_place(shows, filter)?;
    let shown = |kept: &str| ScenarioStep {
        capture: vec![(value_of(kept, &filter.name), place.clone())],
        ..list.show(shows, kept)
    };
    let [first, others @ ..] = FIRST;
    let mut steps = vec![list.first(&[]), shown(first)];
    for other in others {
        let lacks = Hold {
            differ: Some((value_of(first, &filter.name), value_of(other, &filter.name))),
            ..list.hold(HoldRule::Lacks(item_like(&list.listing.ids, other)))
        };
        let contains = HoldRule::Contains(item_like(&list.listing.ids, first));
        steps.push(shown(other));
        steps.push(ScenarioStep {
            holds: vec![lacks, list.hold(contains)],
            optional: true,
            ..list.asks(
                "what is like the first one is asked for",
                given(filter, Given::Kept(value_of(first, &filter.name))),
            )
        });
    }
    Some(steps)
}

/// What is listed for each of two of the texts that are shown of the first item alone: that item. With the
/// opposite filter, any others. A filter `color` that lists its
/// values may ask for one of `colors`.
fn by_marks(list: &List<'_>, filter: &Field) -> Option<Vec<ScenarioStep>> {
    let shows = list.shows?;
    let name = letters(&filter.name);
    let fields = shows.response_fields();
    // Else it may be an id, or a mark in another form.
    let is_listed = !documented(filter).is_empty();
    let (path, field) = fields.iter().find(|(path, field)| {
        let own = letters(path.leaf());
        path.0.len() <= 2
            && (name == own
                || name == format!("not{own}")
                || (is_listed && format!("{name}s") == own))
            && matches!(&field.kind, Kind::Array(of) if **of == Kind::String)
    })?;
    let place = super::rule::pointer(path)?;
    let [first, ..] = FIRST;
    let item = item_like(&list.listing.ids, first);
    let is_opposite = name.starts_with("not") && !letters(&field.name).starts_with("not");
    let rule = match is_opposite {
        true => HoldRule::Lacks(item),
        false => HoldRule::Contains(item),
    };
    let mark = value_of(first, &field.name);
    let another = format!("another {mark}");
    let shown = ScenarioStep {
        capture: vec![
            (mark.clone(), format!("{place}/0")),
            (another.clone(), format!("{place}/1")),
        ],
        ..list.show(shows, first)
    };
    let asked = |what: &str, mark: String| ScenarioStep {
        holds: vec![list.hold(rule.clone())],
        optional: true,
        ..list.asks(
            &format!("what has, or has not, {what} of the first one is asked for"),
            given(filter, Given::Kept(mark)),
        )
    };
    let steps = [asked("a mark", mark), asked("another mark", another)];
    let mut steps: Vec<ScenarioStep> = [list.first(&[]), shown].into_iter().chain(steps).collect();
    let are_listed = list.fields.iter().any(|listed| {
        listed.name == field.name && listed.kind == field.kind && listed.other_kinds.is_empty()
    });
    if are_listed && !is_opposite {
        const NO_MARK: [&str; 3] = ["all", "any", "none"];
        let values = documented(filter).into_iter();
        let marks = values.filter(|value| {
            let mut others = NO_MARK.iter();
            others.all(|other| {
                value
                    .as_str()
                    .is_some_and(|word| !word.eq_ignore_ascii_case(other))
            })
        });
        let values = marks.take(MOST_VALUES);
        steps.extend(values.map(|value| every_has(list, filter, field, value)));
    }
    Some(steps)
}

/// What is listed for one of the documented marks: nothing that has it not among its own.
fn every_has(list: &List<'_>, filter: &Field, field: &Field, value: Value) -> ScenarioStep {
    let text = value
        .as_str()
        .map_or_else(|| value.to_string(), str::to_owned);
    let like = Template::Object(vec![(field.name.clone(), Template::Literal(value))]);
    ScenarioStep {
        holds: vec![list.hold(HoldRule::Every(like))],
        ..list.asks(
            &format!("what has {text} is asked for"),
            given(filter, Given::Literal(text)),
        )
    }
}

/// Where an operation that shows one thing shows what a filter is called after: itself, or its id.
fn shown_place(shows: &crate::contract::Operation, filter: &Field) -> Option<String> {
    let fields = shows.response_fields();
    let (path, field) = fields
        .iter()
        .find(|(path, _)| path.leaf() == filter.name && path.0.len() <= 2)?;
    let place = super::rule::pointer(path)?;
    if is_time(field) || !field.other_kinds.is_empty() {
        return None;
    }
    match field.kind {
        Kind::String | Kind::Integer => Some(place),
        Kind::Object => field.child("id").map(|_| format!("{place}/id")),
        Kind::Number | Kind::Boolean | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => None,
    }
}

/// What a filter asks for at least.
pub(super) enum Least {
    /// A number of this name, by its letters.
    Of(String),
    /// The time of the last change.
    Since,
}

pub(super) fn least_of(name: &str) -> Option<Least> {
    let letters = letters(name);
    if ["changessince", "updatedsince"].contains(&letters.as_str()) {
        return Some(Least::Since);
    }
    let of = letters.strip_prefix("min").filter(|of| of.len() > 2)?;
    Some(Least::Of(of.to_owned()))
}

pub(super) fn is_time(field: &Field) -> bool {
    let mut said = field.statements.iter();
    said.any(|said| matches!(said.constraint, Constraint::Format { .. }))
}

fn given(filter: &Field, value: Given) -> Vec<(String, Given)> {
    vec![(filter.name.clone(), value)]
}

#[cfg(test)]
mod tests {
    use super::super::pages::pages;
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Parameter, Presence, Scalar, Statement, sample};

    /// What is asked for in the story of this name, where this is said of the filter `lid`.
    fn asked(story: &str, remark: &str) -> String {
        let mut list = sample::operation("GET /v1/kettles", "", "kettles.id");
        let kettles = &mut list.response.as_mut().expect("it answers").fields[0];
        kettles.kind = Kind::Array(Box::new(Kind::Object));
        let more = sample::operation("GET /v1/more", "", "lid size").response;
        kettles.children.extend(more.expect("it answers").fields);
        let filters = sample::operation("GET /v1/filters", "", "lid size").response;
        let filters = filters.expect("it answers").fields.into_iter();
        list.parameters = filters
            .map(|mut field| {
                field.presence = Presence::Optional;
                if field.name == "lid" {
                    field.statements.push(Statement {
                        constraint: Constraint::Other(remark.to_owned()),
                        at: sample::at(),
                        rule: "test".to_owned(),
                    });
                }
                let place = Place::Query;
                Parameter { place, field }
            })
            .collect();
        let show = sample::operation("GET /v1/kettles/{kettle_id}", "", "kettle.id");
        let stories = tell(pages, &sample::contract(vec![list, show]));
        let told = stories.iter().find(|told| told.id.0.ends_with(story));
        let steps = told.expect("it is told").steps.iter();
        let lines = steps.map(|step| {
            let rules = step.holds.iter().map(|hold| hold.rule.word());
            let rules: Vec<&str> = rules.collect();
            format!("{} {}\n", step.title, rules.join(", "))
        });
        lines.collect()
    }

    #[test]
    fn what_is_matched_exactly_is_not_found_by_a_part_of_it() {
        let usual = asked("filter-lid", "unit cm");
        let exact = asked("filter-lid", FINDS_WHOLE);
        let more = exact.strip_prefix(usual.as_str());
        insta::assert_snapshot!(more.expect("it begins alike"), @r#"
        a part of what the first one has is asked for lacks
        a part of what the second one has is asked for lacks
        a part of what the third one has is asked for lacks
        in other letters, what the first one has is asked for lacks
        in other letters, what the second one has is asked for lacks
        in other letters, what the third one has is asked for lacks
        "#);
    }

    #[test]
    fn a_filter_holds_on_every_page() {
        let mut list = sample::operation("GET /v1/kettles", "", "kettles.id");
        let kettles = &mut list.response.as_mut().expect("it answers").fields[0];
        kettles.kind = Kind::Array(Box::new(Kind::Object));
        let field = |name: &str, values: &[&str]| {
            let values = values.iter().map(|value| Scalar::Text((*value).to_owned()));
            let listed = Constraint::Enum {
                values: values.collect(),
                open: false,
            };
            crate::case::sample::field(name, Kind::String, &[listed])
        };
        kettles.children.push(field("state", &[]));
        let query = [field("state", &["HOT", "COLD"]), field("marker", &[])];
        let query = query.map(|field| Parameter {
            place: Place::Query,
            field,
        });
        list.parameters = query.to_vec();
        let show = sample::operation("GET /v1/kettles/{kettle_id}", "", "kettle.id");
        let stories = tell(pages, &sample::contract(vec![list, show]));
        let story = stories
            .iter()
            .find(|told| told.id.0.ends_with("filter-state"));
        let steps = story.expect("it is told").steps.iter();
        let steps = steps.filter(|step| step.title.contains("behind"));
        let lines = steps.map(|step| format!("{:?}\n", step.call.query));
        insta::assert_snapshot!(lines.collect::<String>(), @r#"
        [("state", Literal("HOT")), ("marker", Kept("first"))]
        [("state", Literal("COLD")), ("marker", Kept("first"))]
        "#);
    }

    #[test]
    fn a_switch_is_asked_for_on_and_off() {
        let field = |name: &str, kind: Kind| crate::case::sample::field(name, kind, &[]);
        let (switch, text) = (field("lit", Kind::Boolean), field("lit", Kind::String));
        let hidden = field("is_hidden", Kind::Boolean);
        assert_eq!(values_of(&switch, &switch), [true, false]);
        assert_eq!(values_of(&switch, &text), [""; 0]);
        assert_eq!(values_of(&text, &switch), [""; 0]);
        assert_eq!(values_of(&hidden, &hidden), [""; 0]);
    }

    #[test]
    fn each_of_several_marks_finds_what_has_it() {
        let routes = [
            ("GET /v1/kettles", "kettles.id"),
            ("GET /v1/kettles/{kettle_id}", "kettle.id kettle.lids"),
        ];
        let mut operations = routes.map(|(route, shown)| sample::operation(route, "", shown));
        let [list, show] = &mut operations;
        let kettles = &mut list.response.as_mut().expect("it answers").fields[0];
        kettles.kind = Kind::Array(Box::new(Kind::Object));
        let kettle = &mut show.response.as_mut().expect("it answers").fields;
        for field in kettle.iter_mut().flat_map(|field| &mut field.children) {
            if field.name == "lids" {
                field.kind = Kind::Array(Box::new(Kind::String));
                kettles.children.push(field.clone());
            }
        }
        let filters = sample::operation("GET /v1/filters", "", "lid").response;
        let filters = filters.expect("it answers").fields.into_iter();
        list.parameters = filters
            .map(|field| Parameter {
                place: Place::Query,
                field: Field {
                    presence: Presence::Optional,
                    statements: vec![Statement {
                        constraint: Constraint::Enum {
                            values: vec![Scalar::Text("iron".to_owned())],
                            open: false,
                        },
                        at: sample::at(),
                        rule: "test".to_owned(),
                    }],
                    ..field
                },
            })
            .collect();
        let stories = tell(pages, &sample::contract(operations.to_vec()));
        let story = stories
            .iter()
            .find(|told| told.id.0.ends_with("filter-lid"));
        let steps = story.expect("it is told").steps.iter();
        let lines = steps.map(|step| format!("{} {:?}\n", step.title, step.call.query));
        insta::assert_snapshot!(lines.collect::<String>(), @r#"
        all are listed []
        the first one is shown []
        what has, or has not, a mark of the first one is asked for [("lid", Kept("first lids"))]
        what has, or has not, another mark of the first one is asked for [("lid", Kept("another first lids"))]
        what has iron is asked for [("lid", Literal("iron"))]
        "#);
    }

    #[test]
    fn all_filters_leave_what_they_name_together() {
        insta::assert_snapshot!(asked("filters-together", "unit cm"), @r#"
        all are listed 
        what is like the first one in all is asked for lacks, lacks, lacks, lacks, contains
        what has lid of the first one and size of the second is asked for lacks, lacks
        "#);
    }
}
