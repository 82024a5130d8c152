//! What a Check says: the API broke a promise.

mod curl;

pub use curl::curl;

use crate::case::CaseId;
use crate::contract::{FieldPath, OperationId};
use crate::source::Provenance;
use crate::wire::Exchange;

/// A promise that was not kept, with all that a person needs to act on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    /// The Check that says so: its stable code.
    pub check: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// Whose fault it is.
    pub verdict: Verdict,
    /// The operation.
    pub operation: OperationId,
    /// The field, where it is about one.
    pub field: Option<FieldPath>,
    /// What the API did, in a few words: `accepted 64 characters`.
    pub title: String,
    /// What was promised, in our words.
    pub promise: String,
    /// Where it was promised. Empty only for promises of HTTP itself.
    pub sources: Vec<Provenance>,
    /// What should have been seen.
    pub expected: String,
    /// What was seen.
    pub seen: String,
    /// The case that showed it.
    pub case: CaseId,
    /// The exchange that showed it; the target's own token is replaced by [`crate::wire::OWN_TOKEN`].
    pub exchange: Option<Exchange>,
    /// State before and after, where that is the point.
    pub change: Option<(String, String)>,
}

/// How bad a Finding is. Only violations fail a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the meaning")]
pub enum Severity {
    Note,
    Warning,
    Violation,
}

impl Severity {
    /// The word for people and files.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Note => "note",
            Severity::Warning => "warning",
            Severity::Violation => "violation",
        }
    }
}

/// Whose fault a Finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Verdict {
    /// The server broke the promise.
    Server,
    /// The document promises two things, or what no server can keep.
    Document,
    /// An outage, or a dispute that nobody settled.
    Undecided,
}

impl Verdict {
    /// The word for people and files.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Server => "server",
            Verdict::Document => "document",
            Verdict::Undecided => "undecided",
        }
    }
}

/// What makes two Findings the same broken promise, whatever values showed it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FindingId {
    /// The Check.
    pub check: &'static str,
    /// The operation.
    pub operation: OperationId,
    /// The field.
    pub field: Option<FieldPath>,
    /// The promise.
    pub promise: String,
}

impl Finding {
    /// The identity under which repeated Findings are counted as one.
    pub fn id(&self) -> FindingId {
        FindingId {
            check: self.check,
            operation: self.operation.clone(),
            field: self.field.clone(),
            promise: self.promise.clone(),
        }
    }
}
