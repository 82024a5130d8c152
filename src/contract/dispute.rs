//! Facts on which sources disagree. A disputed fact is not resolved by guessing.

use super::{FieldPath, OperationId};
use crate::source::Provenance;

/// Two or more sources that claim different things about one fact.
#[derive(Clone, Debug, PartialEq)]
pub struct Dispute {
    /// The operation, unless the dispute is about the whole document.
    pub operation: Option<OperationId>,
    /// The field, where it is about one.
    pub field: Option<FieldPath>,
    /// What they disagree about.
    pub fact: Fact,
    /// Who claims what. At least two, or one that contradicts itself.
    pub claims: Vec<Claim<String>>,
}

/// What sources can disagree about. The words are those of the inventory.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fact {
    /// The type of a field.
    Kind,
    /// The spelling of a name.
    Name,
    /// Whether a field is there.
    Presence,
    /// A value outside of what the text allows.
    Value,
    /// Where a field stands in the structure.
    Structure,
    /// A limit, charset, format or other constraint.
    Constraint,
    /// A reference that leads nowhere or to the wrong place.
    Reference,
    /// An example that cannot be read as it is printed.
    ExampleCorrupt,
    /// A path, method or operation.
    Operation,
}

impl Fact {
    /// The word of the inventory.
    pub fn word(self) -> &'static str {
        match self {
            Fact::Kind => "kind",
            Fact::Name => "name",
            Fact::Presence => "presence",
            Fact::Value => "value",
            Fact::Structure => "structure",
            Fact::Constraint => "constraint",
            Fact::Reference => "reference",
            Fact::ExampleCorrupt => "example_corrupt",
            Fact::Operation => "operation",
        }
    }
}

/// What one source claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Claim<T> {
    /// The claimed fact.
    pub claim: T,
    /// Who claims it.
    pub at: Provenance,
}
