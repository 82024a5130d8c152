//! What a Check says: the API broke a promise.

mod curl;

pub use curl::curl;

use crate::case::CaseId;
use crate::contract::{FieldPath, OperationId};
use crate::source::Provenance;
use crate::wire::{Exchange, Request};

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
    /// What the same case sent before that exchange and may have changed something by, the last ones.
    pub earlier: Vec<Earlier>,
}

/// A request that came before.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// The request; secrets of the target's own are replaced.
    pub request: Request,
    /// What came of it: a status, or the kind of failure.
    pub seen: String,
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
    /// The promise, without the values in it.
    pub promise: String,
}

impl Finding {
    /// The identity under which repeated Findings are counted as one.
    pub fn id(&self) -> FindingId {
        FindingId {
            check: self.check,
            operation: self.operation.clone(),
            field: self.field.clone(),
            promise: without_values(&self.promise),
        }
    }
}

impl FindingId {
    /// The identity as 12 hex digits: the same in every run, whatever values, cases or limits
    /// changed in between. It is the anchor in reports and the name in waivers and baselines.
    pub fn key(&self) -> String {
        let field = self.field.as_ref().map(ToString::to_string);
        let parts = [
            self.check,
            self.operation.as_str(),
            field.as_deref().unwrap_or(""),
            &self.promise,
        ];
        let name = parts.join("\n");
        let hash = uuid::Uuid::new_v5(&uuid::Uuid::NAMESPACE_OID, name.as_bytes());
        hash.simple().to_string()[..12].to_owned()
    }
}

/// Words that hold a digit stand for a value that another run may see differently: a limit, an id,
/// a time.
fn without_values(promise: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.' | ':');
    let mut text = String::with_capacity(promise.len());
    let mut rest = promise;
    while let Some(first) = rest.chars().next() {
        let end = if is_part(first) {
            rest.find(|c| !is_part(c)).unwrap_or(rest.len())
        } else {
            first.len_utf8()
        };
        let (word, after) = rest.split_at(end);
        let is_value = word.chars().any(|c| c.is_ascii_digit());
        text.push_str(if is_value { "#" } else { word });
        rest = after;
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(promise: &str) -> String {
        let id = FindingId {
            check: "kind",
            operation: OperationId::new("kettles.show"),
            field: Some(FieldPath::root("name")),
            promise: without_values(promise),
        };
        id.key()
    }

    #[test]
    fn an_identity_survives_changed_values() {
        assert_eq!(key("1 to 8 characters"), key("2 to 64 characters"));
        assert_eq!(
            key("`/id` is 3f2a-77 after the job"),
            key("`/id` is 9c01-12 after the job")
        );
        assert_ne!(key("1 to 8 characters"), key("1 to 8 bytes"));
    }

    #[test]
    fn an_identity_does_not_change_between_builds() {
        assert_eq!(key("1 to 8 characters"), "9d2c9e13b360");
    }
}
