//! Stories of lists: a page is as short as was asked for, the next page goes on where the last one
//! ended, a filter leaves nothing but what it names.
//!
//! Main entry: [`pages`]. Told by rule: a list is the first array of an answer to GET, a filter is
//! a query parameter that is called like a field of its items.

use serde_json::{Value, json};

use super::rule::{draft, item_like, limit_of, pointer, step};
use super::{Call, Hold, HoldRule, Scenario, ScenarioStep, StepExpect};
use crate::case::broken::json as scalar_json;
use crate::case::{CaseId, Given, Template};
use crate::contract::{
    Constraint, Contract, Field, Kind, Listing, Operation, Place, Segment, Step, listings,
};
use crate::wire::Method;

/// The name under which the first item's id is kept, and its value of a filter's field.
const FIRST: &str = "first";
const VALUE: &str = "value";

/// Documented values of a filter that are tried.
const MOST_VALUES: usize = 4;

/// The stories of all lists whose things a path names.
pub fn pages(contract: &Contract) -> Vec<Scenario> {
    let lists = contract.operations.iter().filter_map(|operation| {
        let asks = operation.method == Method::Get && operation.selector.is_none();
        List::of(contract, operation).filter(|_| asks)
    });
    lists.flat_map(|list| list.stories()).collect()
}

struct List<'a> {
    operation: &'a Operation,
    /// The parameter that names one of the things.
    name: &'a str,
    listing: Listing<'a>,
    items: String,
    fields: &'a [Field],
}

impl<'a> List<'a> {
    fn of(contract: &'a Contract, operation: &'a Operation) -> Option<Self> {
        let (name, listing) = contract.operations.iter().find_map(|other| {
            let (last, collection) = other.path.0.split_last()?;
            let Segment::Parameter(name) = last else {
                return None;
            };
            let own = operation.path.0.starts_with(collection) && operation.path != other.path;
            let mut listings = listings(contract, other, name).into_iter();
            let listing = listings.find(|listing| own && listing.operation.id == operation.id)?;
            Some((name.as_str(), listing))
        })?;
        let fields = operation.response_fields().into_iter();
        let fields = fields.filter(|(path, _)| *path == listing.items);
        Some(Self {
            operation,
            name,
            items: pointer(&listing.items)?,
            fields: fields.map(|(_, field)| &field.children[..]).next()?,
            listing,
        })
    }

    fn stories(&self) -> Vec<Scenario> {
        let filters = self.operation.parameters.iter();
        let filters = filters.filter(|parameter| parameter.place == Place::Query);
        let filters = filters.filter_map(|parameter| self.filter(&parameter.field));
        self.walk().into_iter().chain(filters).collect()
    }

    /// A page of one, and the one after it.
    fn walk(&self) -> Option<Scenario> {
        let (limit, _) = limit_of(self.operation)?;
        let one = (limit.name.clone(), Given::Literal("1".to_owned()));
        let short = ScenarioStep {
            holds: vec![self.hold(HoldRule::AtMost(Template::Literal(json!(1))))],
            ..self.asks("a page of one is asked for", vec![one.clone()])
        };
        let mut steps = vec![self.first(None), short];
        let mut query = self.operation.parameters.iter();
        let marker = query.find(|other| {
            other.place == Place::Query && other.field.name.eq_ignore_ascii_case("marker")
        });
        if let Some(marker) = marker {
            let after = (marker.field.name.clone(), Given::Kept(FIRST.to_owned()));
            let first = item_like(&self.listing.ids, FIRST);
            steps.push(ScenarioStep {
                holds: vec![self.hold(HoldRule::Lacks(first))],
                ..self.asks(
                    "the page after the first one is asked for",
                    vec![one, after],
                )
            });
        }
        Some(self.story("pages", "pages are short and go on", steps))
    }

    /// What is listed with a filter, for the value of the first item and for documented values.
    fn filter(&self, parameter: &Field) -> Option<Scenario> {
        let field = self
            .fields
            .iter()
            .find(|field| field.name == parameter.name)?;
        let plain = matches!(field.kind, Kind::String | Kind::Integer | Kind::Boolean);
        let is_time = |field: &Field| {
            let mut said = field.statements.iter();
            said.any(|said| matches!(said.constraint, Constraint::Format { .. }))
        };
        if !plain || is_time(field) || is_time(parameter) {
            return None;
        }
        let like = |value: Template| Template::Object(vec![(field.name.clone(), value)]);
        let given = |value: Given| vec![(parameter.name.clone(), value)];
        let seen = ScenarioStep {
            holds: vec![
                self.hold(HoldRule::Every(like(Template::Kept(VALUE.to_owned())))),
                self.hold(HoldRule::Contains(item_like(&self.listing.ids, FIRST))),
            ],
            ..self.asks(
                "what is like the first one is asked for",
                given(Given::Kept(VALUE.to_owned())),
            )
        };
        let mut steps = vec![self.first(Some(&field.name)), seen];
        for value in documented(parameter).into_iter().take(MOST_VALUES) {
            let text = value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned);
            steps.push(ScenarioStep {
                holds: vec![self.hold(HoldRule::Every(like(Template::Literal(value))))],
                ..self.asks(
                    &format!("what is {text} is asked for"),
                    given(Given::Literal(text)),
                )
            });
        }
        let name = format!("filter-{}", parameter.name);
        Some(self.story(&name, "a filter leaves what it names", steps))
    }

    /// Looks at the list and keeps the id of its first item, and its value of a field.
    fn first(&self, field: Option<&str>) -> ScenarioStep {
        let at = |member: &str| format!("{}/0/{member}", self.items);
        let id = match self.listing.ids.0.last() {
            Some(Step::Name(member)) => at(member),
            Some(Step::Items | Step::Key(_)) | None => format!("{}/0", self.items),
        };
        let mut capture = vec![(FIRST.to_owned(), id)];
        capture.extend(field.map(|field| (VALUE.to_owned(), at(field))));
        ScenarioStep {
            capture,
            ..self.asks("all are listed", Vec::new())
        }
    }

    fn asks(&self, title: &str, query: Vec<(String, Given)>) -> ScenarioStep {
        let mut call: Call = draft(self.operation);
        call.query
            .retain(|(known, _)| query.iter().all(|(name, _)| name != known));
        call.query.extend(query);
        step(title, call, StepExpect::Accepted)
    }

    fn hold(&self, rule: HoldRule) -> Hold {
        Hold {
            asked: None,
            pointer: self.items.clone(),
            rule,
        }
    }

    fn story(&self, name: &str, title: &str, steps: Vec<ScenarioStep>) -> Scenario {
        let parts = self.operation.path.parameters().chain([self.name]);
        Scenario {
            id: CaseId(format!("{}/scenario/{name}", self.operation.id)),
            operation: self.operation.id.clone(),
            title: title.to_owned(),
            take: parts.map(str::to_owned).collect(),
            steps,
        }
    }
}

/// The values that a document lists for a filter.
fn documented(parameter: &Field) -> Vec<Value> {
    let mut found = Vec::new();
    for statement in &parameter.statements {
        if let Constraint::Enum { values, .. } = &statement.constraint {
            found.extend(values.iter().filter_map(scalar_json));
        }
    }
    found
}
