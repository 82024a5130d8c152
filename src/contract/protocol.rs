//! What a document promises for all its operations: codes, error envelopes, jobs, states.

use super::{FieldPath, OperationId, Scalar};
use crate::source::Provenance;

/// A status code in a list that holds for all operations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusCode {
    /// The code.
    pub code: u16,
    /// The row that lists it.
    pub at: Provenance,
}

/// A documented error code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ErrorCode {
    /// The code as printed: `BMS.0018`.
    pub code: String,
    /// The HTTP status it comes with, where one is printed.
    pub status: Option<u16>,
    /// The row that lists it.
    pub at: Provenance,
}

/// A shape that an error answer has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Envelope {
    /// Where the code stands: `error_code`, `error.code`.
    pub code: FieldPath,
    /// Where the message stands.
    pub message: FieldPath,
    /// The table or example that shows it.
    pub at: Provenance,
}

/// How an asynchronous job is followed. Read from the document: the operation whose path ends in
/// the id that asynchronous operations return, and whose answer has a field of states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobProtocol {
    /// The operation that shows a job.
    pub operation: OperationId,
    /// Its path parameter, and the field of an asynchronous answer: `job_id`.
    pub id: String,
    /// The field that holds the state.
    pub state: FieldPath,
    /// States of a job that goes on.
    pub running: Vec<String>,
    /// States of a job that did its work.
    pub succeeded: Vec<String>,
    /// States of a job that failed.
    pub failed: Vec<String>,
    /// The fields that say why it failed, where there are any.
    pub reasons: Vec<FieldPath>,
    /// The line that lists the states.
    pub at: Provenance,
}

/// A table that says which state a resource shows, by states behind it: `status` follows from
/// `vm_state` and `task_state`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StateTable {
    /// The field that follows from the others.
    pub field: String,
    /// The fields that it follows from. Names are those that answers use: `OS-EXT-STS:vm_state`.
    pub from: Vec<String>,
    /// The combinations, in document order.
    pub rows: Vec<Combination>,
    /// Where the table stands.
    pub at: Provenance,
}

/// A row of a [`StateTable`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Combination {
    /// The values, one list for each of [`StateTable::from`]: any of them will do.
    pub of: Vec<Vec<Scalar>>,
    /// What follows.
    pub gives: String,
    /// The row.
    pub at: Provenance,
}
