//! Stories of what is searched for by marks with names and values: a thing is found by what it was marked with,
//! and not by what it was not.
//!
//! Main entry: [`search`]. Told by rule of a request that names marks, each with values of which one is enough,
//! where a document says whether all of the marks count or any; the thing is marked by a pair of operations
//! that add to a list and take from it.

use serde_json::{Value, json};

use super::full::with;
use super::items::list_of;
use super::rule::{pointer, smallest, step};
use super::{Call, Cast, Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use crate::case::request::{Edit, Site, of_items, sites};
use crate::case::{CaseId, Template};
use crate::contract::{
    Constraint, FINDS_ALL, FINDS_ANY, Field, FieldPath, Kind, NO_EFFECT_WHEN, Named, Operation,
    Scalar, Segment, letters,
};
use crate::wire::Method;

/// The name under which it is kept how many things were found.
const FOUND: &str = "how many are found";

/// The stories of all searches for things that can be marked.
pub(super) fn search(cast: &Cast<'_>) -> Vec<Scenario> {
    let contract = cast.contract;
    let pairs = cast.pairs(|named| matches!(named, Named::SameBody(_)));
    let stories = pairs.into_iter().filter_map(|(adds, takes)| {
        let mut searches = contract.operations.iter();
        searches.find_map(|search| story(Marker { adds, takes }, &Search::of(adds, search)?))
    });
    stories.collect()
}

/// What marks a thing, and takes the marks away again.
struct Marker<'a> {
    adds: &'a Operation,
    takes: &'a Operation,
}

/// An operation that finds things by their marks.
struct Search<'a> {
    operation: &'a Operation,
    sites: Vec<Site<'a>>,
    /// Where it lists what it finds.
    found: String,
    /// What an item of that list calls the thing.
    id: &'a str,
}

/// A mark as it is searched for: its name and the values of which it may have any.
type Wanted = (Value, Vec<Value>);

impl<'a> Search<'a> {
    /// A search among the things of which `adds` marks one.
    fn of(adds: &Operation, operation: &'a Operation) -> Option<Self> {
        let thing = adds.path.parameters().last()?;
        let place = adds.path.0.iter().position(|segment| match segment {
            Segment::Parameter(name) => name == thing,
            Segment::Literal(_) => false,
        })?;
        let is_beside = operation.path.0.starts_with(&adds.path.0[..place])
            && operation.path.parameters().all(|name| name != thing)
            && operation.path.parameters().count() + 1 == adds.path.parameters().count();
        if operation.method != Method::Post || !is_beside || operation.is_async() {
            return None;
        }
        let fields = operation.response_fields().into_iter();
        let (path, list) = fields.into_iter().find(|(path, field)| {
            path.0.len() == 1 && field.kind == Kind::Array(Box::new(Kind::Object))
        })?;
        let names = [thing, "resource_id", "id"];
        let id = names.iter().find_map(|name| list.child(name))?;
        Some(Self {
            operation,
            sites: sites(operation),
            found: pointer(&path)?,
            id: &id.name,
        })
    }

    /// The fields that name marks, and whether all of them count.
    fn by_marks(&self) -> impl Iterator<Item = (&Site<'a>, bool)> {
        let sites = self.sites.iter().filter(|site| {
            let values = site.field.child("values").map(|values| &values.kind);
            let are_texts = values == Some(&Kind::Array(Box::new(Kind::String)));
            let is_alone = site.place.is_none() && site.path.0.len() == 1;
            is_alone && are_texts && site.field.child("key").is_some()
        });
        sites.filter_map(|site| {
            let said = (site.field.says(FINDS_ALL), site.field.says(FINDS_ANY));
            match said {
                (true, false) => Some((site, true)),
                (false, true) => Some((site, false)),
                (true, true) | (false, false) => None,
            }
        })
    }

    /// A search for these marks that lists what it finds, or counts it.
    fn call(&self, by: &Site<'_>, marks: &[Wanted], act: &str) -> Call {
        let mut call = smallest(self.operation);
        let mut draft = call.draft(self.operation);
        let marks = marks.iter();
        let marks = marks.map(|(key, values)| json!({"key": key, "values": values}));
        let marks = Template::Literal(Value::Array(marks.collect()));
        by.edit(&mut draft, &Edit::Set(marks));
        if let Some(selects) = self.selects(act) {
            selects.edit(&mut draft, &Edit::Set(Template::Literal(Value::from(act))));
        }
        call.body = draft.body;
        call
    }

