//! Whole cases in one process: made, sent to the Twin, judged.

use std::sync::Arc;

use proofhouse::case;
use proofhouse::contract::{Contract, Operation, OperationId};
use proofhouse::event::Event;
use proofhouse::runner::{self, Plan};
use proofhouse::store;
use proofhouse::target::InProcess;
use proofhouse::twin::Twin;

/// What the Twin serves of the contract in `schemas/`.
pub fn served() -> Arc<Contract> {
    let mut contract = Contract::newest(&store::embedded()).expect("schemas/ holds an edition");
    let twin = Twin::new(Arc::new(contract.clone()), 0);
    contract.operations.retain(|known| twin.serves(&known.id));
    Arc::new(contract)
}

/// The operation that shows the least and changes nothing, of those whose requests vary.
pub fn smallest(contract: &Contract) -> OperationId {
    let varies = |known: &&Operation| !case::generated(known, contract, 42, 1).is_empty();
    let safe = contract
        .operations
        .iter()
        .filter(|known| known.method.is_safe())
        .filter(varies);
    let smallest = safe.min_by_key(|known| known.response_fields().len());
    smallest.expect("the Twin shows something").id.clone()
}

/// Runs so many generated cases of each operation beside the fixed ones, and counts cases.
pub fn run(contract: &Arc<Contract>, operations: Option<Vec<OperationId>>, generated: u32) -> u32 {
    let plan = Plan {
        operations,
        generated,
        ..Plan::default()
    };
    let mut target = InProcess::new(Twin::new(Arc::clone(contract), plan.seed));
    let mut n_cases = 0;
    runner::run(contract, &plan, &mut target, &mut |event| {
        n_cases += u32::from(matches!(event, Event::CaseFinished { .. }));
    });
    n_cases
}
