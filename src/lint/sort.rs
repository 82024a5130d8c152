//! Which category a dispute belongs to: by its fact, and by who disputes.
//!
//! Decided by where the claims stand (one document or two, a table's row or a line outside of
//! tables), never by their words.

use super::Category;
use crate::contract::{Contract, Dispute, Fact, FieldPath, Operation};
use crate::extract::examples::Repair;

/// The category of a dispute of this contract.
pub(super) fn category(dispute: &Dispute, contract: &Contract) -> Category {
    let editions = is_between_editions(dispute);
    match dispute.fact {
        Fact::Kind if editions => Category::EditionKind,
        Fact::Kind if shows_only_null(dispute) => Category::NullUndocumented,
        Fact::Kind => Category::KindContradiction,
        Fact::Name if has_blank_inside(dispute) => Category::NameBroken,
        Fact::Name if is_hole(dispute, contract) => Category::ParameterRenamed,
        Fact::Name => Category::NameMisprint,
        Fact::Presence if editions && denies(dispute) => Category::EditionField,
        Fact::Presence if editions => Category::EditionPresence,
        Fact::Presence if is_described(dispute, contract) => Category::RequiredNotShown,
        Fact::Presence => Category::FieldUndocumented,
        Fact::Value if editions => Category::EditionValue,
        Fact::Value => value(dispute, contract),
        Fact::Structure if dispute.operation.is_none() => Category::StructureDiffers,
        Fact::Structure => Category::StructureContradiction,
        Fact::Constraint if editions => Category::EditionLimit,
        Fact::Constraint => Category::LimitContradiction,
        Fact::Reference => Category::ReferenceMissing,
        Fact::ExampleCorrupt if is_cut_apart(dispute) => Category::ExampleCut,
        Fact::ExampleCorrupt => Category::ExampleBroken,
        Fact::Operation if editions => Category::EditionOperation,
        // Nothing is said of it but in rows, or but on its own page.
        Fact::Operation if dispute.operation.is_none() => match dispute.claims.first() {
            Some(claim) if claim.at.row.is_some() => Category::OperationUndescribed,
            _ => Category::OperationUnlisted,
        },
        Fact::Operation => Category::OperationContradiction,
    }
}

/// Disputes about values in one document: those without a field are about lists, or about two
/// examples of one operation.
fn value(dispute: &Dispute, contract: &Contract) -> Category {
    if dispute.field.is_some() {
        return Category::ValueContradiction;
    }
    if dispute.operation.is_some() {
        return Category::ExamplesDisagree;
    }
    let listed: Vec<_> = dispute
        .claims
        .iter()
        .filter_map(|claim| {
            contract
                .error_codes
                .iter()
                .find(|error| error.at == claim.at)
        })
        .collect();
    match &listed[..] {
        [] => Category::StateUnknown,
        [first, rest @ ..] if rest.iter().any(|other| other.status != first.status) => {
            Category::CodeContradiction
        }
        _ => Category::CodeRepeated,
    }
}

fn is_between_editions(dispute: &Dispute) -> bool {
    let mut documents = dispute.claims.iter().map(|claim| &claim.at.document);
    let first = documents.next();
    documents.any(|other| Some(other) != first)
}

/// Whether one edition lacks what the other has: it can only name the operation's own line.
fn denies(dispute: &Dispute) -> bool {
    dispute.claims.iter().any(|claim| claim.at.row.is_none())
}

fn shows_only_null(dispute: &Dispute) -> bool {
    let shown = dispute.claims.get(1..).unwrap_or_default();
    !shown.is_empty() && shown.iter().all(|claim| claim.claim == "null")
}

/// Whether a claimed name with a blank is another claimed name, or that of the field, without it.
fn has_blank_inside(dispute: &Dispute) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<String>();
    let leaf = dispute.field.as_ref().map_or("", FieldPath::leaf);
    dispute.claims.iter().any(|claim| {
        claim.claim.contains(char::is_whitespace) && squeezed(&claim.claim) == squeezed(leaf)
    })
}

/// Whether the field is a parameter of the operation's path, by any of the names that are disputed:
/// an edition knows it by its own.
fn is_hole(dispute: &Dispute, contract: &Contract) -> bool {
    let operation = dispute
        .operation
        .as_ref()
        .and_then(|id| contract.operation(id));
    let leaf = dispute.field.as_ref().map_or("", FieldPath::leaf);
    let is_claimed = |hole: &str| dispute.claims.iter().any(|claim| claim.claim == hole);
    let is_meant = |hole: &str| hole == leaf || is_claimed(hole);
    operation.is_some_and(|operation| operation.path.parameters().any(is_meant))
}

/// Whether the tables of the operation have the field.
fn is_described(dispute: &Dispute, contract: &Contract) -> bool {
    let operation = dispute
        .operation
        .as_ref()
        .and_then(|id| contract.operation(id));
    let has = |operation: &Operation, field: &FieldPath| {
        let mut fields = operation
            .request_fields()
            .into_iter()
            .chain(operation.response_fields());
        // What the request has says nothing of an answer with the same field.
        fields.any(|(path, known)| path == *field && dispute.cites(known))
            || operation
                .parameters
                .iter()
                .any(|parameter| parameter.field.name == field.leaf())
    };
    match (operation, &dispute.field) {
        (Some(operation), Some(field)) => has(operation, field),
        (None, _) | (_, None) => false,
    }
}

fn is_cut_apart(dispute: &Dispute) -> bool {
    let cut = Repair::CutApart.to_string();
    dispute.claims.iter().any(|claim| claim.claim == cut)
}