    /// The field that chooses between lists and counts, where it knows this word.
    fn selects(&self, act: &str) -> Option<&Site<'a>> {
        let knows = |field: &Field| {
            let mut said = field.statements.iter();
            let word = Scalar::Text(act.to_owned());
            said.any(|said| matches!(&said.constraint, Constraint::Enum { values, .. } if values.contains(&word)))
        };
        let mut sites = self.sites.iter();
        sites.find(|site| site.place.is_none() && knows(site.field))
    }

    /// Where it says how many it finds.
    fn total(&self) -> Option<String> {
        let body = self.operation.response.as_ref()?;
        let mut fields = body.fields.iter();
        let total = fields
            .find(|field| field.kind == Kind::Integer && letters(&field.name).contains("total"))?;
        pointer(&FieldPath::root(&total.name))
    }

    /// A count with whatever it is said to pay no heed to.
    fn counted(&self, by: &Site<'_>, marks: &[Wanted]) -> Option<ScenarioStep> {
        self.selects("count")?;
        let mut call = self.call(by, marks, "count");
        let mut draft = call.draft(self.operation);
        let pages = self
            .sites
            .iter()
            .filter(|site| has_no_effect(site.field, "count"));
        for site in pages {
            let one = match site.field.kind {
                Kind::Integer => json!(1),
                _ => json!("1"),
            };
            site.edit(&mut draft, &Edit::Set(Template::Literal(one)));
        }
        call.body = draft.body;
        let same = HoldRule::Equals(Template::Kept(FOUND.to_owned()));
        Some(ScenarioStep {
            holds: vec![Hold::here(self.total()?, same)],
            patient: true,
            ..step(
                "as many are counted as were found",
                call,
                StepExpect::Accepted,
            )
        })
    }
}

/// Whether it is said that a field does nothing where another one has this value.
fn has_no_effect(field: &Field, value: &str) -> bool {
    let mut said = field.statements.iter();
    let is_when =
        |words: &str| words.starts_with(NO_EFFECT_WHEN) && words.ends_with(&format!("== {value}"));
    said.any(|said| matches!(&said.constraint, Constraint::Other(words) if is_when(words)))
}

fn story(marker: Marker<'_>, search: &Search<'_>) -> Option<Scenario> {
    let Marker { adds, takes } = marker;
    let added = list_of(adds)?;
    let taken = list_of(takes)?;
    let three = of_items(added.field, 3).filter(|three| three.sure)?;
    let Template::Array(items) = three.value else {
        return None;
    };
    let marks: Option<Vec<(Value, Value)>> = items.iter().map(mark).collect();
    let [(key, value), (other_key, other_value), (_, nobodys)] =
        <[(Value, Value); 3]>::try_from(marks?).ok()?;
    if key == other_key || value == nobodys || other_value == nobodys {
        return None;
    }
    let own = (key.clone(), vec![nobodys.clone(), value]);
    let other = (other_key.clone(), vec![other_value]);
    let strange = (other_key, vec![nobodys]);
    let thing = adds.path.parameters().last()?;
    let item = || {
        let id = Template::Kept(thing.to_owned());
        Template::Object(vec![(search.id.to_owned(), id)])
    };
    let mut steps = vec![step(
        "it is marked twice",
        with(adds, &added, &items[..2]),
        StepExpect::Accepted,
    )];
    for (by, all) in search.by_marks() {
        let name = &by.field.name;
        let asked = |what: &str, marks: &[Wanted], is_found: bool| {
            let rule = match is_found {
                true => HoldRule::Contains(item()),
                false => HoldRule::Lacks(item()),
            };
            let title = format!("{name} are {what}");
            ScenarioStep {
                holds: vec![Hold::here(search.found.clone(), rule)],
                // Marks may be searched for by another service, which learns of them later.
                patient: true,
                ..step(
                    &title,
                    search.call(by, marks, "filter"),
                    StepExpect::Accepted,
                )
            }
        };
        let both = [own.clone(), other.clone()];
        steps.push(ScenarioStep {
            capture: search
                .total()
                .map(|total| (FOUND.to_owned(), total))
                .into_iter()
                .collect(),
            ..asked("both of its own", &both, true)
        });
        steps.extend(search.counted(by, &both));
        let half = [own.clone(), strange.clone()];
        steps.push(asked("one of its own and one of nobody's", &half, !all));
        steps.push(asked(
            "one of nobody's",
            std::slice::from_ref(&strange),
            false,
        ));
    }
    if steps.len() == 1 {
        return None;
    }
    let known = |item: &Template| super::items::only_documented(item, taken.field);
    let gone: Vec<Template> = items[..2].iter().map(known).collect();
    let call = with(takes, &taken, &gone);
    steps.push(step("its marks are taken away", call, StepExpect::Accepted));
    Some(Scenario {
        id: CaseId(format!("{}/scenario/searched", search.operation.id)),
        operation: search.operation.id.clone(),
        title: "found by its marks".to_owned(),
        take: adds.path.parameters().map(str::to_owned).collect(),
        steps,
    })
}

