//! Stories of lists that requests add to and take from: what was added is there beside what was there,
//! adding it again changes nothing where that is promised, and only what was named is taken.
//!
//! Main entry: [`items`]. Told by rule of two operations on one path whose bodies select opposites, or that
//! put and delete what the path names.

use super::full::{listing_of_names, listing_of_texts, shown, with};
use super::rule::{is_at_once, step};
use super::{Call, Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::request::{Site, of_items, sites};
use crate::case::scenario::rule::draft;
use crate::case::valid::scalar;
use crate::case::{CaseId, Given, Template};
use crate::contract::{
    Constraint, Contract, Field, Kind, Named, OTHERS_STAY, OVERWRITES, Operation, STAYS, Segment,
};
use crate::wire::Method;
use serde_json::Value;

/// The stories of all lists that can be added to and taken from.
pub(super) fn items(cast: &Cast<'_>) -> Vec<Scenario> {
    let contract = cast.contract;
    let stories = cast.pairs(|named| matches!(named, Named::SameBody(_)));
    let stories = stories
        .into_iter()
        .filter_map(|(adds, takes)| story(contract, adds, takes));
    let by_name = cast.pairs(|named| *named == Named::SamePath);
    let by_name = by_name
        .into_iter()
        .filter_map(|(puts, takes)| told_by_name(contract, puts, takes));
    let puts = contract.operations.iter();
    let whole = puts.filter_map(|puts| replaced(contract, puts));
    stories.chain(by_name).chain(whole).collect()
}

/// The story of a list of texts that is put as a whole: what was put before is there no longer.
fn replaced(contract: &Contract, puts: &Operation) -> Option<Scenario> {
    if puts.method != Method::Put || puts.is_async() || keeps_others(puts) {
        return None;
    }
    let list = sites(puts).into_iter().find(|site| {
        let is_named = puts.path.0.last() == Some(&Segment::Literal(site.field.name.clone()));
        let holds_texts = site.field.kind == Kind::Array(Box::new(Kind::String));
        site.place.is_none() && is_named && holds_texts
    })?;
    let two = of_items(list.field, 2).filter(|two| two.sure)?;
    let Template::Array(items) = two.value else {
        return None;
    };
    let [first, second] = <[Template; 2]>::try_from(items).ok()?;
    let (shows, pointer) = listing_of_texts(contract, &puts.path)?;
    let hold = |rule: HoldRule| Hold::asked(draft(shows), pointer.clone(), rule);
    let put = |title: &str, item: &Template, holds: Vec<Hold>| {
        let call = with(puts, &list, std::slice::from_ref(item));
        ScenarioStep {
            holds,
            ..step(title, call, StepExpect::Accepted)
        }
    };
    let there = |item: &Template| hold(HoldRule::Contains(item.clone()));
    let gone = hold(HoldRule::Lacks(first.clone()));
    Some(Scenario {
        id: CaseId(format!("{}/scenario/replaced", puts.id)),
        operation: puts.id.clone(),
        title: "what is put as a whole replaces what was there".to_owned(),
        take: puts.path.parameters().map(str::to_owned).collect(),
        steps: vec![
            put("a list is put", &first, vec![there(&first)]),
            put("another one is put", &second, vec![there(&second), gone]),
        ],
    })
}

/// The story of a list of texts whose items are put and taken by their names: `PUT .../marks/{mark}`.
fn told_by_name(contract: &Contract, puts: &Operation, takes: &Operation) -> Option<Scenario> {
    if !(is_at_once(puts) && is_at_once(takes)) {
        return None;
    }
    let (shows, pointer) = listing_of_names(contract, puts)?;
    let name = puts.path.parameters().last()?;
    let mut parameters = puts.parameters.iter();
    let field = &parameters.find(|known| known.field.name == name)?.field;
    let texts = [1, 2].map(|nth| scalar(field, &Kind::String, nth));
    let [Template::Literal(first), Template::Literal(second)] = texts.map(|text| text.value) else {
        return None;
    };
    if first == second {
        return None;
    }
    let list = draft(shows);
    let hold = |rule: HoldRule| Hold::asked(list.clone(), pointer.clone(), rule);
    let there = |text: &Value| hold(HoldRule::Contains(Template::Literal(text.clone())));
    let gone = |text: &Value| hold(HoldRule::Lacks(Template::Literal(text.clone())));
    // A path is the name of one thing.
    let once = hold(HoldRule::Once(Template::Literal(first.clone())));
    let told = |title: &str, operation: &Operation, text: &Value, holds: Vec<Hold>| {
        let mut call = draft(operation);
        call.path.retain(|(known, _)| known != name);
        let text = text.as_str().unwrap_or_default().to_owned();
        call.path.push((name.to_owned(), Given::Literal(text)));
        ScenarioStep {
            holds,
            ..step(title, call, StepExpect::Accepted)
        }
    };
    let around = puts.path.parameters().filter(|known| *known != name);
    Some(Scenario {
        id: CaseId(format!("{}/scenario/items", puts.id)),
        operation: puts.id.clone(),
        title: "put and taken by name".to_owned(),
        take: around.map(str::to_owned).collect(),
        steps: vec![
            told("one is put", puts, &first, vec![there(&first)]),
            told(
                "another one is put",
                puts,
                &second,
                vec![there(&second), there(&first)],
            ),
            told("the first one is put again", puts, &first, vec![once]),
            told(
                "the first one is taken",
                takes,
                &first,
                vec![gone(&first), there(&second)],
            ),
            told(
                "the other one is taken",
                takes,
                &second,
                vec![gone(&second)],
            ),
        ],
    })
}

fn story(contract: &Contract, adds: &Operation, takes: &Operation) -> Option<Scenario> {
    if adds.is_async() || takes.is_async() {
        return None;
    }
    let added = list_of(adds)?;
    let mut of_takes = sites(takes).into_iter();
    let taken = of_takes.find(|site| site.place.is_none() && site.path == added.path)?;
    let two = of_items(added.field, 2).filter(|two| two.sure)?;
    let Template::Array(items) = two.value else {
        return None;
    };
    let [first, second] = <[Template; 2]>::try_from(items).ok()?;
    let (shows, pointer) = shown(contract, adds, &added)?;
    let list = draft(shows);
    if !shows_like(shows, &added, &first) {
        return None;
    }
    let hold = |rule: HoldRule| Hold::asked(list.clone(), pointer.clone(), rule);
    let there = |item: &Template| hold(HoldRule::Contains(item.clone()));
    let gone = |item: &Template| hold(HoldRule::Lacks(item.clone()));
    let add = |item: &Template| with(adds, &added, std::slice::from_ref(item));
    let take = |item: &Template| -> Call {
        let item = only_documented(item, taken.field);
        with(takes, &taken, &[item])
    };
    let told = |title: &str, call: Call, holds: Vec<Hold>| ScenarioStep {
        holds,
        ..step(title, call, StepExpect::Accepted)
    };
    let mut steps = vec![
        told("one is added", add(&first), vec![there(&first)]),
        told(
            "another one is added",
            add(&second),
            vec![there(&second), there(&first)],
        ),
    ];
    let is_idempotent = |said: &Constraint| matches!(said, Constraint::Idempotent);
    if adds
        .statements
        .iter()
        .any(|said| is_idempotent(&said.constraint))
    {
        steps.push(ScenarioStep {
            tests: Some(Tests {
                rule: "idempotent",
                field: None,
            }),
            ..told(
                "the first one is added again",
                add(&first),
                vec![there(&first), there(&second)],
            )
        });
    }
    let mut first = first;
    if overwrites(adds)
        && let Some(other) = named_alike(&first, &second)
    {
        steps.push(told(
            "the first one is added with another value",
            add(&other),
            vec![there(&other), gone(&first), there(&second)],
        ));
        first = other;
    }
    steps.push(told(
        "the first one is taken",
        take(&first),
        vec![gone(&first), there(&second)],
    ));
    steps.push(told(
        "the other one is taken",
        take(&second),
        vec![gone(&second)],
    ));
    Some(Scenario {
        id: CaseId(format!("{}/scenario/items", adds.id)),
        operation: adds.id.clone(),
        title: "added, added again, taken".to_owned(),
        take: adds.path.parameters().map(str::to_owned).collect(),
        steps,
    })
}

/// An item that is called like one and holds what another one does.
fn named_alike(one: &Template, other: &Template) -> Option<Template> {
    const NAMES: [&str; 3] = ["key", "name", "id"];
    let (Template::Object(one), Template::Object(other)) = (one, other) else {
        return None;
    };
    let (name, own) = one
        .iter()
        .find(|(name, _)| NAMES.contains(&name.as_str()))?;
    let members = other.iter().map(|(known, member)| {
        let member = if known == name { own } else { member };
        (known.clone(), member.clone())
    });
    let members: Vec<(String, Template)> = members.collect();
    (members != *one).then_some(Template::Object(members))
}

/// Whether it is said that the value of a name that is there already becomes the new one: of an operation, or
/// of the name that it is given.
pub(super) fn overwrites(operation: &Operation) -> bool {
    let fields = operation.request_fields().into_iter();
    let mut said = fields.flat_map(|(_, field)| &field.statements);
    let is_of_name = |constraint: &Constraint| {
        matches!(constraint, Constraint::Precedence(order)
            if order.iter().any(|words| words.starts_with("existing value of the same ")))
    };
    operation.says(OVERWRITES) || said.any(|said| is_of_name(&said.constraint))
}

/// Whether it is said that what is given takes the place of all that is there.
pub(super) fn replaces_all(operation: &Operation) -> bool {
    let mut said = operation.statements.iter();
    said.any(|said| {
        matches!(&said.constraint, Constraint::Precedence(order) if *order == ["new value", "existing value"])
    })
}

/// Whether an operation says that it leaves alone what a request does not name.
pub(super) fn keeps_others(operation: &Operation) -> bool {
    operation.says(STAYS) || operation.says(OTHERS_STAY)
}

/// The one list of a request.
pub(super) fn list_of(operation: &Operation) -> Option<Site<'_>> {
    let mut lists = sites(operation)
        .into_iter()
        .filter(|site| site.place.is_none() && matches!(site.field.kind, Kind::Array(_)));
    lists.next().filter(|_| lists.next().is_none())
}

