//! Which operations show the state that a case may change.

use std::collections::BTreeMap;

use super::fill;
use crate::contract::{Contract, Operation, Place, Presence};
use crate::wire::{Method, Request};

/// More observations of one case than this tell nothing more.
pub(super) const MOST_OBSERVERS: usize = 4;

/// The nearest operations that can observe what `operation` does.
pub(super) fn observers<'a>(contract: &'a Contract, operation: &Operation) -> Vec<&'a Operation> {
    let known: Vec<&str> = operation.path.parameters().collect();
    let mut found = all_observers(contract, operation, &known);
    found.truncate(MOST_OBSERVERS);
    found
}

/// The operations that can observe what `operation` does, by rule: they are safe, need nothing but
/// path parameters that are known, and do not show jobs. Nearest first: those whose path is
/// the start of the operation's own.
pub(super) fn all_observers<'a>(
    contract: &'a Contract,
    operation: &Operation,
    known: &[&str],
) -> Vec<&'a Operation> {
    if operation.method.is_safe() {
        return Vec::new();
    }
    let jobs = contract.jobs.as_ref().map(|jobs| &jobs.operation);
    let mut found: Vec<&Operation> = contract
        .operations
        .iter()
        .filter(|other| other.method == Method::Get && other.selector.is_none())
        .filter(|other| Some(&other.id) != jobs && other.response.is_some())
        .filter(|other| other.path.parameters().all(|name| known.contains(&name)))
        .filter(|other| needs_nothing_else(other))
        .collect();
    found.sort_by_key(|other| {
        let near = operation.path.0.starts_with(&other.path.0);
        (!near, std::cmp::Reverse(other.path.0.len()))
    });
    found
}

fn needs_nothing_else(operation: &Operation) -> bool {
    let mut others = operation
        .parameters
        .iter()
        .filter(|known| known.place == Place::Query);
    others.all(|parameter| parameter.field.presence != Presence::Required)
}

/// The request of an observation; None where the case does not know a parameter after all.
pub(super) fn request(
    contract: &Contract,
    operation: &Operation,
    known: &BTreeMap<String, String>,
) -> Option<Request> {
    let mut request = Request::new(operation.method, fill::path(&operation.path, known).ok()?);
    request.headers.set("Accept", "application/json");
    contract.ask_usual_version(operation, &mut request);
    Some(request)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::coast;

    #[test]
    fn a_light_is_observed_while_it_is_changed() {
        let coast = coast();
        let seen = coast.operations.iter().map(|operation| {
            let observers = observers(&coast, operation);
            let ids: Vec<&str> = observers.iter().map(|o| o.id.as_str()).collect();
            format!("{} by {}", operation.id, ids.join(","))
        });
        assert_eq!(
            seen.collect::<Vec<_>>(),
            [
                "lighthouses.show by ",
                "lighthouses.update by lighthouses.show",
                "lighthouses.lamps by lighthouses.show",
                "jobs.show by ",
            ]
        );
    }
}
