//! Stories of maps that requests write into: what was written is shown, beside what was there where that is
//! promised; an entry that is written again has its new value; and one that is deleted is gone.
//!
//! Main entry: [`entries`]. Told by rule of whatever writes a map of texts that an operation of the same thing
//! shows under the same name.

use serde_json::{Value, json};

use super::items::{keeps_others, overwrites, replaces_all};
use super::rule::{draft, pointer, smallest, step};
use super::{Call, Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect, Tests};
use crate::case::request::{Base, Edit, Extent, Site, of_items, sites};
use crate::case::{CaseId, Given, Template};
use crate::contract::{Contract, Kind, Operation, Segment};
use crate::wire::Method;

/// The stories of all maps that can be written into.
pub(super) fn entries(cast: &Cast<'_>) -> Vec<Scenario> {
    let contract = cast.contract;
    let writes = contract.operations.iter().filter(|operation| {
        let is_whole = operation.selector.is_none() && !operation.is_async();
        is_whole && matches!(operation.method, Method::Post | Method::Put | Method::Patch)
    });
    writes
        .filter_map(|operation| story(contract, operation))
        .collect()
}

fn story(contract: &Contract, writes: &Operation) -> Option<Scenario> {
    let mut all = sites(writes).into_iter();
    let map = all.find(|site| site.place.is_none() && is_map(&site.field.kind))?;
    // What makes a thing or changes much of it has stories of its own.
    let is_named = writes.path.0.last() == Some(&Segment::Literal(map.field.name.clone()));
    if !is_named || !Base::of(writes, Extent::Minimal, None).sure {
        return None;
    }
    let two = of_items(map.field, 2).filter(|two| two.sure)?;
    let Template::Object(two) = two.value else {
        return None;
    };
    let [(first, old), (second, new)] = <[(String, Template); 2]>::try_from(two).ok()?;
    let (shows, place) = shown(contract, writes, &map)?;
    let list = draft(shows);
    let hold = |rule: HoldRule| Hold::asked(list.clone(), place.clone(), rule);
    let entry =
        |name: &str, value: &Template| Template::Object(vec![(name.to_owned(), value.clone())]);
    let there = |entry: &Template| hold(HoldRule::Contains(entry.clone()));
    let write = |entry: &Template| with(writes, &map, entry);
    let told = |title: &str, call: Call, holds: Vec<Hold>| ScenarioStep {
        holds,
        ..step(title, call, StepExpect::Accepted)
    };
    let (one, other) = (entry(&first, &old), entry(&second, &new));
    let gone = |name: &str| hold(HoldRule::Lacks(Template::Literal(json!(name))));
    let (keeps, replaces) = (keeps_others(writes), replaces_all(writes));
    let mut steps = vec![told("an entry is written", write(&one), vec![there(&one)])];
    let mut holds = vec![there(&other)];
    let rule = match (keeps, replaces) {
        (true, false) => {
            holds.push(there(&one));
            Some("other")
        }
        (false, true) => {
            holds.push(gone(&first));
            Some("precedence")
        }
        _ => None,
    };
    steps.push(ScenarioStep {
        tests: rule.map(|rule| Tests { rule, field: None }),
        ..told("another entry is written", write(&other), holds)
    });
    if overwrites(writes) && old != new {
        let again = entry(&first, &new);
        steps.push(told(
            "the first one is written with another value",
            write(&again),
            vec![there(&again)],
        ));
    }
    if let Some(deletes) = deletes(contract, writes) {
        let call = deleting(deletes, &second)?;
        let mut holds = vec![gone(&second)];
        let rest = HoldRule::Contains(Template::Literal(Value::from(first)));
        holds.extend(keeps.then(|| hold(rest)));
        steps.push(told("the other one is deleted", call, holds));
    }
    Some(Scenario {
        id: CaseId(format!("{}/scenario/entries", writes.id)),
        operation: writes.id.clone(),
        title: "entries are written, written again, deleted".to_owned(),
        take: writes.path.parameters().map(str::to_owned).collect(),
        steps,
    })
}

fn is_map(kind: &Kind) -> bool {
    matches!(kind, Kind::Map { value, .. } if **value == Kind::String)
}

