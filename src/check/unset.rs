//! What nobody has to give, and has no default: where it was not given, nothing says how it is shown.

use crate::contract::{Constraint, Contract, Field, FieldPath, Kind, Operation, Presence};
use crate::finding::{Finding, Severity};

/// Tells as notes what is said of fields that may be left unset.
pub(super) fn soften(findings: &mut [Finding], contract: &Contract) {
    for finding in findings {
        let leaf = finding.field.as_ref().map(FieldPath::leaf);
        if leaf.is_some_and(|name| may_be_unset(contract, name)) {
            finding.severity = Severity::Note;
        }
    }
}

/// Whether requests know a field of this name, and none of them needs it or says what it is otherwise.
fn may_be_unset(contract: &Contract, name: &str) -> bool {
    let bodies = contract.operations.iter();
    let fields = bodies.flat_map(Operation::request_fields);
    let mut given = fields
        .map(|(_, field)| field)
        .filter(|field| field.name == name)
        .peekable();
    let has_default = |field: &Field| {
        let mut said = field.statements.iter();
        said.any(|said| matches!(said.constraint, Constraint::Default(_)))
    };
    given.peek().is_some()
        && given.all(|field| {
            field.presence == Presence::Optional && !has_default(field) && !may_be_empty(field)
        })
}

/// Whether nothing at all has a value of its own: the empty text, the empty list.
fn may_be_empty(field: &Field) -> bool {
    let is_several = field.kind.inner().is_some();
    let is_full = |constraint: &Constraint| {
        let told = ["format", "enum", "const", "pattern", "not_empty"].contains(&constraint.word());
        let is_long = matches!(constraint, Constraint::Length { min: Some(1..), .. });
        told || is_long
    };
    let mut said = field.statements.iter();
    is_several || (field.kind == Kind::String && !said.any(|said| is_full(&said.constraint)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::{Statement, sample};

    fn not_empty() -> Statement {
        Statement {
            constraint: Constraint::NotEmpty,
            at: sample::at(),
            rule: "test".to_owned(),
        }
    }

    #[test]
    fn what_a_request_may_leave_out_may_be_unset() {
        let makes = sample::operation("POST /v1/kettles", "kettle.name kettle.lid", "");
        let changes = sample::operation("PUT /v1/kettles/{kettle_id}", "kettle.name", "");
        let mut contract = sample::contract(vec![makes, changes]);
        let set = |contract: &mut Contract, name: &str, presence| {
            for operation in &mut contract.operations {
                let fields = &mut operation.request.as_mut().unwrap().fields;
                let inner = fields.iter_mut().flat_map(|field| &mut field.children);
                let named = inner.filter(|field| field.name == name);
                named.for_each(|field| field.presence = presence);
            }
        };
        set(&mut contract, "name", Presence::Optional);
        set(&mut contract, "lid", Presence::Optional);
        assert!(
            !may_be_unset(&contract, "lid"),
            "it would be the empty text"
        );
        for operation in &mut contract.operations {
            let fields = &mut operation.request.as_mut().unwrap().fields;
            let inner = fields.iter_mut().flat_map(|field| &mut field.children);
            inner.for_each(|field| field.statements.push(not_empty()));
        }
        assert!(may_be_unset(&contract, "lid") && may_be_unset(&contract, "name"));
        assert!(!may_be_unset(&contract, "size"));
        set(&mut contract, "lid", Presence::Required);
        assert!(!may_be_unset(&contract, "lid"));
    }
}
