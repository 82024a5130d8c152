//! Requests of an operation that is several: of some members of its body each request has one.
//!
//! Main entry: [`alternatives`].

use super::request::{Base, Extent, sites};
use super::{Case, CaseId, smallest};
use crate::contract::{Constraint, Contract, Operation};

/// The smallest valid requests of an operation: where one of several members of its body must be given, one with
/// each of them.
pub fn alternatives(operation: &Operation, contract: &Contract) -> Vec<Case> {
    let first = smallest(operation, contract);
    let all = sites(operation);
    let rivals = all.iter().filter(|site| {
        let mut said = site.field.statements.iter();
        let excludes = said.any(|said| matches!(said.constraint, Constraint::ExclusiveWith(_)));
        site.place.is_none() && site.path.0.len() == 1 && excludes
    });
    let others = rivals.filter_map(|site| {
        let base = Base::of(operation, Extent::Minimal, Some(site));
        (base.sure && base.draft != first.draft).then(|| Case {
            id: CaseId(format!("{}-with-{}", first.id, site.path)),
            draft: base.draft,
            ..first.clone()
        })
    });
    let others: Vec<Case> = others.collect();
    std::iter::once(first).chain(others).collect()
}
