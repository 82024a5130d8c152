//! Contradictions that lists show: references that lead astray, codes listed twice, states that
//! no field has.

use hashbrown::HashMap;

use super::claim;
use crate::contract::{
    Claim, Constraint, Contract, Dispute, Fact, Field, FieldPath, Operation, Scalar, Scope,
    Statement, Step,
};
use crate::extract::claims;
use crate::extract::phrases::TOLD_APART;
use crate::extract::references::Reference;
use crate::source::Provenance;

/// Printed references that could not be followed as they stand.
pub(super) fn references(contract: &Contract, references: &[Reference]) -> Vec<Dispute> {
    let document = &contract.edition.id;
    let broken = references.iter().filter_map(|reference| {
        let printed = reference.to.as_ref()?;
        let problem = reference.problem.as_ref()?;
        let at = Provenance::line(document, reference.line);
        let leads_to = reference.leads_to.unwrap_or(reference.line);
        let said = vec![
            claim(format!("refers to {}", claims::cut(printed)), &at),
            claim(problem.as_str(), &Provenance::line(document, leads_to)),
        ];
        Some(Dispute {
            operation: None,
            field: reference.field.clone(),
            fact: Fact::Reference,
            claims: said,
        })
    });
    broken.collect()
}

/// Error codes that one table lists twice, or that come with different statuses.
pub(super) fn error_codes(contract: &Contract) -> Vec<Dispute> {
    let mut first: HashMap<&str, usize> = HashMap::new();
    let mut found = Vec::new();
    for (place, error) in contract.error_codes.iter().enumerate() {
        let Some(known) = first.get(error.code.as_str()) else {
            first.insert(&error.code, place);
            continue;
        };
        let known = &contract.error_codes[*known];
        let other_status =
            known.status != error.status && known.status.is_some() && error.status.is_some();
        if !other_status && known.at.table != error.at.table {
            continue;
        }
        let say = |error: &crate::contract::ErrorCode| -> Claim<String> {
            let status = error
                .status
                .map_or("no status".to_owned(), |status| status.to_string());
            claim(
                format!("{} with {status}", claims::cut(&error.code)),
                &error.at,
            )
        };
        found.push(Dispute {
            operation: None,
            field: None,
            fact: Fact::Value,
            claims: vec![say(known), say(error)],
        });
    }
    found
}

/// States that an operation demands or refuses, and that the field of this name cannot have.
pub(super) fn states(contract: &Contract) -> Vec<Dispute> {
    let mut known: HashMap<String, (&[Scalar], &Provenance)> = HashMap::new();
    for operation in &contract.operations {
        for (path, field) in operation.response_fields() {
            for statement in &field.statements {
                // Examples leave room for other states.
                if let Constraint::Enum {
                    values,
                    open: false,
                } = &statement.constraint
                {
                    let subject = (values.as_slice(), &statement.at);
                    known.entry(qualified(&path)).or_insert(subject);
                    // A name like `EXT:state` is rarely printed whole.
                    known.entry(field.name.clone()).or_insert(subject);
                }
            }
        }
    }
    let mut found: Vec<Dispute> = Vec::new();
    for operation in &contract.operations {
        for statement in statements(operation) {
            let dispute = unknown_state(statement, &known);
            if let Some(dispute) = dispute
                && !found.contains(&dispute)
            {
                found.push(dispute);
            }
        }
    }
    found
}

fn statements(operation: &Operation) -> impl Iterator<Item = &Statement> {
    let bodies = operation.request.iter().chain(&operation.response);
    let fields = bodies
        .flat_map(|body| body.walk())
        .map(|(_, field): (_, &Field)| field);
    let of_fields = fields.flat_map(|field| &field.statements);
    operation.statements.iter().chain(of_fields)
}

fn unknown_state(
    statement: &Statement,
    known: &HashMap<String, (&[Scalar], &Provenance)>,
) -> Option<Dispute> {
    let constraint = match &statement.constraint {
        Constraint::Within {
            scope: Scope::Case(case),
            holds,
        } if case == TOLD_APART => holds,
        other => other,
    };
    let Constraint::StatePrecondition {
        subject, states, ..
    } = constraint
    else {
        return None;
    };
    let (values, at) = known.get(subject)?;
    let printed: Vec<String> = values.iter().map(claims::scalar).collect();
    // Prose writes in small letters what a table has in capitals, but where it names the attribute it means it.
    let is_named = subject.contains([':', '_']);
    let unknown = |state: &&String| {
        let is_small = !is_named && **state == state.to_lowercase();
        let in_prose = |known: &String| is_small && known.to_lowercase() == **state;
        !printed
            .iter()
            .any(|known| known == *state || in_prose(known))
    };
    let unknown: Vec<&str> = states.iter().filter(unknown).map(String::as_str).collect();
    if unknown.is_empty() {
        return None;
    }
    let values = Constraint::Enum {
        values: values.to_vec(),
        open: false,
    };
    Some(Dispute {
        operation: None,
        field: None,
        fact: Fact::Value,
        claims: vec![
            claim(
                claims::cut(&format!("{subject} in state {}", unknown.join(", "))),
                &statement.at,
            ),
            claim(claims::say(&values), at),
        ],
    })
}

/// A field with what holds it: `volume.status`.
fn qualified(path: &FieldPath) -> String {
    let names: Vec<&str> = path
        .0
        .iter()
        .filter_map(|step| match step {
            Step::Name(name) => Some(name.as_str()),
            Step::Items | Step::Key(_) => None,
        })
        .collect();
    names[names.len().saturating_sub(2)..].join(".")
}
