//! The same structure in the tables of several operations, and in the request and the answer of one.

use hashbrown::HashMap;

use super::claim;
use super::facts::{self, About, Topic, agree, stated, stated_against};
use crate::contract::{
    Claim, Contract, Direction, Dispute, Fact, Field, FieldPath, Kind, Operation, Place, Step,
};
use crate::extract::inventory::TableFact;
use crate::source::Provenance;

/// More operations than this are not compared each with each; they repeat each other.
const MOST_VIEWS: usize = 64;

/// One operation's description of a field.
struct View<'a> {
    operation: &'a Operation,
    path: FieldPath,
    field: &'a Field,
}

/// Every field inside a named root, by direction and by path. A list of lamps and a lamp describe
/// the same lamp.
fn views(contract: &Contract) -> Vec<Vec<View<'_>>> {
    let mut groups: HashMap<(Direction, String), usize> = HashMap::new();
    let mut found: Vec<Vec<View<'_>>> = Vec::new();
    for operation in &contract.operations {
        let requests = operation.request_fields().into_iter();
        let responses = operation.response_fields().into_iter();
        let all = requests
            .map(|(path, field)| (Direction::Request, path, field))
            .chain(responses.map(|(path, field)| (Direction::Response, path, field)));
        let inside = all.filter_map(|(direction, path, field)| {
            let name = shared_name(&path)?;
            Some((direction, name, path, field))
        });
        for (direction, name, path, field) in inside.chain(asked(operation)) {
            let group = *groups.entry((direction, name)).or_insert_with(|| {
                found.push(Vec::new());
                found.len() - 1
            });
            // A table that several operations share is one description.
            let views = &mut found[group];
            let known = views.iter().any(|view| view.field.at == field.at);
            if !known && views.len() < MOST_VIEWS {
                views.push(View {
                    operation,
                    path,
                    field,
                });
            }
        }
    }
    found
}

/// What can be asked of a list: the list of lamps and that of their details take the same.
fn asked(operation: &Operation) -> impl Iterator<Item = (Direction, String, FieldPath, &Field)> {
    let path = operation.path.to_string();
    let list = path.strip_suffix("/detail").unwrap_or(&path).to_owned();
    let asked = operation.parameters.iter();
    let asked = asked.filter(|parameter| parameter.place == Place::Query);
    asked.map(move |parameter| {
        let field = &parameter.field;
        let name = format!("{list}?{}", field.name);
        (
            Direction::Request,
            name,
            FieldPath::root(&field.name),
            field,
        )
    })
}

/// What the field is called wherever its resource is described; none for the root itself, whose
/// name alone says too little.
fn shared_name(path: &FieldPath) -> Option<String> {
    let mut steps = path.0.iter().filter(|step| **step != Step::Items);
    let Some(Step::Name(root)) = steps.next() else {
        return None;
    };
    let rest: Vec<&str> = steps
        .map(|step| match step {
            Step::Name(name) => name.as_str(),
            Step::Key(_) => "{}",
            Step::Items => "",
        })
        .collect();
    let root = root.strip_suffix('s').unwrap_or(root);
    (!rest.is_empty()).then(|| format!("{root}\n{}", rest.join("\n")))
}

/// The contradictions between operations.
pub(super) fn disputes(contract: &Contract, tables: &[TableFact]) -> Vec<Dispute> {
    let mut found = Vec::new();
    for views in views(contract) {
        let all: Vec<&View<'_>> = views.iter().collect();
        for topic in facts::topics(views.iter().map(|view| view.field)) {
            // Each operation may have a default of its own.
            if topic.about != About::Default {
                found.extend(disagreement(&all, topic));
            }
        }
        found.extend(contents(&views, tables));
    }
    found.extend(contract.operations.iter().flat_map(echoes));
    found.sort_by_key(|dispute| dispute.claims.first().map(|claim| claim.at.line));
    found
}

/// What the answer of an operation says of a field otherwise than its request does.
fn echoes(operation: &Operation) -> Vec<Dispute> {
    let view = |(path, field)| View {
        operation,
        path,
        field,
    };
    let requests = operation.request_fields().into_iter().map(view);
    let sent: HashMap<Vec<String>, View<'_>> = requests
        .filter_map(|view| Some((ending(&view.path)?, view)))
        .collect();
    let answers = operation.response_fields().into_iter().map(view);
    let mut found = Vec::new();
    for answer in answers {
        let Some(sent) = ending(&answer.path).and_then(|ending| sent.get(&ending)) else {
            continue;
        };
        let limits = facts::topics([sent.field, answer.field].into_iter());
        // What was made by another request may be shown, too: an answer that lets more in is no contradiction.
        let is_told = |topic: &Topic<'_>| {
            topic.about.is_limit() && facts::is_tighter(answer.field, sent.field, *topic)
        };
        for topic in limits.into_iter().filter(is_told) {
            // What may be sent is what the request says all the same: nothing is left open by it.
            found.extend(disagreement(&[sent, &answer], topic));
        }
    }
    found
}

