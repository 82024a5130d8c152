//! What a whole request breaks, field by field.
//!
//! Main type: [`Auditor`]. Generated requests are held against it before anybody expects them to be
//! accepted or refused, and the laws of this module are stated with it.

use serde_json::Value;

use super::around::Around;
use super::broken::{breaks, broken, same_promise};
use super::condition::{are_exclusive, held_in_case, is_barred, is_due};
use super::relation::{goes_beyond, is_reversed};
use super::request::{Site, is_due_beside, sites};
use super::{Draft, Expect, Given, Template};
use crate::contract::{Direction, Field, FieldPath, Kind, Operation, Place, Presence, StatementId};

/// A statement that a request breaks: where, and the word of its rule.
pub(super) type Breach = (FieldPath, &'static str);

/// The rule that nobody writes down: a span does not end before it begins.
const REVERSED: &str = "reversed";

/// Holds requests against one operation.
pub(super) struct Auditor<'a> {
    operation: &'a Operation,
    parameters: Vec<Site<'a>>,
}

impl<'a> Auditor<'a> {
    /// Knows the places of the operation's requests.
    pub(super) fn new(operation: &'a Operation) -> Self {
        let mut parameters = sites(operation);
        parameters.retain(|site| site.place.is_some());
        Self {
            operation,
            parameters,
        }
    }

    /// Every statement about the request that the draft breaks.
    pub(super) fn audit(&self, draft: &Draft) -> Vec<Breach> {
        let mut found = Vec::new();
        for site in &self.parameters {
            parameter(site, &self.parameters, draft, &mut found);
        }
        if let (Some(body), Some(Template::Object(members))) =
            (&self.operation.request, &draft.body)
        {
            let path_of = |name: &str| FieldPath::root(name);
            object(&body.fields, &path_of, (members, None), &mut found);
        }
        found
    }

    /// What may be expected of a draft of which this is hoped. Nobody expects a request to be
    /// accepted that breaks something, nor to be refused for one statement when it breaks another
    /// one too.
    pub(super) fn settle(
        &self,
        hoped: Expect,
        tests: Option<&StatementId>,
        draft: &Draft,
    ) -> Expect {
        let about_request = tests.filter(|tests| tests.direction == Direction::Request);
        let fine = match (hoped, about_request) {
            (Expect::Either, _) | (Expect::Refused, None) => true,
            (Expect::Accepted, _) => self.audit(draft).is_empty(),
            (Expect::Refused, Some(tests)) => {
                let mut breaches = self.audit(draft);
                // Of that nothing is said, and the refusal is of something else.
                breaches.retain(|(_, rule)| *rule != REVERSED);
                breaches.iter().all(|breach| is_same(breach, tests))
            }
        };
        if fine { hoped } else { Expect::Either }
    }
}

fn parameter(site: &Site<'_>, others: &[Site<'_>], draft: &Draft, found: &mut Vec<Breach>) {
    let list = match site.place {
        None => return,
        Some(Place::Path) => &draft.path,
        Some(Place::Query) => &draft.query,
        Some(Place::Header) => &draft.headers,
    };
    let given = list.iter().find(|(name, _)| name == site.path.leaf());
    match given {
        Some((_, given)) => {
            let value = read(site.field, given);
            let beside = others.iter().filter(|other| other.place == site.place);
            let beside = beside.map(|other| (other.path.leaf(), other.field));
            if goes_beyond_beside(site.field, &value, beside, list) {
                found.push((site.path.clone(), "relative"));
            }
            let rules = broken(site.field, &value);
            found.extend(rules.into_iter().map(|rule| (site.path.clone(), rule)));
        }
        None if site.field.presence == Presence::Required => {
            found.push((site.path.clone(), "presence"));
        }
        None if is_due_beside(site.field, list) => {
            found.push((site.path.clone(), "required_if"));
        }
        None => {}
    }
}

