//! One flaw of the documents.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{Category, Severity};
use crate::contract::Claim;

/// Something wrong with the documents, with every place where it was met.
#[derive(Clone, Debug, PartialEq)]
pub struct Flaw {
    /// Its kind.
    pub category: Category,
    /// What is wrong, in one line.
    pub title: String,
    /// Where it was met. At least one.
    pub places: Vec<Place>,
    /// What makes two flaws the same, whatever lines they stand on.
    pub(super) key: String,
}

/// One place where a flaw was met.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The operations that it is part of, `METHOD path#action`; none if it is about a whole document.
    /// A table that several operations share is one place.
    pub operations: Vec<String>,
    /// The field, where it is about one.
    pub field: Option<String>,
    /// Who claims what.
    pub claims: Vec<Claim<String>>,
}

impl Flaw {
    /// How much it hurts.
    pub fn severity(&self) -> Severity {
        self.category.severity()
    }

    /// Whether a person settled it: then it is shown, and fails nothing.
    pub fn is_settled(&self) -> bool {
        self.category == Category::RulingInForce
    }

    /// The operations that are touched, each once.
    pub fn operations(&self) -> BTreeSet<&str> {
        let all = self.places.iter().flat_map(|place| &place.operations);
        all.map(String::as_str).collect()
    }

    /// A name that stays the same while lines move.
    pub fn fingerprint(&self) -> String {
        let name = format!("{}\n{}", self.category.code(), self.key);
        Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).to_string()
    }
}