/// The name of a field and of what holds it. None for what nothing holds: that name alone says too little.
fn ending(path: &FieldPath) -> Option<Vec<String>> {
    let names = path.0.iter().rev().filter_map(|step| match step {
        Step::Name(name) => Some(name.clone()),
        Step::Items | Step::Key(_) => None,
    });
    let ending: Vec<String> = names.take(2).collect();
    (ending.len() == 2).then_some(ending)
}

/// One dispute with a claim for each distinct thing that is said.
fn disagreement(views: &[&View<'_>], topic: Topic<'_>) -> Option<Dispute> {
    let mut distinct: Vec<&View<'_>> = Vec::new();
    for view in views.iter().copied() {
        let says = stated(view.field, topic).is_some();
        if says
            && distinct
                .iter()
                .all(|other| !agree(other.field, view.field, topic))
        {
            distinct.push(view);
        }
    }
    let [first, second, ..] = &distinct[..] else {
        return None;
    };
    let claims = distinct.iter().enumerate().filter_map(|(place, view)| {
        let other = if place == 0 { second } else { first };
        let stated = stated_against(view.field, other.field, topic)?;
        Some(claim(
            format!("{}: {}", view.operation.id, stated.claim),
            &stated.at,
        ))
    });
    Some(Dispute {
        operation: None,
        field: Some(first.path.clone()),
        fact: topic.about.fact(),
        claims: claims.collect(),
    })
}

/// Objects of one resource that hold other fields in the answer to another method.
fn contents(views: &[View<'_>], tables: &[TableFact]) -> Option<Dispute> {
    let described: Vec<&View<'_>> = views
        .iter()
        .filter(|view| view.field.kind.holds_objects() && !view.field.children.is_empty())
        .collect();
    let (first, others) = described.split_first()?;
    let names = |view: &View<'_>| -> Vec<String> {
        let children = view.field.children.iter();
        let mut names: Vec<String> = children.map(|child| child.name.clone()).collect();
        names.sort_unstable();
        names
    };
    let own = names(first);
    let same_resource = |view: &&&View<'_>| view.operation.path.same_shape(&first.operation.path);
    let other = others
        .iter()
        .filter(same_resource)
        .find(|view| names(view) != own)?;
    let holds = |view: &View<'_>, but: &View<'_>| {
        let lacks = |child: &&Field| but.field.child(&child.name).is_none();
        let own: Vec<&str> = view
            .field
            .children
            .iter()
            .filter(lacks)
            .map(|child| child.name.as_str())
            .collect();
        let words = match own.is_empty() {
            true => "nothing more".to_owned(),
            false => crate::extract::claims::cut(&own.join(", ")),
        };
        claim(
            format!("{}: holds {words}", view.operation.id),
            &described_at(view.field, tables),
        )
    };
    Some(Dispute {
        operation: None,
        field: Some(first.path.clone()),
        fact: Fact::Structure,
        claims: vec![holds(first, other), holds(other, first)],
    })
}

/// Where the table of a field's content starts, or else its first row.
fn described_at(field: &Field, tables: &[TableFact]) -> Provenance {
    let Some(first) = field.children.first() else {
        return field.at.clone();
    };
    let after = tables.partition_point(|table| table.line <= first.at.line);
    let caption = tables[..after].last().map(|table| table.line);
    Provenance {
        line: caption.unwrap_or(first.at.line),
        row: None,
        ..first.at.clone()
    }
}

/// Gives every field the kinds that the tables of other operations claim for it, so that a value
/// of any of them is accepted.
pub(super) fn exchange_kinds(contract: &mut Contract) {
    let mut claimed: HashMap<(String, u32), Vec<Claim<Kind>>> = HashMap::new();
    for views in views(contract) {
        for view in &views {
            let others = views
                .iter()
                .filter(|other| !facts::kinds_agree(&view.field.kind, &other.field.kind));
            let claims = others.map(|other| Claim {
                claim: other.field.kind.clone(),
                at: other.field.at.clone(),
            });
            let key = (view.field.name.clone(), view.field.at.line);
            claimed.entry(key).or_default().extend(claims);
        }
    }
    for operation in &mut contract.operations {
        let bodies = operation.request.iter_mut().chain(&mut operation.response);
        for body in bodies {
            take_kinds(&mut body.fields, &claimed);
        }
    }
}

fn take_kinds(fields: &mut [Field], claimed: &HashMap<(String, u32), Vec<Claim<Kind>>>) {
    for field in fields {
        let key = (field.name.clone(), field.at.line);
        for claim in claimed.get(&key).into_iter().flatten() {
            if field.kinds().all(|kind| *kind != claim.claim) {
                field.other_kinds.push(claim.clone());
            }
        }
        take_kinds(&mut field.children, claimed);
    }
}
