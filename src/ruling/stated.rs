//! What the documents say of a fact, before a ruling: kept with it, and compared with what they
//! said when a person decided.

use super::Subject;
use crate::contract::{Dispute, Field, Operation, Presence, Statement};
use crate::extract::claims;

/// Everything that is said, in a few words each, in order and each once.
pub(super) fn stated(
    operation: &Operation,
    field: Option<&Field>,
    subject: &Subject,
    disputes: &[Dispute],
) -> Vec<String> {
    let mut said = by_tables(operation, field, subject);
    let claims = disputes.iter().flat_map(|dispute| &dispute.claims);
    said.extend(claims.map(|claim| claim.claim.clone()));
    said.sort();
    said.dedup();
    said
}

fn by_tables(operation: &Operation, field: Option<&Field>, subject: &Subject) -> Vec<String> {
    let statements = field.map_or(&operation.statements, |field| &field.statements);
    match (subject, field) {
        (Subject::Kind(_), Some(field)) => field.kinds().map(ToString::to_string).collect(),
        (Subject::Presence(_), Some(field)) => {
            let word = match field.presence {
                Presence::Required => "required",
                Presence::Optional => "optional",
                Presence::Unstated => "unstated",
            };
            vec![word.to_owned()]
        }
        (Subject::Nullable(_), Some(field)) => {
            let word = if field.nullable.is_some() {
                "may be null"
            } else {
                "never null"
            };
            vec![word.to_owned()]
        }
        (Subject::Name(_), Some(field)) => vec![field.name.clone()],
        (Subject::Success(_), _) => {
            let statuses = operation.success.iter();
            statuses.map(|(status, _)| status.to_string()).collect()
        }
        (Subject::Constraint { word, .. }, _) => of_word(statements, word)
            .map(|statement| claims::say(&statement.constraint))
            .collect(),
        (
            Subject::Kind(_) | Subject::Presence(_) | Subject::Nullable(_) | Subject::Name(_),
            None,
        )
        | (Subject::Settled { .. }, _) => Vec::new(),
    }
}

fn of_word<'a>(statements: &'a [Statement], word: &str) -> impl Iterator<Item = &'a Statement> {
    statements
        .iter()
        .filter(move |statement| statement.constraint.family() == word)
}