/// Whether a parameter goes beyond one of the others, as they are given.
fn goes_beyond_beside<'a>(
    field: &Field,
    value: &Template,
    others: impl Iterator<Item = (&'a str, &'a Field)>,
    list: &[(String, Given)],
) -> bool {
    let given = |name: &str| list.iter().find(|(known, _)| known == name);
    let values = others.filter_map(|(name, other)| Some((name, read(other, &given(name)?.1))));
    let values: Vec<(&str, Template)> = values.collect();
    let beside = |name: &str| {
        let mut values = values.iter();
        values
            .find(|(known, _)| *known == name)
            .map(|(_, value)| value)
    };
    goes_beyond(field, value, &beside)
}

/// Whether the breach is of the statement itself. Two fields that exclude each other break one
/// promise together.
pub(super) fn is_same((path, rule): &Breach, tests: &StatementId) -> bool {
    let here = Some(path) == tests.field.as_ref() || *rule == "exclusive_with";
    here && same_promise(tests.rule, rule)
}

/// A text of a target or a header as the value that its field means.
fn read(field: &Field, given: &Given) -> Template {
    let text = match given {
        Given::Literal(text) => text,
        Given::Lent(_) | Given::Kept(_) | Given::Joined(_) => return given.template(),
    };
    let number = || {
        serde_json::from_str::<Value>(text)
            .ok()
            .filter(Value::is_number)
    };
    let value = match field.kind {
        Kind::Integer | Kind::Number => number(),
        Kind::Boolean => text.parse().ok().map(Value::Bool),
        Kind::String | Kind::Object | Kind::Array(_) | Kind::Map { .. } | Kind::Unknown => None,
    };
    Template::Literal(value.unwrap_or_else(|| Value::from(text.as_str())))
}

fn object(
    fields: &[Field],
    path_of: &dyn Fn(&str) -> FieldPath,
    (members, outer): (&[(String, Template)], Option<&Around<'_>>),
    found: &mut Vec<Breach>,
) {
    let around = Around::new(fields, members, outer);
    let member = |name: &str| around.own(name);
    let anywhere = |name: &str| around.member(name);
    for field in fields {
        let path = path_of(&field.name);
        let Some(value) = member(&field.name) else {
            if field.presence == Presence::Required {
                found.push((path, "presence"));
            } else if is_due(field, &anywhere) {
                found.push((path, "required_if"));
            }
            continue;
        };
        if is_barred(field, &anywhere) {
            found.push((path.clone(), "other"));
        }
        let mut others = fields.iter().filter(|other| other.name != field.name);
        if others.any(|other| are_exclusive(field, other) && member(&other.name).is_some()) {
            found.push((path.clone(), "exclusive_with"));
        }
        if goes_beyond(field, value, &member) {
            found.push((path.clone(), "relative"));
        }
        if is_reversed(field, value, &member) {
            found.push((path.clone(), REVERSED));
        }
        let rules = broken(field, value);
        let sound = !rules.contains(&"kind");
        if sound && held_in_case(field, &anywhere).any(|held| breaks(field, held, value)) {
            found.push((path.clone(), "within"));
        }
        found.extend(rules.into_iter().map(|rule| (path.clone(), rule)));
        if sound {
            inside(field, &field.kind, &path, (value, &around), found);
        }
    }
}

/// The fields of every object that the value holds.
fn inside(
    field: &Field,
    kind: &Kind,
    path: &FieldPath,
    (value, around): (&Template, &Around<'_>),
    found: &mut Vec<Breach>,
) {
    match (kind, value) {
        (Kind::Array(inner), Template::Array(items)) => {
            items
                .iter()
                .for_each(|item| inside(field, inner, path, (item, around), found));
        }
        (Kind::Map { value: inner, .. }, Template::Object(members)) => {
            members
                .iter()
                .for_each(|(_, item)| inside(field, inner, path, (item, around), found));
        }
        (_, Template::Object(members)) => {
            let path_of = |name: &str| path.child(&field.kind, name);
            object(&field.children, &path_of, (members, Some(around)), found);
        }
        (_, Template::Literal(_) | Template::Lent(_) | Template::Kept(_) | Template::Array(_)) => {}
    }
}
