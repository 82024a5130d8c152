//! What the runner says happened, as plain data. Reports listen to it and to nothing else.

use crate::case::CaseId;
use crate::contract::{OperationId, StatementId};
use crate::finding::Finding;

/// One thing that happened in a run, in the past tense.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The plan is made; nothing was sent yet.
    RunStarted {
        /// What cases are sent to: `twin` or an endpoint.
        target: String,
        /// Where a `curl` finds the target.
        endpoint: String,
        /// Operations of the contract that the plan covers.
        n_operations: u32,
        /// The seed of generated cases.
        seed: u64,
        /// Cases in the plan, as far as known.
        n_cases: u64,
    },
    /// A case was begun.
    CaseStarted {
        /// The case.
        case: CaseId,
        /// Its operation.
        operation: OperationId,
    },
    /// A Check found a broken promise. The same identity may come many times.
    FindingMade(Box<Finding>),
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
    KeptOnOneSide,
    /// Tried and broken.
    Broken,
    /// Sources disagree, nobody settled it.
    Disputed,
    /// Not tried, with the reason.
    Untested(String),
}
