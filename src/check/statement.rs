//! Statements found again: where one was promised, and who disputes it.

use crate::contract::{
    Contract, Direction, Dispute, Fact, Field, FieldPath, Operation, StatementId,
};
use crate::source::Provenance;

/// Where a statement was promised. Falls back from the statement to its field to the operation,
/// so that a Finding always has a line to cite.
pub fn statement_sources(operation: &Operation, id: &StatementId) -> Vec<Provenance> {
    let field = id.field.as_ref().and_then(|path| {
        let fields = fields(operation, id.direction).into_iter();
        fields
            .filter(|(known, _)| known == path)
            .map(|(_, field)| field)
            .max_by_key(|field| states(field, id.rule))
    });
    let statements = field.map_or(&operation.statements, |field| &field.statements);
    let said: Vec<Provenance> = statements
        .iter()
        .filter(|statement| statement.constraint.word() == id.rule)
        .map(|statement| statement.at.clone())
        .collect();
    match (said.is_empty(), field) {
        (false, _) => said,
        (true, Some(field)) => vec![field.at.clone()],
        (true, None) => vec![operation.at.clone()],
    }
}

/// The fields that a side keeps: parameters and the request's body, or the response's body.
fn fields(operation: &Operation, direction: Direction) -> Vec<(FieldPath, &Field)> {
    let parameters = operation.parameters.iter();
    let parameters = parameters.map(|known| (FieldPath::root(&known.field.name), &known.field));
    match direction {
        Direction::Request => operation
            .request_fields()
            .into_iter()
            .chain(parameters)
            .collect(),
        Direction::Response => operation.response_fields(),
        Direction::Behaviour => {
            let request = operation.request_fields().into_iter().chain(parameters);
            request.chain(operation.response_fields()).collect()
        }
    }
}

fn states(field: &Field, rule: &str) -> bool {
    field
        .statements
        .iter()
        .any(|statement| statement.constraint.word() == rule)
}

/// The dispute that leaves a statement undecided, if there is one.
pub fn disputed<'a>(contract: &'a Contract, id: &StatementId) -> Option<&'a Dispute> {
    contract.disputes.iter().find(|dispute| {
        dispute
            .operation
            .as_ref()
            .is_none_or(|operation| *operation == id.operation)
            && dispute.field.is_some()
            && dispute.field == id.field
            && concerns(dispute.fact, id.rule)
    })
}

/// Whether a disagreement about this fact leaves statements of this rule undecided.
fn concerns(fact: Fact, rule: &str) -> bool {
    match fact {
        Fact::Kind => rule == "kind",
        Fact::Presence => rule == "presence" || rule == "required_if",
        Fact::Value | Fact::Constraint => rule != "kind" && rule != "presence",
        Fact::Name | Fact::Structure => true,
        Fact::Reference | Fact::ExampleCorrupt | Fact::Operation => false,
    }
}

/// Who claims what, in one line: `Integer (…, line 3) or String (…, line 9)`.
pub(super) fn claims(dispute: &Dispute) -> String {
    let claims: Vec<String> = dispute
        .claims
        .iter()
        .map(|claim| format!("{} ({})", claim.claim, claim.at))
        .collect();
    claims.join(" or ")
}

/// Where the claims of a dispute stand.
pub(super) fn claimants(dispute: &Dispute) -> Vec<Provenance> {
    dispute
        .claims
        .iter()
        .map(|claim| claim.at.clone())
        .collect()
}
