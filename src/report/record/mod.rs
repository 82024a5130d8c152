//! What is kept of a run: the file types of `events.jsonl`, which the renderings share.
//!
//! Main type: [`Line`]. Every text in it is bounded, whatever a server sent, and no value in it
//! depends on the running program: a log can be read by another build than the one that wrote it.

mod of;
mod word;

pub use of::Endpoints;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::case::Expect;
use crate::contract::Direction;
use crate::event::Side;
use crate::finding::{Severity, Verdict};

/// One line of `events.jsonl`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "event", rename_all = "snake_case")]
pub enum Line {
    /// The first line of a log.
    LogOpened(Head),
    /// A run began.
    RunStarted(Start),
    /// What an operation promises.
    OperationPlanned(Box<Sheet>),
    /// A case was begun.
    CaseStarted {
        /// The case.
        case: String,
    },
    /// A case, or a step of a story, was sent and judged.
    CaseTried(Box<Tried>),
    /// A broken promise, in full.
    FindingMade(Box<Finding>),
    /// A broken promise that was told in full before.
    FindingMet {
        /// Its identity.
        id: String,
        /// How bad it is.
        #[serde(with = "word")]
        severity: Severity,
    },
    /// What a run must know that goes on after the case which ends next.
    StateNoted {
        /// Only the runner reads it.
        state: serde_json::Value,
    },
    /// A case ended.
    CaseFinished {
        /// The case.
        case: String,
        /// How it ended.
        outcome: Ending,
        /// Requests it took.
        requests: u32,
        /// Checks that judged it.
        judgements: u32,
    },
    /// What became of a statement.
    StatementTested {
        /// The statement.
        #[serde(flatten)]
        statement: Statement,
        /// What became of it.
        #[serde(flatten)]
        coverage: Coverage,
    },
    /// The run came to its end.
    RunFinished {
        /// Milliseconds it took.
        millis: u64,
    },
}

/// What a log says of itself.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of the file type.
    pub version: u32,
    /// The version of the program that wrote it.
    pub tool: String,
    /// When the run began, as `2031-05-01T20:00:00Z`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub started: Option<String>,
    /// Which part of the whole it is: `2/3`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub partition: Option<String>,
    /// The words of the command that say where cases go and what they are held to: `--target`,
    /// `staging`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub with: Vec<String>,
    /// The words that say which cases are tried: `--cases`, `0`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub which: Vec<String>,
    /// The name of the run. What it makes carries it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub run: Option<String>,
    /// When it went on after it was cut short.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub resumed: Vec<String>,
}

/// How a run began.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Start {
    /// What cases are sent to: `twin` or an endpoint.
    pub target: String,
    /// Where a `curl` finds it.
    pub endpoint: String,
    /// Operations in the plan.
    pub operations: u32,
    /// The seed of generated cases.
    pub seed: u64,
    /// Cases in the plan.
    pub cases: u64,
}

/// A promise that was not kept.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Finding {
    /// Its identity, the same in every run: see [`crate::finding::FindingId::key`].
    pub id: String,
    /// The code of the Check.
    pub check: String,
    /// How bad it is.
    #[serde(with = "word")]
    pub severity: Severity,
    /// Whose fault it is.
    #[serde(with = "word")]
    pub verdict: Verdict,
    /// The operation.
    pub operation: String,
    /// The field, where it is about one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// What the API did, in a few words.
    pub title: String,
    /// What was promised.
    pub promise: String,
    /// Where it was promised.
    pub sources: Vec<Source>,
    /// What should have been seen.
    pub expected: String,
    /// What was seen.
    pub seen: String,
    /// State before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// State after.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
    /// What the case sent before and may have changed something by: `POST /v1/kettles {"name":"tea"} 201`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<String>,
    /// The case that showed it.
    pub case: String,
    /// The command that sends the request again; none where it is too long to paste.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub curl: Option<String>,
    /// What the server calls the exchange: the id in a header of its answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request_id: Option<String>,
    /// What went over the wire.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
}

/// A place in a document.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Source {
    /// The document.
    pub document: String,
    /// The line, from 1.
    pub line: u32,
    /// The number of the table.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub table: Option<String>,
    /// The row of the table, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row: Option<u32>,
}

impl fmt::Display for Source {
    /// `kettles, table 2, row 1, line 12`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.document)?;
        if let Some(table) = &self.table {
            let number = table.strip_prefix("Table ").unwrap_or(table);
            write!(f, ", table {number}")?;
        }
        if let Some(row) = self.row {
            write!(f, ", row {row}")?;
        }
        write!(f, ", line {}", self.line)
    }
}

/// A request and its answer, as text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Exchange {
    /// The method.
    pub method: String,
    /// Path and query.
    pub target: String,
    /// The header lines.
    pub request_headers: Vec<(String, String)>,
    /// The body.
    pub request_body: String,
    /// The status, where an answer came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// The header lines of the answer.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub response_headers: Vec<(String, String)>,
    /// The body of the answer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub response_body: String,
    /// Why no answer came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
}

