//! A Draft and what is lent make a Request.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::leases::{Hand, NotLent};
use crate::case::scenario::Kept;
use crate::case::{AskedVersion, Draft, Given, Template};
use crate::contract::{Contract, Operation, PathTemplate, Segment, called_in_paths};
use crate::wire::Request;

/// Everything but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A request, and what was filled in.
#[derive(Clone, Debug)]
pub(super) struct Filled {
    /// The request, without credentials.
    pub(super) request: Request,
    /// The path parameters by name.
    pub(super) known: BTreeMap<String, String>,
    /// Lent values that stand in the body, by what a path calls them.
    pub(super) in_body: Vec<(String, String)>,
}

impl Filled {
    /// Lent values that stand in the body.
    pub(super) fn lent_in_body(&self) -> impl Iterator<Item = &String> {
        self.in_body.iter().map(|(_, value)| value)
    }
}

/// Why a request cannot be made: the reason of a skipped case.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Unfilled {
    #[error(transparent)]
    NotLent(#[from] NotLent),
    #[error("nothing was kept under `{0}`")]
    NotKept(String),
    #[error("the case gives no `{0}` for the path")]
    NoParameter(String),
}

/// Fills the holes of a draft, in this order: path, query, headers, body.
pub(super) fn fill(
    contract: &Contract,
    operation: &Operation,
    draft: &Draft,
    hand: &mut Hand<'_>,
    kept: &Kept,
) -> Result<Filled, Unfilled> {
    let mut known = BTreeMap::new();
    let mut taker = Taker {
        contract,
        operation,
        hand,
        kept,
        used: Vec::new(),
    };
    for (name, given) in &draft.path {
        // A path that names one thing twice means the same one.
        if known.contains_key(name) {
            continue;
        }
        let word = word_before(&operation.path, name);
        known.insert(name.clone(), taker.text(given, &format!("{word}/"))?);
    }
    let mut target = path(&operation.path, &known)?;
    for (position, (name, given)) in draft.query.iter().enumerate() {
        let sign = if position == 0 { '?' } else { '&' };
        let value = taker.text(given, "")?;
        target.push_str(&format!("{sign}{}={}", encoded(name), encoded(&value)));
    }
    let mut request = Request::new(operation.method, target);
    let mut headers = vec![(Cow::Borrowed("Accept"), "application/json".to_owned())];
    if let Some(template) = &draft.body {
        headers.push((Cow::Borrowed("Content-Type"), "application/json".to_owned()));
        request.body = taker.json(template, "")?.to_string().into();
    }
    for (name, given) in &draft.headers {
        headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        headers.push((Cow::Owned(name.clone()), taker.text(given, "")?));
    }
    request.headers.0 = headers;
    match (draft.version, &contract.versions) {
        (AskedVersion::Usual, _) => contract.ask_usual_version(operation, &mut request),
        (AskedVersion::This(version), Some(versions)) => versions.ask(&mut request, version),
        (AskedVersion::Unnamed, _) | (_, None) => {}
    }
    Ok(Filled {
        request,
        known,
        in_body: taker.used,
    })
}

/// The literal before a parameter of a path.
fn word_before<'p>(path: &'p PathTemplate, name: &str) -> &'p str {
    let parameter = path
        .0
        .iter()
        .position(|segment| matches!(segment, Segment::Parameter(known) if known == name));
    match parameter.and_then(|place| path.0.get(place.checked_sub(1)?)) {
        Some(Segment::Literal(word)) => word,
        Some(Segment::Parameter(_)) | None => "",
    }
}

/// The path with its holes filled.
pub(super) fn path(
    template: &PathTemplate,
    known: &BTreeMap<String, String>,
) -> Result<String, Unfilled> {
    let mut path = String::new();
    for segment in &template.0 {
        path.push('/');
        match segment {
            Segment::Literal(text) => path.push_str(text),
            Segment::Parameter(name) => {
                let value = known.get(name);
                let value = value.ok_or_else(|| Unfilled::NoParameter(name.clone()))?;
                path.push_str(&encoded(value));
            }
        }
    }
    Ok(if path.is_empty() {
        "/".to_owned()
    } else {
        path
    })
}

/// A value as one part of a path or query. A lone dot or two would be taken for a step.
fn encoded(value: &str) -> String {
    match value {
        "." => "%2E".to_owned(),
        ".." => "%2E%2E".to_owned(),
        value => utf8_percent_encode(value, ENCODED).to_string(),
    }
}

