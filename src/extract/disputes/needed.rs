//! A column that calls a field mandatory, and a text that says when it is.

use super::claim;
use crate::contract::{Constraint, Contract, Dispute, Fact, Operation, Presence, Statement};
use crate::extract::claims;

/// The fields whose text makes a condition of what their column says of all requests.
pub(super) fn disputes(contract: &Contract) -> Vec<Dispute> {
    contract.operations.iter().flat_map(of_operation).collect()
}

fn of_operation(operation: &Operation) -> Vec<Dispute> {
    let fields = operation.request_fields().into_iter();
    let mandatory = fields.filter(|(_, field)| field.presence == Presence::Required);
    let disputed = mandatory.filter_map(|(path, field)| {
        // "Yes, unless …" is what the column itself may say.
        let is_case = |said: &&Statement| {
            matches!(&said.constraint, Constraint::RequiredIf(condition) if !condition.starts_with("unless"))
        };
        let told = field.statements.iter().find(is_case)?;
        Some(Dispute {
            operation: Some(operation.id.clone()),
            field: Some(path),
            fact: Fact::Presence,
            claims: vec![
                claim("mandatory", &field.at),
                claim(claims::say(&told.constraint), &told.at),
            ],
        })
    });
    disputed.collect()
}
