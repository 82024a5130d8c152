//! What the runner says happened, as plain data. Reports listen to it and to nothing else.

use std::time::Duration;

use serde_json::Value;

use crate::case::{CaseId, Expect};
use crate::contract::{Direction, FieldPath, OperationId, Place, StatementId};
use crate::finding::Finding;
use crate::source::Provenance;
use crate::wire::{Exchange, Service};

/// One thing that happened in a run, in the past tense.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The plan is made; nothing was sent yet.
    RunStarted {
        /// What cases are sent to: `twin` or an endpoint.
        target: String,
        /// Where a `curl` finds the target.
        endpoint: String,
        /// Where it finds paths that other endpoints of the target take; the first that takes one.
        services: Vec<Service>,
        /// Operations of the contract that the plan covers.
        n_operations: u32,
        /// The seed of generated cases.
        seed: u64,
        /// Cases in the plan, as far as known.
        n_cases: u64,
    },
    /// An operation of the plan, with all that it promises. Told once for each, before any case.
    OperationPlanned(Box<Sheet>),
    /// A case was begun.
    CaseStarted {
        /// The case.
        case: CaseId,
        /// Its operation.
        operation: OperationId,
    },
    /// A job was asked for and goes on.
    JobAwaited {
        /// The state it shows, where it shows one.
        state: Option<String>,
        /// How long it was waited for.
        waited: Duration,
        /// How long it may take.
        budget: Duration,
    },
    /// A case, or a step of one that is a story, was sent and judged.
    CaseTried(Box<Trying>),
    /// A Check found a broken promise. The same identity may come many times.
    FindingMade(Box<Finding>),
    /// What a run must know that goes on after the case which ends next. Only the runner reads it.
    StateNoted(Value),
    /// A case came to its end.
    CaseFinished {
        /// The case.
        case: CaseId,
        /// Its operation.
        operation: OperationId,
        /// How it ended.
        outcome: CaseOutcome,
        /// Requests it took.
        n_exchanges: u32,
        /// Checks that judged it.
        n_checks: u32,
    },
    /// What became of one statement of the contract, told at the end for each.
    StatementTested {
        /// The statement.
        statement: StatementId,
        /// What became of it.
        coverage: Coverage,
    },
    /// The run came to its end. A run without this event was cut short.
    RunFinished {
        /// Milliseconds from start to end.
        millis: u64,
    },
}

/// How a case ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CaseOutcome {
    /// Every promise was kept.
    Passed,
    /// At least one violation.
    Failed,
    /// Not run, with the reason.
    Skipped(String),
    /// Run, but nothing can be said, with the reason.
    Undecided(String),
}

/// What became of a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Coverage {
    /// Values on both sides of the boundary were tried, or a response was held against it; kept.
    Kept,
    /// Tried on one side only; kept there.
    KeptOnOneSide(Side),
    /// Tried and broken.
    Broken,
    /// Sources disagree, nobody settled it.
    Disputed,
    /// Not tried, with the reason.
    Untested(String),
}

/// A side of a boundary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Side {
    /// What the statement allows.
    Inside,
    /// What it forbids.
    Outside,
}

impl Side {
    /// The word for people and files.
    pub fn word(self) -> &'static str {
        match self {
            Side::Inside => "inside",
            Side::Outside => "outside",
        }
    }
}

/// One judged exchange: what a case was about, what should have happened, what did.
#[derive(Clone, Debug, PartialEq)]
pub struct Trying {
    /// The case.
    pub case: CaseId,
    /// The operation it called.
    pub operation: OperationId,
    /// The statement it was about, if any.
    pub tests: Option<StatementId>,
    /// What was special about it: `name of 64 characters`.
    pub title: String,
    /// What the Contract says must happen.
    pub expect: Expect,
    /// How it ended.
    pub outcome: CaseOutcome,
    /// What went over the wire, without secrets.
    pub exchange: Exchange,
}

/// What one operation promises, laid out like the tables of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Sheet {
    /// The operation.
    pub operation: OperationId,
    /// `PUT /v1/{project_id}/servers/{server_id}`.
    pub route: String,
    /// Where it is documented.
    pub at: Provenance,
    /// Where it is deprecated.
    pub deprecated: Option<Provenance>,
    /// The documented statuses of success.
    pub success: Vec<u16>,
    /// Promises about the operation as a whole.
    pub said: Vec<Said>,
    /// Its fields, in document order, parents before children.
    pub rows: Vec<Row>,
    /// Facts on which sources disagree, one line each.
    pub disputes: Vec<String>,
}

/// One field, as a row of a table.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The side that it is promised of.
    pub direction: Direction,
    /// Where it stands, when not in the body.
    pub place: Option<Place>,
    /// The field.
    pub field: FieldPath,
    /// Its kind, or all that are claimed: `Integer or String`.
    pub kind: String,
    /// What the table says of presence: `required`, `optional`, or nothing.
    pub presence: &'static str,
    /// Where it stands in the document.
    pub at: Provenance,
    /// What is promised of it.
    pub said: Vec<Said>,
}

/// One statement in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// The rule under which its coverage is told.
    pub rule: &'static str,
    /// The promise: `1 to 64 characters`.
    pub words: String,
    /// The line that promises it.
    pub at: Provenance,
}