/// The name and the value of a mark that is given as such.
fn mark(item: &Template) -> Option<(Value, Value)> {
    let Template::Object(members) = item else {
        return None;
    };
    let text = |name: &str| {
        let (_, member) = members.iter().find(|(known, _)| known == name)?;
        match member {
            Template::Literal(value) => Some(value.clone()),
            _ => None,
        }
    };
    Some((text("key")?, text("value")?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::cast::tell;
    use crate::contract::{Selector, Statement, sample};

    fn said(remark: &str) -> Statement {
        Statement {
            constraint: Constraint::Other(remark.to_owned()),
            at: sample::at(),
            rule: "test".to_owned(),
        }
    }

    #[test]
    fn a_thing_is_found_by_its_marks() {
        let marks = "POST /v1/kettles/{kettle_id}/marks";
        let routes = [
            (marks, "marks.key act", ""),
            (marks, "marks.key act", ""),
            ("POST /v1/kettles/search", "all.key any.key", "found.id"),
        ];
        let operations = routes.map(|(route, sent, shown)| sample::operation(route, sent, shown));
        let mut contract = sample::contract(operations.to_vec());
        let list = Kind::Array(Box::new(Kind::Object));
        let member = |name: &str| {
            let more = sample::operation("GET /v1/more", "", name).response;
            more.expect("it answers").fields.remove(0)
        };
        for (operation, act) in contract.operations.iter_mut().zip(["add", "remove", ""]) {
            let bodies = [&mut operation.request, &mut operation.response];
            for field in bodies
                .into_iter()
                .flatten()
                .flat_map(|body| &mut body.fields)
            {
                if field.children.is_empty() {
                    continue;
                }
                field.kind = list.clone();
                let (name, kind) = match field.name.as_str() {
                    "marks" => ("value", Kind::String),
                    _ => ("values", Kind::Array(Box::new(Kind::String))),
                };
                let mut value = member(name);
                value.kind = kind;
                field.children.push(value);
                match field.name.as_str() {
                    "all" => field.statements.push(said(FINDS_ALL)),
                    "any" => field.statements.push(said(FINDS_ANY)),
                    _ => {}
                }
            }
            if !act.is_empty() {
                let selector = Selector::Value {
                    key: "act".to_owned(),
                    value: act.to_owned(),
                };
                operation.id = crate::contract::OperationId::of(
                    operation.method,
                    &operation.path,
                    Some(&selector),
                );
                operation.selector = Some(selector);
            }
        }
        let told = tell(search, &contract);
        let steps = told.iter().flat_map(|story| &story.steps);
        let lines = steps.map(|step| {
            let rules: Vec<&str> = step.holds.iter().map(|hold| hold.rule.word()).collect();
            let patient = if step.patient { "patient " } else { "" };
            format!("{patient}{}: {}\n", step.title, rules.join(", "))
        });
        insta::assert_snapshot!(lines.collect::<String>(), @r"
        it is marked twice: 
        patient all are both of its own: contains
        patient all are one of its own and one of nobody's: lacks
        patient all are one of nobody's: lacks
        patient any are both of its own: contains
        patient any are one of its own and one of nobody's: contains
        patient any are one of nobody's: lacks
        its marks are taken away: 
        ");
    }
}
