//! Which operation a request is.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use serde_json::Value;

use super::{Contract, Operation, PathTemplate, Place, Presence, Segment, Selector};
use crate::wire::{Method, Request};

impl Contract {
    /// The operation that a request calls: by method and path, then by what its body selects.
    /// Where several fit, the one with the most literal path.
    pub fn called_by(&self, request: &Request) -> Option<&Operation> {
        let path = decoded(request.path());
        let mut fitting = self
            .operations
            .iter()
            .filter(|operation| operation.method == request.method && operation.path.fits(&path))
            .peekable();
        fitting.peek()?;
        let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
        fitting
            .filter(|operation| {
                operation
                    .selector
                    .as_ref()
                    .is_none_or(|selector| selector.selects(&body))
            })
            .max_by_key(|operation| (operation.path.n_literals(), operation.selector.is_some()))
    }
}

/// Everything but the unreserved characters of RFC 3986.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// Whether an operation shows something when asked with nothing but its path.
pub fn is_plain_show(operation: &Operation) -> bool {
    operation.method == Method::Get
        && operation.selector.is_none()
        && operation.parameters.iter().all(|parameter| {
            parameter.place == Place::Path || parameter.field.presence != Presence::Required
        })
}

/// The segments of a path, decoded.
fn decoded(path: &str) -> Vec<String> {
    let segments = path.split('/').filter(|segment| !segment.is_empty());
    segments
        .map(|segment| percent_decode_str(segment).decode_utf8_lossy().into_owned())
        .collect()
}

impl Selector {
    /// Whether a body selects this.
    fn selects(&self, body: &Value) -> bool {
        match self {
            Selector::Key(key) => body.get(key).is_some(),
            Selector::Value { key, value } => body[key.as_str()].as_str() == Some(value),
        }
    }
}

impl PathTemplate {
    fn fits(&self, path: &[String]) -> bool {
        self.0.len() == path.len()
            && self
                .0
                .iter()
                .zip(path)
                .all(|(segment, text)| match segment {
                    Segment::Literal(literal) => literal == text,
                    Segment::Parameter(_) => true,
                })
    }

    fn n_literals(&self) -> usize {
        self.0
            .iter()
            .filter(|segment| matches!(segment, Segment::Literal(_)))
            .count()
    }

    /// The values that a path has in the places of the parameters; none where it is another path.
    pub fn values(&self, path: &str) -> Vec<(String, String)> {
        let path = decoded(path);
        if !self.fits(&path) {
            return Vec::new();
        }
        let pairs = self.0.iter().zip(path);
        pairs
            .filter_map(|(segment, text)| match segment {
                Segment::Parameter(name) => Some((name.clone(), text)),
                Segment::Literal(_) => None,
            })
            .collect()
    }

    /// The path with these values in its holes; none where one is missing.
    pub fn filled<'v>(&self, value: impl Fn(&str) -> Option<&'v str>) -> Option<String> {
        let mut text = String::new();
        for segment in &self.0 {
            text.push('/');
            match segment {
                Segment::Literal(literal) => text.push_str(literal),
                Segment::Parameter(name) => text.extend(utf8_percent_encode(value(name)?, ENCODED)),
            }
        }
        Some(text)
    }
}
