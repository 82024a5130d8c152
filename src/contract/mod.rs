//! The typed promise: everything a Document promises, with the line that promised it.
//!
//! Main type: [`Contract`]. It says what a Constraint is, never whether a value meets it: the Twin,
//! the Checks and the Schemas each decide that alone. Knows nothing of documents or JSON Schema.

mod constraint;
mod dispute;
mod field;
mod folder;
mod operation;
mod path;
mod protocol;

pub use constraint::{CharClass, Constraint, Format, Scalar, Statement, StatesRule, Unit};
pub use dispute::{Claim, Dispute, Fact};
pub use field::{Evidence, Expectation, Field, FieldPath, Kind, Presence, Step};
pub use folder::folders;
pub use operation::{
    Body, Direction, Operation, OperationId, Parameter, Place, Selector, StatementId,
};
pub use path::{PathTemplate, Segment};
pub use protocol::{Envelope, ErrorCode, JobProtocol, StatusCode};

use crate::source::DocumentId;

/// Everything one Document promises.
#[derive(Clone, Debug, PartialEq)]
pub struct Contract {
    /// Which text made these promises.
    pub edition: Edition,
    /// The operations, in document order.
    pub operations: Vec<Operation>,
    /// The status codes listed for every operation.
    pub statuses: Vec<StatusCode>,
    /// The error codes listed for every operation.
    pub error_codes: Vec<ErrorCode>,
    /// The shapes an error answer may have.
    pub envelopes: Vec<Envelope>,
    /// How an asynchronous job is followed.
    pub jobs: Option<JobProtocol>,
    /// Facts on which sources disagree.
    pub disputes: Vec<Dispute>,
}

/// One Document seen as an edition of the contract.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// The document.
    pub id: DocumentId,
    /// Language tag: `zh`, `en`.
    pub language: Option<String>,
    /// The date of publication, `YYYY-MM-DD`.
    pub date: Option<String>,
}

impl Contract {
    /// The operation of this id.
    pub fn operation(&self, id: &OperationId) -> Option<&Operation> {
        self.operations.iter().find(|operation| operation.id == *id)
    }

    /// Joins editions into the contract a run uses: of each operation the newest edition, of
    /// codes and envelopes all of them. Editions without a date count as the oldest.
    pub fn newest(editions: &[Contract]) -> Option<Contract> {
        let mut order: Vec<&Contract> = editions.iter().collect();
        order.sort_by(|a, b| b.edition.date.cmp(&a.edition.date));
        let mut newest = (*order.first()?).clone();
        for older in &order[1..] {
            newest.take_missing_from(older);
        }
        Some(newest)
    }

    fn take_missing_from(&mut self, older: &Contract) {
        for operation in &older.operations {
            if !self
                .operations
                .iter()
                .any(|known| known.shares_route(operation))
            {
                self.operations.push(operation.clone());
                let disputes = older.disputes.iter();
                self.disputes.extend(
                    disputes
                        .filter(|d| d.operation.as_ref() == Some(&operation.id))
                        .cloned(),
                );
            }
        }
        for status in &older.statuses {
            if !self.statuses.iter().any(|known| known.code == status.code) {
                self.statuses.push(status.clone());
            }
        }
        for error in &older.error_codes {
            if !self
                .error_codes
                .iter()
                .any(|known| known.code == error.code)
            {
                self.error_codes.push(error.clone());
            }
        }
        for envelope in &older.envelopes {
            if !self
                .envelopes
                .iter()
                .any(|known| known.code == envelope.code)
            {
                self.envelopes.push(envelope.clone());
            }
        }
        self.jobs = self.jobs.take().or_else(|| older.jobs.clone());
    }
}
