//! A Draft and what is lent make a Request.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;

use super::leases::{Hand, NotLent};
use crate::case::scenario::Kept;
use crate::case::{Draft, Given, Template};
use crate::contract::{Operation, PathTemplate, Segment};
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
    /// Lent values that stand in the body.
    pub(super) in_body: Vec<String>,
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
    operation: &Operation,
    draft: &Draft,
    hand: &mut Hand<'_>,
    kept: &Kept,
) -> Result<Filled, Unfilled> {
    let mut known = BTreeMap::new();
    for (name, given) in &draft.path {
        known.insert(name.clone(), text(given, hand, kept)?);
    }
    let mut target = path(&operation.path, &known)?;
    for (position, (name, given)) in draft.query.iter().enumerate() {
        let sign = if position == 0 { '?' } else { '&' };
        let value = text(given, hand, kept)?;
        target.push_str(&format!("{sign}{}={}", encoded(name), encoded(&value)));
    }
    let mut request = Request::new(operation.method, target);
    let mut headers = vec![(Cow::Borrowed("Accept"), "application/json".to_owned())];
    let mut in_body = Vec::new();
    if let Some(template) = &draft.body {
        headers.push((Cow::Borrowed("Content-Type"), "application/json".to_owned()));
        request.body = json(template, hand, kept, &mut in_body)?.to_string().into();
    }
    for (name, given) in &draft.headers {
        headers.retain(|(known, _)| !known.eq_ignore_ascii_case(name));
        headers.push((Cow::Owned(name.clone()), text(given, hand, kept)?));
    }
    request.headers.0 = headers;
    Ok(Filled {
        request,
        known,
        in_body,
    })
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

fn text(given: &Given, hand: &mut Hand<'_>, kept: &Kept) -> Result<String, Unfilled> {
    match given {
        Given::Literal(text) => Ok(text.clone()),
        Given::Lent(name) => Ok(hand.take(name)?),
        Given::Kept(name) => match kept.get(name) {
            Some(Value::String(text)) => Ok(text.clone()),
            Some(other) => Ok(other.to_string()),
            None => Err(Unfilled::NotKept(name.clone())),
        },
    }
}

fn json(
    template: &Template,
    hand: &mut Hand<'_>,
    kept: &Kept,
    used: &mut Vec<String>,
) -> Result<Value, Unfilled> {
    Ok(match template {
        Template::Literal(value) => value.clone(),
        Template::Lent(name) => {
            let value = hand.take_for_body(name)?;
            used.push(value.clone());
            Value::String(value)
        }
        Template::Kept(name) => {
            let value = kept.get(name).cloned();
            value.ok_or_else(|| Unfilled::NotKept(name.clone()))?
        }
        Template::Object(members) => {
            let mut object = serde_json::Map::new();
            for (name, member) in members {
                object.insert(name.clone(), json(member, hand, kept, used)?);
            }
            Value::Object(object)
        }
        Template::Array(items) => {
            let items = items.iter().map(|item| json(item, hand, kept, used));
            Value::Array(items.collect::<Result<_, _>>()?)
        }
    })
}
