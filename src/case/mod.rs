//! Contract in, Cases out.
//!
//! Main type: [`Case`]: one thing to try, with what the Contract says must happen. `valid` and
//! `boundary` keep the Contract, `violation` breaks exactly the statement it names, `scenario`
//! reads stories from `cases/`. Knows no target: whatever must exist beforehand is a
//! [`Given::Lent`] value that the runner fills in.

mod around;
mod audit;
mod beside;
mod boundary;
mod broken;
mod condition;
mod dispute;
mod draft;
mod each_case;
mod format;
mod generated;
#[cfg(test)]
mod laws;
mod make;
mod matching;
mod network;
mod pair;
mod part;
mod relation;
mod request;
mod rivals;
#[cfg(test)]
mod sample;
pub mod scenario;
mod strategy;
mod text;
mod valid;
mod version;
mod violation;
mod whole;

pub use draft::{AskedVersion, Credentials, Draft, Given, Template};
pub use generated::{Generator, generated, shrink};
pub use make::{cases, each, smallest, untestable};
pub use rivals::alternatives;
pub use scenario::{Scenario, Walker, stories};
pub use valid::nth_value;

use std::fmt;

use crate::contract::{OperationId, StatementId};

/// One request to try.
#[derive(Clone, Debug, PartialEq)]
pub struct Case {
    /// Names it; never changes its meaning.
    pub id: CaseId,
    /// The operation it calls.
    pub operation: OperationId,
    /// The statement it is about. None: the operation as a whole.
    pub tests: Option<StatementId>,
    /// What is special about it, in a few words: `name of 64 characters`.
    pub title: String,
    /// The request, before lent values are filled in.
    pub draft: Draft,
    /// What must happen.
    pub expect: Expect,
}

/// Names a Case: `baremetalservers.update/server.name/length_range/64-characters`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CaseId(pub String);

impl CaseId {
    /// Whether chance made it. All that was chosen is in its name, so it can be made again.
    pub fn is_made_by_chance(&self) -> bool {
        self.0.contains(generated::MARK) || self.0.contains(scenario::WALK)
    }
}

impl fmt::Display for CaseId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What the Contract says must happen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Expect {
    /// The documented success.
    Accepted,
    /// A documented 4xx, the documented error envelope, and nothing changed.
    Refused,
    /// Sources disagree or leave it open: either is fine, and what happens is told as a note.
    Either,
}
