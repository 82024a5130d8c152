//! Statements found again: where one was promised, and who disputes it.

use crate::contract::{
    Contract, Direction, Dispute, Fact, Field, FieldPath, Operation, Statement, StatementId,
};
use crate::schema::promise;
use crate::source::Provenance;

/// Where a statement was promised. Falls back from the statement to its field to the operation,
/// so that a Finding always has a line to cite.
pub fn statement_sources(operation: &Operation, id: &StatementId) -> Vec<Provenance> {
    let (field, statements) = found(operation, id);
    match (&statements[..], field) {
        ([], Some(field)) => vec![field.at.clone()],
        ([], None) => vec![operation.at.clone()],
        (said, _) => said.iter().map(|statement| statement.at.clone()).collect(),
    }
}

/// What a statement promises, in our words: `1 to 63 characters`; the name of its rule where no
/// sentence made it.
pub(super) fn promised(operation: &Operation, id: &StatementId) -> String {
    let (_, statements) = found(operation, id);
    let said = statements
        .iter()
        .map(|statement| promise(&statement.constraint));
    match said.collect::<Vec<_>>().join("; ") {
        nothing if nothing.is_empty() => id.rule.replace('_', " "),
        said => said,
    }
}

/// The field that a statement is about, and the sentences that made it.
fn found<'a>(
    operation: &'a Operation,
    id: &StatementId,
) -> (Option<&'a Field>, Vec<&'a Statement>) {
    let field = id.field.as_ref().and_then(|path| {
        let fields = fields(operation, id.direction).into_iter();
        fields
            .filter(|(known, _)| known == path)
            .map(|(_, field)| field)
            .max_by_key(|field| states(field, id.rule))
    });
    let statements = field.map_or(&operation.statements, |field| &field.statements);
    let made = statements
        .iter()
        .filter(|statement| statement.constraint.word() == id.rule);
    (field, made.collect())
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
    let operation = contract.operation(&id.operation)?;
    let path = id.field.as_ref()?;
    let named = |direction| {
        let mut known = fields(operation, direction).into_iter();
        known.find_map(|(known, field)| (known == *path).then_some(field))
    };
    let field = named(id.direction)?;
    let elsewhere = match id.direction {
        Direction::Request => named(Direction::Response),
        Direction::Response => named(Direction::Request),
        Direction::Behaviour => None,
    };
    contract.disputes.iter().find(|dispute| {
        let about_it = dispute.field.as_ref() == Some(path)
            && concerns(dispute, field, id.rule)
            && (elsewhere.is_none() || dispute.cites(field));
        let about_all = id.rule == "presence" && dispute.moves(operation, path);
        dispute.leaves_open(operation) && (about_it || about_all)
    })
}

/// Whether a disagreement leaves statements of this rule undecided. How a name is spelt says
/// nothing of what stands under it.
fn concerns(dispute: &Dispute, field: &Field, rule: &str) -> bool {
    let about_rule = || {
        let statements = field.statements.iter();
        let mut named = statements.filter(|statement| statement.constraint.word() == rule);
        named.any(|statement| dispute.is_about(field, statement))
    };
    match dispute.fact {
        Fact::Kind => rule == "kind",
        Fact::Presence | Fact::Structure => rule == "presence" || rule == "required_if",
        Fact::Value | Fact::Constraint => about_rule(),
        Fact::Name | Fact::Reference | Fact::ExampleCorrupt | Fact::Operation => false,
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::coast;
    use crate::contract::{Claim, OperationId, Step};
    use crate::source::DocumentId;

    /// Whether a dispute of two lines about this fact leaves the rule of a light's new name open.
    fn open(fact: Fact, rule: &'static str, lines: [(&str, u32); 2]) -> bool {
        let mut contract = coast();
        let operation = OperationId::new("lighthouses.update");
        let steps = ["light", "name"].map(|name| Step::Name(name.to_owned()));
        let field = Some(FieldPath(steps.to_vec()));
        let claims = lines.map(|(document, line)| Claim {
            claim: "something".to_owned(),
            at: Provenance::line(&DocumentId::new(document), line),
        });
        contract.disputes.push(Dispute {
            operation: Some(operation.clone()),
            field: field.clone(),
            fact,
            claims: claims.to_vec(),
        });
        let id = StatementId {
            operation,
            direction: Direction::Request,
            field,
            rule,
        };
        disputed(&contract, &id).is_some()
    }

    #[test]
    fn a_promise_is_told_with_its_limits() {
        let contract = coast();
        let operation = contract.operation(&OperationId::new("lighthouses.update"));
        let operation = operation.unwrap();
        let promised = |rule| {
            let steps = ["light", "name"].map(|name| Step::Name(name.to_owned()));
            let field = Some(FieldPath(steps.to_vec()));
            let (operation_id, direction) = (operation.id.clone(), Direction::Request);
            let id = StatementId {
                operation: operation_id,
                direction,
                field,
                rule,
            };
            super::promised(operation, &id)
        };
        assert_eq!(promised("length_range"), "1 to 8 characters");
        assert_eq!(promised("presence"), "presence");
    }

    const OWN: [(&str, u32); 2] = [("lights", 1), ("lights", 99)];

    #[test]
    fn a_dispute_is_about_the_disputed_fact_alone() {
        assert!(open(Fact::Kind, "kind", OWN) && !open(Fact::Kind, "presence", OWN));
        assert!(open(Fact::Structure, "presence", OWN) && !open(Fact::Structure, "kind", OWN));
        assert!(open(Fact::Value, "length_range", OWN) && !open(Fact::Value, "kind", OWN));
        for rule in ["kind", "presence", "length_range"] {
            assert!(!open(Fact::Name, rule, OWN), "{rule}");
        }
    }

    #[test]
    fn what_another_edition_says_leaves_nothing_open() {
        let others = [("lights", 1), ("older lights", 7)];
        assert!(!open(Fact::Kind, "kind", others));
    }
}