/// Takes values for the holes of one request. What is lent may be lent for one place alone: under a
/// name that starts with the operation's id, the literal before the parameter, or the object around
/// the field.
struct Taker<'t, 'l> {
    contract: &'t Contract,
    operation: &'t Operation,
    hand: &'t mut Hand<'l>,
    kept: &'t Kept,
    used: Vec<(String, String)>,
}

impl Taker<'_, '_> {
    fn text(&mut self, given: &Given, place: &str) -> Result<String, Unfilled> {
        match given {
            Given::Literal(text) => Ok(text.clone()),
            Given::Lent(name) => {
                let names = (name.as_str(), place);
                Ok(self
                    .hand
                    .take(&lent_as(self.hand, self.contract, self.operation, names))?)
            }
            Given::Kept(name) => self.kept_text(name),
            Given::Joined(names) => {
                let texts = names.iter().map(|name| self.kept_text(name));
                Ok(texts.collect::<Result<Vec<_>, _>>()?.join(","))
            }
        }
    }

    fn kept_text(&self, name: &str) -> Result<String, Unfilled> {
        match self.kept.get(name) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(other) => Ok(other.to_string()),
            None => Err(Unfilled::NotKept(name.to_owned())),
        }
    }

    fn json(&mut self, template: &Template, place: &str) -> Result<Value, Unfilled> {
        Ok(match template {
            Template::Literal(value) => value.clone(),
            Template::Lent(name) => {
                let names = (name.as_str(), place);
                let lent = lent_as(self.hand, self.contract, self.operation, names);
                let value = self.hand.take_for_body(&lent)?;
                self.used
                    .push((called(self.contract, name, place), value.clone()));
                Value::String(value)
            }
            Template::Kept(name) => {
                let value = self.kept.get(name).cloned();
                let value = value.ok_or_else(|| Unfilled::NotKept(name.clone()))?;
                self.note_kept(&value, place);
                value
            }
            Template::Object(members) => {
                let mut object = serde_json::Map::new();
                for (name, member) in members {
                    object.insert(
                        name.clone(),
                        self.json(member, &inside(name, place, member))?,
                    );
                }
                Value::Object(object)
            }
            Template::Array(items) => {
                let items = items.iter().map(|item| self.json(item, place));
                Value::Array(items.collect::<Result<_, _>>()?)
            }
        })
    }
}

impl Taker<'_, '_> {
    /// Takes note of a thing that a story keeps and the body names as one of those around it.
    fn note_kept(&mut self, value: &Value, place: &str) {
        let around = place.strip_suffix('.').unwrap_or_default();
        let called = called_in_paths(self.contract, "id", around);
        if let (Some(called), Value::String(id)) = (called, value) {
            self.used.push((called.to_owned(), id.clone()));
        }
    }
}

/// The name under which something is lent for one operation alone.
pub(super) fn lent_for(operation: &Operation, name: &str) -> String {
    format!("{}/{name}", operation.id)
}

/// The name under which something is lent for a name and its place. What nobody lends for them is what
/// paths call it.
pub(super) fn lent_as(
    hand: &Hand<'_>,
    contract: &Contract,
    operation: &Operation,
    (name, place): (&str, &str),
) -> String {
    let for_operation = lent_for(operation, name);
    let for_place = format!("{place}{name}");
    let in_paths = place
        .strip_suffix('.')
        .and_then(|around| called_in_paths(contract, name, around));
    let mut names = vec![for_operation.as_str(), for_place.as_str(), name];
    names.extend(in_paths);
    hand.name_of(&names).to_owned()
}

/// What a path calls a value of the body: `id` in `kettles` is a `kettle_id`.
pub(super) fn called(contract: &Contract, name: &str, place: &str) -> String {
    let around = place.strip_suffix('.').unwrap_or_default();
    match called_in_paths(contract, name, around) {
        Some(known) => known.to_owned(),
        None if name == "id" && !around.is_empty() => {
            format!("{}_id", around.strip_suffix('s').unwrap_or(around))
        }
        None => name.to_owned(),
    }
}

/// The place of what stands in a member: the member itself where it holds others.
pub(super) fn inside(name: &str, around: &str, member: &Template) -> String {
    match member {
        Template::Object(_) | Template::Array(_) => format!("{name}."),
        Template::Literal(_) | Template::Lent(_) | Template::Kept(_) => around.to_owned(),
    }
}