/// Whether a list shows all members that an item has, or is of texts like it.
fn shows_like(shows: &Operation, added: &Site<'_>, item: &Template) -> bool {
    let fields = shows.response_fields().into_iter();
    let mut lists = fields.filter(|(path, field)| {
        path.leaf() == added.field.name && matches!(field.kind, Kind::Array(_))
    });
    let Some((_, list)) = lists.next() else {
        return false;
    };
    match item {
        Template::Object(members) => members.iter().all(|(name, _)| {
            let sent = added.field.child(name);
            let shown = list.child(name);
            sent.zip(shown).is_some_and(|(sent, shown)| {
                sent.kind == shown.kind && shown.other_kinds.is_empty()
            })
        }),
        Template::Literal(_) => list.kind == added.field.kind,
        Template::Lent(_) | Template::Kept(_) | Template::Array(_) => false,
    }
}

/// An item without the members that are not documented there.
pub(super) fn only_documented(item: &Template, list: &Field) -> Template {
    match item {
        Template::Object(members) => {
            let known = members
                .iter()
                .filter(|(name, _)| list.child(name).is_some());
            Template::Object(known.cloned().collect())
        }
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Parameter, Place, Statement, sample};

    #[test]
    fn an_item_gets_another_value_under_its_name() {
        let item = |key: &str, value: &str| {
            let member =
                |name: &str, text: &str| (name.to_owned(), Template::Literal(Value::from(text)));
            Template::Object(vec![member("key", key), member("value", value)])
        };
        let alike = |other| named_alike(&item("lid", "red"), &other);
        assert_eq!(alike(item("spout", "blue")), Some(item("lid", "blue")));
        assert_eq!(alike(item("spout", "red")), None);
    }

    #[test]
    fn a_name_may_be_said_to_get_the_new_value() {
        let mut adds = sample::operation("POST /v1/kettles/{kettle_id}/marks", "marks.key", "");
        assert!(!overwrites(&adds));
        let key = &mut adds.request.as_mut().expect("it has a body").fields[0].children[0];
        let order = ["new value", "existing value of the same key"];
        key.statements.push(Statement {
            constraint: Constraint::Precedence(order.map(str::to_owned).to_vec()),
            at: sample::at(),
            rule: "test".to_owned(),
        });
        assert!(overwrites(&adds));
    }

    #[test]
    fn what_is_put_by_name_is_listed_until_it_is_taken() {
        let routes = [
            ("GET /v1/kettles/{kettle_id}/marks", "marks"),
            ("PUT /v1/kettles/{kettle_id}/marks/{mark}", ""),
            ("DELETE /v1/kettles/{kettle_id}/marks/{mark}", ""),
        ];
        let operations = routes.map(|(route, shown)| sample::operation(route, "", shown));
        let mut contract = sample::contract(operations.to_vec());
        let marks = &mut contract.operations[0].response.as_mut().unwrap().fields[0];
        marks.kind = Kind::Array(Box::new(Kind::String));
        let field = Field {
            name: "mark".to_owned(),
            kind: Kind::String,
            ..marks.clone()
        };
        let place = Place::Path;
        contract.operations[1]
            .parameters
            .push(Parameter { place, field });
        contract.operations[1].request = None;
        contract.operations[2].request = None;
        let told = tell(items, &contract);
        let steps = told.iter().flat_map(|story| &story.steps);
        let steps: Vec<String> = steps
            .map(|step| {
                format!(
                    "{}: {} {}",
                    step.title,
                    step.call.operation,
                    step.holds.len()
                )
            })
            .collect();
        assert_eq!(
            steps,
            [
                "one is put: kettles.marks.update 1",
                "another one is put: kettles.marks.update 2",
                "the first one is put again: kettles.marks.update 1",
                "the first one is taken: kettles.marks.delete 2",
                "the other one is taken: kettles.marks.delete 1",
            ]
        );
    }

    #[test]
    fn what_is_put_as_a_whole_replaces_what_was_there() {
        let routes = [
            ("GET /v1/kettles/{kettle_id}/marks", "", "marks"),
            ("PUT /v1/kettles/{kettle_id}/marks", "marks", ""),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let mut contract = sample::contract(operations.to_vec());
        let [shows, puts] = &mut contract.operations[..] else {
            panic!("there are two");
        };
        let fields = [&mut shows.response, &mut puts.request];
        for body in fields.into_iter().flatten() {
            body.fields[0].kind = Kind::Array(Box::new(Kind::String));
        }
        let told = tell(items, &contract);
        let steps = told.iter().flat_map(|story| &story.steps);
        let holds = steps.map(|step| step.holds.iter().map(|hold| hold.rule.word()).collect());
        let holds: Vec<Vec<&str>> = holds.collect();
        assert_eq!(holds, [vec!["contains"], vec!["contains", "lacks"]]);
    }
}
