//! One exchange held against the operation it calls.

use serde_json::Value;

use crate::case::Expect;
use crate::contract::{FieldPath, Operation};
use crate::schema::Violation;
use crate::wire::{Exchange, FailureKind};

/// One exchange, read once for all Checks.
#[derive(Clone, Debug)]
pub struct Answer<'a> {
    /// The operation that was called.
    pub operation: &'a Operation,
    /// What went over the wire, without secrets.
    pub exchange: Exchange,
    /// What the Contract says must happen.
    pub expect: Expect,
    /// The body, read.
    pub body: AnswerBody,
    /// Where a successful body breaks its Schema.
    pub violations: Vec<Violation>,
    /// What a successful body has that no document mentions, with pointers.
    pub undocumented: Vec<(FieldPath, String)>,
}

/// The body of an answer.
#[derive(Clone, Debug, PartialEq)]
pub enum AnswerBody {
    /// No whole answer came back.
    Missing,
    /// An answer without a body.
    Empty,
    /// JSON.
    Json(Value),
    /// Something else, with what the reader of JSON said.
    NotJson(String),
}

impl Answer<'_> {
    /// Whether both bodies tell the same. Equal bytes do, whatever they mean.
    pub fn tells_same(&self, other: &Answer<'_>) -> bool {
        let (one, another) = (self.exchange.response(), other.exchange.response());
        one.map(|said| &said.body) == another.map(|said| &said.body) || self.body == other.body
    }

    /// The status, when an answer came back.
    pub fn status(&self) -> Option<u16> {
        self.exchange.response().map(|response| response.status)
    }

    /// Whether the server says that it did, or will do, what was asked.
    pub fn accepted(&self) -> bool {
        self.status()
            .is_some_and(|status| (200..300).contains(&status))
    }

    /// Whether the server says that the client is at fault.
    pub fn refused(&self) -> bool {
        self.status()
            .is_some_and(|status| (400..500).contains(&status))
            && self.outage().is_none()
    }

    /// The body, when it is JSON.
    pub fn json(&self) -> Option<&Value> {
        match &self.body {
            AnswerBody::Json(value) => Some(value),
            AnswerBody::Missing | AnswerBody::Empty | AnswerBody::NotJson(_) => None,
        }
    }

    /// Why this answer says nothing about the Contract, if it does not: nobody was there, or
    /// somebody in front of the server, or the server had enough of us.
    pub fn outage(&self) -> Option<String> {
        match &self.exchange.outcome {
            Err(failure) => match failure.kind {
                FailureKind::Unreachable | FailureKind::TimedOut => Some(failure.kind.to_string()),
                FailureKind::BrokenAnswer | FailureKind::TooLarge => None,
            },
            Ok(response) => match response.status {
                429 => Some("answered 429: too many requests".to_owned()),
                502..=504 => Some(format!("answered {}: out of service", response.status)),
                _ => None,
            },
        }
    }

    /// The status for people: `202`, or why there is none.
    pub fn seen(&self) -> String {
        self.exchange.seen()
    }

    /// The successful statuses that are documented, for people.
    pub fn documented_success(&self) -> String {
        let codes = self
            .operation
            .success
            .iter()
            .map(|(code, _)| code.to_string());
        let codes: Vec<String> = codes.collect();
        if codes.is_empty() {
            "a success".to_owned()
        } else {
            codes.join(" or ")
        }
    }
}

/// JSON for people: at most `most` characters, and how many there were.
pub(crate) fn shortened(text: &str, most: usize) -> String {
    let count = text.chars().count();
    if count <= most {
        return text.to_owned();
    }
    let start: String = text.chars().take(most).collect();
    format!("{start}… ({count} characters)")
}
