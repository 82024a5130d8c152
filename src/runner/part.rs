//! Splits a run over several machines: by operation, with everything that changes one kind of thing
//! in one part, so that no two machines change the same thing.

use std::collections::{BTreeMap, BTreeSet};

use super::plan::{Part, Planned};
use crate::contract::{Contract, Operation, OperationId, Segment, is_project};

/// The operations of one part. Every machine that asks with the same contract and trials gets the
/// same split: the largest group goes first, each to the part that has least to do.
pub(super) fn of_part(
    contract: &Contract,
    operations: &[OperationId],
    trials: &[Planned],
    part: Part,
) -> BTreeSet<OperationId> {
    let mut groups: BTreeMap<String, (usize, Vec<OperationId>)> = BTreeMap::new();
    for id in operations {
        let key = contract.operation(id).map(group).unwrap_or_default();
        let n_trials = trials.iter().filter(|planned| planned.operation() == id);
        let group = groups.entry(key).or_default();
        group.0 += n_trials.count().max(1);
        group.1.push(id.clone());
    }
    let mut groups: Vec<_> = groups.into_values().collect();
    groups.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    let mut parts = vec![(0, BTreeSet::new()); part.of];
    for (weight, operations) in groups {
        let least = parts.iter_mut().min_by_key(|(load, _)| *load);
        if let Some((load, members)) = least {
            *load += weight;
            members.extend(operations);
        }
    }
    parts.swap_remove(part.number - 1).1
}

/// What an operation changes: the thing that its path names first, or the collection. What only
/// asks is a group of its own.
fn group(operation: &Operation) -> String {
    if operation.method.is_safe() {
        return format!("ask {}", operation.id);
    }
    let mut things = operation.path.parameters().filter(|name| !is_project(name));
    let last = operation
        .path
        .0
        .iter()
        .rev()
        .find_map(|segment| match segment {
            Segment::Literal(text) => Some(text.as_str()),
            Segment::Parameter(_) => None,
        });
    format!("change {}", things.next().or(last).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::contract::sample;

    const ROUTES: [&str; 8] = [
        "GET /v1/kettles",
        "POST /v1/kettles",
        "PUT /v1/kettles/{kettle_id}",
        "POST /v1/kettles/{kettle_id}/boil",
        "DELETE /v1/kettles/{kettle_id}",
        "GET /v1/lids",
        "PUT /v1/lids/{lid_id}",
        "GET /v1/lids/{lid_id}",
    ];

    fn parts(of: usize) -> (Vec<OperationId>, Vec<BTreeSet<OperationId>>) {
        let operations = ROUTES.iter().map(|route| sample::operation(route, "", ""));
        let kitchen = sample::contract(operations.collect());
        let ids: Vec<OperationId> = kitchen
            .operations
            .iter()
            .map(|known| known.id.clone())
            .collect();
        let part = |number| of_part(&kitchen, &ids, &[], Part { number, of });
        let parts = (1..=of).map(part).collect();
        (ids, parts)
    }

    #[test]
    fn every_operation_is_in_exactly_one_part() {
        for of in 1..=9 {
            let (mut ids, parts) = parts(of);
            let mut all: Vec<OperationId> = parts.into_iter().flatten().collect();
            all.sort();
            ids.sort();
            assert_eq!(all, ids, "{of} parts");
        }
    }

    #[test]
    fn what_changes_one_kind_of_thing_stays_together() {
        let together = ["kettles.update", "kettles.boil", "kettles.delete"].map(OperationId::new);
        let (_, parts) = parts(3);
        for part in &parts {
            let n_here = together.iter().filter(|id| part.contains(id)).count();
            assert!(n_here == 0 || n_here == together.len(), "{part:?}");
        }
        assert!(parts.iter().all(|part| !part.is_empty()));
    }
}
