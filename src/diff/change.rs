//! One difference.

use crate::contract::{Claim, FieldPath};

/// What a difference means for a client that was written for the old edition.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Effect {
    /// It may fail.
    Breaking,
    /// It goes on working; there may be more that it could do.
    Compatible,
    /// The texts differ, and nothing that it sends or is answered.
    Editorial,
}

impl Effect {
    /// All of them, the worst first.
    pub const ALL: [Effect; 3] = [Effect::Breaking, Effect::Compatible, Effect::Editorial];

    /// The word for people and files.
    pub fn word(self) -> &'static str {
        match self {
            Effect::Breaking => "breaking",
            Effect::Compatible => "compatible",
            Effect::Editorial => "editorial",
        }
    }
}

/// Which part of an operation differs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Part {
    /// The operation as a whole.
    Operation,
    /// A path, query or header parameter.
    Parameter,
    /// The body that the client sends.
    Request,
    /// The body that the server answers.
    Response,
}

impl Part {
    /// The word for people and files.
    pub fn word(self) -> &'static str {
        match self {
            Part::Operation => "operation",
            Part::Parameter => "parameter",
            Part::Request => "request",
            Part::Response => "response",
        }
    }
}

/// One fact that two editions state differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What it means.
    pub effect: Effect,
    /// The operation, `METHOD path#action`; none for what holds for all operations.
    pub operation: Option<String>,
    /// Which part of it.
    pub part: Part,
    /// The field, where it is about one.
    pub field: Option<FieldPath>,
    /// What is stated differently: `kind`, `presence`, a kind of constraint, and the like.
    pub fact: &'static str,
    /// What the old edition states, if anything.
    pub old: Option<Claim<String>>,
    /// What the new edition states, if anything.
    pub new: Option<Claim<String>>,
}
