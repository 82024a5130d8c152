//! Where a document contradicts itself, and where two editions contradict each other.
//!
//! Main entries: [`within`] for one Contract, [`between`] for two. Tables that describe the same
//! structure are held side by side, fact by fact; what only one of them states is no dispute.
//!
//! A dispute between operations names none of them, because none of them disputes itself: each
//! claim starts with the operation that makes it.

mod editions;
mod facts;
mod listed;
mod needed;
mod siblings;

#[cfg(test)]
mod tests;

pub use editions::{between, settle};

use super::inventory::TableFact;
use super::references::Reference;
use crate::contract::{Claim, Contract};
use crate::source::Provenance;

/// Adds to a Contract the disputes of its document with itself, and to its fields the kinds that
/// the tables of other operations claim. `tables` are those of the document in order.
pub fn within(contract: &mut Contract, references: &[Reference], tables: &[TableFact]) {
    let mut found = siblings::disputes(contract, tables);
    found.extend(listed::references(contract, references));
    found.extend(listed::error_codes(contract));
    found.extend(listed::states(contract));
    found.extend(needed::disputes(contract));
    contract.disputes.extend(found);
    siblings::exchange_kinds(contract);
}

/// A claim read at a place.
fn claim(claim: impl Into<String>, at: &Provenance) -> Claim<String> {
    Claim {
        claim: claim.into(),
        at: at.clone(),
    }
}