pub(super) fn with(writes: &Operation, map: &Site<'_>, entry: &Template) -> Call {
    let mut call = smallest(writes);
    let mut draft = call.draft(writes);
    map.edit(&mut draft, &Edit::Set(entry.clone()));
    call.body = draft.body;
    call
}

/// What shows a map of this name of the same thing, and where: best what shows nothing else.
fn shown<'a>(
    contract: &'a Contract,
    writes: &Operation,
    map: &Site<'_>,
) -> Option<(&'a Operation, String)> {
    let mut shows = contract.operations.iter().filter(|other| {
        let of_same = other.path.parameters().eq(writes.path.parameters());
        other.method == Method::Get && other.selector.is_none() && of_same
    });
    shows.find_map(|other| {
        let fields = other.response_fields().into_iter();
        let mut maps = fields.filter(|(path, field)| {
            let plain = field.children.is_empty() && field.other_kinds.is_empty();
            let holds = is_map(&field.kind) || (plain && field.kind == Kind::Object);
            path.0.len() <= 2 && path.leaf() == map.field.name && holds
        });
        Some((other, pointer(&maps.next()?.0)?))
    })
}

/// The request that deletes one entry.
pub(super) fn deleting(deletes: &Operation, entry: &str) -> Option<Call> {
    let name = deletes.path.parameters().last()?;
    let mut call = smallest(deletes);
    call.path.retain(|(known, _)| known != name);
    call.path
        .push((name.to_owned(), Given::Literal(entry.to_owned())));
    Some(call)
}

/// What deletes one entry, by its name at the end of the path.
pub(super) fn deletes<'a>(contract: &'a Contract, writes: &Operation) -> Option<&'a Operation> {
    contract.operations.iter().find(|other| {
        let by_name = matches!(other.path.0.last(), Some(Segment::Parameter(_)));
        by_name
            && other.method == Method::Delete
            && !other.is_async()
            && other.path.collection().same_shape(&writes.path)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Constraint, OTHERS_STAY, OVERWRITES, Statement, sample};

    fn remark(words: &str) -> Constraint {
        Constraint::Other(words.to_owned())
    }

    fn steps(said: &[Constraint]) -> Vec<String> {
        let routes = [
            ("GET /v1/kettles/{kettle_id}", "", "kettle.marks"),
            ("POST /v1/kettles/{kettle_id}/marks", "marks", ""),
            ("DELETE /v1/kettles/{kettle_id}/marks/{mark}", "", ""),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let mut contract = sample::contract(operations.to_vec());
        let map = || Kind::Map {
            key: "mark".to_owned(),
            value: Box::new(Kind::String),
        };
        let [shows, writes, _] = &mut contract.operations[..] else {
            panic!("there are three");
        };
        shows.response.as_mut().unwrap().fields[0].children[0].kind = map();
        writes.request.as_mut().unwrap().fields[0].kind = map();
        writes.statements = said
            .iter()
            .map(|constraint| Statement {
                constraint: constraint.clone(),
                at: sample::at(),
                rule: "test".to_owned(),
            })
            .collect();
        let told = tell(entries, &contract);
        let steps = told.iter().flat_map(|story| &story.steps);
        steps
            .map(|step| format!("{} {}", step.title, step.holds.len()))
            .collect()
    }

    #[test]
    fn an_entry_is_there_until_it_is_deleted() {
        assert_eq!(
            steps(&[]),
            [
                "an entry is written 1",
                "another entry is written 1",
                "the other one is deleted 1",
            ]
        );
        assert_eq!(
            steps(&[remark(OTHERS_STAY), remark(OVERWRITES)]),
            [
                "an entry is written 1",
                "another entry is written 2",
                "the first one is written with another value 1",
                "the other one is deleted 2",
            ]
        );
    }

    #[test]
    fn what_replaces_all_leaves_nothing_else() {
        let order = ["new value", "existing value"].map(str::to_owned);
        assert_eq!(
            steps(&[Constraint::Precedence(order.to_vec())]),
            [
                "an entry is written 1",
                "another entry is written 2",
                "the other one is deleted 1",
            ]
        );
    }
}
