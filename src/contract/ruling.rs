//! Facts that a person settled.

use super::{Direction, Dispute, FieldPath, OperationId};
use crate::source::Provenance;

/// A fact of this Contract that a person settled or corrected, against what was read.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruled {
    /// The operation.
    pub operation: OperationId,
    /// Whose side the field is on; none if it is about the operation as a whole.
    pub direction: Option<Direction>,
    /// The field, where it is about one.
    pub field: Option<FieldPath>,
    /// What was settled: `kind`, `presence`, `nullable`, `name`, a kind of constraint, or the fact of
    /// a dispute.
    pub fact: String,
    /// What holds now, in a few words.
    pub value: String,
    /// What the documents said of it, in a few words each.
    pub before: Vec<String>,
    /// The disputes that ended with it.
    pub settled: Vec<Dispute>,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub who: String,
    /// On which day, `YYYY-MM-DD`.
    pub when: String,
    /// The line of the file of rulings.
    pub at: Provenance,
}
