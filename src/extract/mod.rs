//! Blocks in, Contract and Disputes out.
//!
//! Main entries: [`read`] for one document, [`settle`] for several editions. The way of a document:
//! [`sections`] cuts it into pages, [`tables`] says what each table is for, [`operations`] finds
//! where operations start, [`fields`] unfolds rows through [`references`], [`constraints`] and
//! [`phrases`] read the prose, [`protocol`] what holds for all operations, [`reading`] puts it
//! together, and [`inventory`] prints what was read.
//!
//! Knows column roles, references and phrases in two languages; knows no HTTP, Schema or Case.
//! What looks like a constraint and matches no rule is listed as unread, never guessed.

mod asked;
mod backwards;
mod batches;
mod called;
pub mod claims;
mod columns;
mod constraints;
pub mod coverage;
pub mod disputes;
mod edition;
pub mod evidence;
pub mod examples;
mod fact;
mod fields;
mod flags;
mod flat;
mod formed;
mod guides;
mod implied;
pub mod inventory;
mod job_rows;
mod kinds;
mod left_rows;
mod lengths;
mod lexicon;
mod links;
mod list_bodies;
#[cfg(test)]
mod made;
mod many;
mod maps;
mod names;
mod nested;
mod notes;
mod nouns;
mod operations;
mod overview;
mod parameters;
mod parted;
mod pattern;
mod permissions;
pub mod phrases;
mod pointers;
mod promised;
mod protocol;
mod rates;
mod reading;
mod references;
mod sections;
mod selectors;
mod shown;
mod state_lists;
mod state_matrix;
mod state_names;
mod states;
mod tables;
#[cfg(test)]
mod tests;
mod told_apart;
mod uri;
mod versions;

pub use coverage::Coverage;
pub use disputes::settle;
pub use inventory::Inventory;
pub use reading::read;
pub use references::Reference;
pub use shown::Shown;
pub use tables::Role;

use crate::contract::{Constraint, Contract, FieldPath};

/// The rule of a statement that stands for a sentence that no rule reads.
const UNREAD: &str = "unread";
use crate::document::Diagnostic;
use crate::source::Pages;

/// Everything that was read from one document.
#[derive(Clone, Debug, PartialEq)]
pub struct Reading {
    /// What it promises.
    pub contract: Contract,
    /// Its pages. Outside of the contract, lines are counted through all of them.
    pub pages: Pages,
    /// Facts about the document itself.
    pub inventory: Inventory,
    /// What looks like a constraint and was not understood.
    pub unread: Vec<Unread>,
    /// Which rule read which line.
    pub explained: Vec<Explained>,
    /// What was hard to read.
    pub diagnostics: Vec<Diagnostic>,
    /// How much was read.
    pub coverage: Coverage,
}

impl Reading {
    /// Whether the document gave no fact at all.
    pub fn is_empty(&self) -> bool {
        let Contract {
            operations,
            error_codes,
            ..
        } = &self.contract;
        let has_rows = self
            .inventory
            .tables
            .iter()
            .any(|table| !table.rows.is_empty());
        operations.is_empty() && error_codes.is_empty() && !has_rows
    }
}

/// A piece of text that looks like a constraint and matched no rule. Its text is for the reader's
/// eyes only: it is never written to a file of the project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unread {
    /// The line.
    pub line: u32,
    /// The field whose description it is, unless it is about an operation.
    pub field: Option<FieldPath>,
    /// The text.
    pub text: String,
}

/// Which rule read what from which line.
#[derive(Clone, Debug, PartialEq)]
pub struct Explained {
    /// The line.
    pub line: u32,
    /// The rule's name.
    pub rule: String,
    /// The operation, for statements about one.
    pub operation: Option<String>,
    /// The field.
    pub field: Option<String>,
    /// What was read.
    pub constraint: Constraint,
}
