//! From contracts and readings to a list of flaws: found, joined, put in order.

use super::join::join;
use super::{Category, Flaw, Place, sort};
use crate::contract::{Claim, Contract, Dispute, Operation, Ruled};
use crate::extract::Reading;
use crate::ruling::{Concern, Problem};
use crate::source::Provenance;

/// What is looked at: one edition of a contract, with the reading it came from where that is at
/// hand. Without it, nothing is said of sentences, tables and references that no dispute names.
#[derive(Clone, Copy, Debug)]
pub struct Material<'a> {
    /// The contract.
    pub contract: &'a Contract,
    /// What else was read from the document.
    pub reading: Option<&'a Reading>,
}

/// All flaws, the most serious first; of one kind, those met most often first.
/// `concerns` are those of the rulings that were applied.
pub fn flaws(material: &[Material<'_>], concerns: &[Concern]) -> Vec<Flaw> {
    let mut found: Vec<(Category, Place)> = concerns.iter().map(concern).collect();
    for Material { contract, reading } in material {
        found.extend(disputes(contract));
        found.extend(undescribed(contract));
        found.extend(
            contract
                .rulings
                .iter()
                .map(|ruled| in_force(ruled, contract)),
        );
        if let Some(reading) = reading {
            found.extend(of_reading(reading));
        }
    }
    let mut flaws = join(found);
    flaws.sort_by_cached_key(|flaw| {
        let first = flaw.places.first().and_then(|place| place.claims.first());
        (
            std::cmp::Reverse(flaw.severity()),
            flaw.category,
            std::cmp::Reverse(flaw.places.len()),
            first.map(|claim| claim.at.clone()),
        )
    });
    flaws
}

fn disputes(contract: &Contract) -> impl Iterator<Item = (Category, Place)> {
    contract.disputes.iter().flat_map(|dispute| {
        let category = sort::category(dispute, contract);
        let operations: Vec<String> = route(dispute, contract).into_iter().collect();
        let field = dispute.field.as_ref().map(ToString::to_string);
        // Claims about one operation each are a place each.
        let size = match category {
            Category::OperationUnlisted => 1,
            _ => dispute.claims.len().max(1),
        };
        let places = dispute.claims.chunks(size).map(move |claims| Place {
            operations: operations.clone(),
            field: field.clone(),
            claims: claims.to_vec(),
        });
        places
            .map(move |place| (category, place))
            .collect::<Vec<_>>()
    })
}

fn route(dispute: &Dispute, contract: &Contract) -> Option<String> {
    let id = dispute.operation.as_ref()?;
    let route = contract.operation(id).map(Operation::route);
    Some(route.unwrap_or_else(|| id.to_string()))
}

/// Operations that only the row of an overview speaks of: all others start on a line of a page.
fn undescribed(contract: &Contract) -> impl Iterator<Item = (Category, Place)> {
    let described = contract
        .operations
        .iter()
        .any(|operation| operation.at.row.is_none());
    let listed = contract
        .operations
        .iter()
        .filter(move |operation| described && operation.at.row.is_some());
    listed.map(|operation| {
        let claim = noted("listed, and described nowhere", operation.at.clone());
        (
            Category::OperationUndescribed,
            Place {
                operations: vec![operation.route()],
                field: None,
                claims: vec![claim],
            },
        )
    })
}

fn concern(concern: &Concern) -> (Category, Place) {
    let category = match concern.problem {
        Problem::Stale { .. } => Category::RulingStale,
        Problem::Undated { .. } => Category::RulingUndated,
        Problem::NotThere { .. } | Problem::Idle => Category::RulingUnused,
    };
    let place = Place {
        operations: Vec::new(),
        field: Some(concern.ruling.clone()),
        claims: vec![noted(&concern.problem.to_string(), concern.at.clone())],
    };
    (category, place)
}

/// A ruling, and what it was made against.
fn in_force(ruled: &Ruled, contract: &Contract) -> (Category, Place) {
    let words = format!("{} by {}: {}", ruled.value, ruled.who, ruled.reason);
    let against = ruled
        .settled
        .iter()
        .flat_map(|dispute| dispute.claims.clone());
    let place = Place {
        operations: contract
            .operation(&ruled.operation)
            .map(Operation::route)
            .into_iter()
            .collect(),
        field: ruled.field.as_ref().map(ToString::to_string),
        claims: std::iter::once(noted(&words, ruled.at.clone()))
            .chain(against)
            .collect(),
    };
    (Category::RulingInForce, place)
}

fn of_reading(reading: &Reading) -> Vec<(Category, Place)> {
    let document = &reading.contract.edition.id;
    let place = |field: Option<String>, claim: &str, line: u32| Place {
        operations: Vec::new(),
        field,
        claims: vec![noted(claim, reading.pages.at(document, line))],
    };
    let mut found = Vec::new();
    // References that are printed and lead astray are disputes of the contract.
    for reference in reading
        .inventory
        .references
        .iter()
        .filter(|known| known.to.is_none())
    {
        let Some(problem) = &reference.problem else {
            continue;
        };
        let category = match &reference.field {
            Some(_) => Category::ReferenceUnprinted,
            None => Category::TableUnused,
        };
        let named = reference.field.as_ref().map(ToString::to_string);
        let table = reference.resolved.clone().filter(|_| named.is_none());
        found.push((category, place(named.or(table), problem, reference.line)));
    }
    for unread in &reading.unread {
        let field = unread.field.as_ref().map(ToString::to_string);
        found.push((
            Category::SentenceUnread,
            place(field, "not understood", unread.line),
        ));
    }
    for diagnostic in &reading.diagnostics {
        let line = diagnostic.lines.first;
        found.push((
            Category::DocumentDamaged,
            place(None, &diagnostic.message, line),
        ));
    }
    found
}

fn noted(claim: &str, at: Provenance) -> Claim<String> {
    Claim {
        claim: claim.to_owned(),
        at,
    }
}
