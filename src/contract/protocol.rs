//! What a document promises for all its operations: codes, error envelopes, jobs.

use super::{FieldPath, OperationId};
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
