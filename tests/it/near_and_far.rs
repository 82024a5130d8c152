//! What a run tells does not depend on the way to the Twin.

use std::sync::Arc;

use proofhouse::contract::Contract;
use proofhouse::event::Event;
use proofhouse::runner::{self, Plan};
use proofhouse::store;
use proofhouse::target::{InProcess, Live, LiveOptions, Target};
use proofhouse::twin::Twin;

use super::killed::serve_twin;

/// One operation of so many is tried; all of them take minutes.
const ONE_OF: usize = 6;

/// How each case ended, and what was found by it.
fn told(contract: &Contract, plan: &Plan, target: &mut dyn Target) -> Vec<String> {
    let mut told = Vec::new();
    runner::run(contract, plan, target, &mut |event| match event {
        Event::CaseFinished {
            case,
            outcome,
            n_exchanges,
            ..
        } => {
            told.push(format!("{case}: {outcome:?} after {n_exchanges} requests"));
        }
        Event::FindingMade(finding) => {
            told.push(format!(
                "{}: {} {}",
                finding.case, finding.check, finding.title
            ));
        }
        _ => {}
    });
    told
}

#[test]
fn over_http_a_run_tells_what_it_tells_in_process() {
    for contract in store::embedded() {
        let contract = Arc::new(contract);
        let ids = contract
            .operations
            .iter()
            .map(|operation| operation.id.clone());
        let plan = Plan {
            generated: 1,
            operations: Some(ids.step_by(ONE_OF).collect()),
            ..Plan::default()
        };
        let twin = || Twin::new(Arc::clone(&contract), plan.seed);
        let near = told(&contract, &plan, &mut InProcess::new(twin()));
        let mut live = Live::connect(LiveOptions {
            contract: Some(Arc::clone(&contract)),
            ..LiveOptions::new(&serve_twin(twin()))
        })
        .unwrap();
        let far = told(&contract, &plan, &mut live);
        let edition = &contract.edition.id;
        let n_operations = contract.operations.len().div_ceil(ONE_OF);
        assert!(near.len() > 5 * n_operations, "{edition}: {near:?}");
        let differ = near.iter().zip(&far).find(|(near, far)| near != far);
        assert_eq!(differ, None, "{edition}");
        assert_eq!(near.len(), far.len(), "{edition}");
    }
}