/// One judged exchange.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Tried {
    /// The case.
    pub case: String,
    /// The operation.
    pub operation: String,
    /// The statement it was about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tests: Option<Statement>,
    /// What was special about it.
    pub title: String,
    /// What had to happen.
    #[serde(with = "word")]
    pub expect: Expect,
    /// How it ended.
    pub outcome: Ending,
    /// What the server did: `400`, `timed out`.
    pub seen: String,
    /// What went over the wire, where no other case shows the same of this operation.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub exchange: Option<Exchange>,
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// It kept every promise.
    Passed,
    /// It broke at least one.
    Failed,
    /// It was not run, with the reason.
    Skipped(String),
    /// It was run and nothing can be said, with the reason.
    Undecided(String),
}

/// Identifies a statement of the contract.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Statement {
    /// The operation.
    pub operation: String,
    /// Who keeps it.
    #[serde(with = "word")]
    pub direction: Direction,
    /// The field, unless it is about the operation as a whole.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// The rule.
    pub rule: String,
}

impl fmt::Display for Statement {
    /// `kettles.update request name length_range`
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.operation, self.direction.word())?;
        if let Some(field) = &self.field {
            write!(f, " {field}")?;
        }
        write!(f, " {}", self.rule)
    }
}

/// What became of a statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "coverage", rename_all = "snake_case")]
pub enum Coverage {
    /// Kept.
    Kept,
    /// Kept on the one side that was tried.
    KeptOnOneSide {
        /// That side.
        #[serde(with = "word")]
        side: Side,
    },
    /// Broken.
    Broken,
    /// Sources disagree.
    Disputed,
    /// Not tried.
    Untested {
        /// Why not.
        reason: String,
    },
}

impl Coverage {
    /// The word of files.
    pub fn word(&self) -> &'static str {
        match self {
            Coverage::Kept => "kept",
            Coverage::KeptOnOneSide { .. } => "kept_on_one_side",
            Coverage::Broken => "broken",
            Coverage::Disputed => "disputed",
            Coverage::Untested { .. } => "untested",
        }
    }

    /// What two partial runs say together: what was broken stays broken, two sides make a whole,
    /// and whoever tried it knows more than who did not.
    pub fn and(self, other: Coverage) -> Coverage {
        use Coverage::{Broken, Disputed, Kept, KeptOnOneSide, Untested};
        match (self, other) {
            (Broken, _) | (_, Broken) => Broken,
            (Kept, _) | (_, Kept) => Kept,
            (KeptOnOneSide { side: one }, KeptOnOneSide { side: two }) if one != two => Kept,
            (side @ KeptOnOneSide { .. }, _) | (_, side @ KeptOnOneSide { .. }) => side,
            (Disputed, _) | (_, Disputed) => Disputed,
            (Untested { reason: one }, Untested { reason: two }) => Untested {
                reason: if one == NO_CASE { two } else { one },
            },
        }
    }
}

/// What a run says of a statement that it has no case for; a part of a run may have one.
const NO_CASE: &str = "no case tries it";

/// What an operation promises, laid out like the tables of a document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Sheet {
    /// The operation.
    pub operation: String,
    /// Method and path.
    pub route: String,
    /// Where it is documented.
    pub at: Source,
    /// Where it is deprecated.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deprecated: Option<Source>,
    /// The documented statuses of success.
    pub success: Vec<u16>,
    /// Promises about the operation as a whole.
    pub said: Vec<Said>,
    /// Its fields.
    pub rows: Vec<Row>,
    /// Facts on which sources disagree.
    pub disputes: Vec<String>,
}

/// A field, as a row of a table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// Who keeps it.
    #[serde(with = "word")]
    pub direction: Direction,
    /// `path`, `query`, `header` or `body`.
    pub place: String,
    /// The field.
    pub field: String,
    /// Its kind.
    pub kind: String,
    /// `required`, `optional`, or nothing.
    pub presence: String,
    /// Where it stands.
    pub at: Source,
    /// What is promised of it.
    pub said: Vec<Said>,
}

/// A statement in words.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Said {
    /// The rule.
    pub rule: String,
    /// The promise.
    pub words: String,
    /// The line that promises it.
    pub line: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(one: Coverage, two: Coverage, together: &Coverage) {
        assert_eq!(one.clone().and(two.clone()), *together);
        assert_eq!(two.and(one), *together);
    }

    #[test]
    fn two_parts_know_what_the_whole_knows() {
        let side = |side| Coverage::KeptOnOneSide { side };
        let untested = |reason: &str| Coverage::Untested {
            reason: reason.to_owned(),
        };
        check(side(Side::Inside), side(Side::Outside), &Coverage::Kept);
        check(side(Side::Inside), side(Side::Inside), &side(Side::Inside));
        check(Coverage::Kept, Coverage::Broken, &Coverage::Broken);
        check(side(Side::Inside), untested(NO_CASE), &side(Side::Inside));
        check(Coverage::Disputed, untested(NO_CASE), &Coverage::Disputed);
        check(untested(NO_CASE), untested("no lid"), &untested("no lid"));
    }
}
