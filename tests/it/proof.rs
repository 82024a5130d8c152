//! The harness proved on the contract in `schemas/`: what the Twin can do wrong is noticed.

use std::num::NonZeroUsize;
use std::sync::Arc;

use proofhouse::contract::Contract;
use proofhouse::runner::{self, Plan};
use proofhouse::store;

/// The operations that are proved here; `proofhouse prove` proves all, and takes its time.
const SAMPLE: [&str; 2] = ["baremetalservers.", "jobs."];

/// Checks without a Defect of their own so far: every Defect that they notice is noticed by another
/// one, too; notes accuse nobody; and a Twin in process always gives whole answers.
const IDLE: [&str; 9] = [
    "broken_answer",
    "undocumented_field",
    "disputed",
    "read_after_write",
    "state_unchanged",
    "job_id",
    "job_state",
    "job_progress",
    "scenario",
];

#[test]
fn the_healthy_twin_is_accused_of_nothing_and_no_defect_slips_through_a_hole() {
    let mut contract = Contract::newest(&store::embedded()).expect("schemas/ holds an edition");
    contract.operations.retain(|known| {
        SAMPLE
            .iter()
            .any(|start| known.id.as_str().starts_with(start))
    });
    let two = NonZeroUsize::new(2).expect("two is not zero");
    let contract = Arc::new(contract);
    let matrix = runner::prove(&contract, &Plan::default(), two);
    let accused: Vec<_> = matrix
        .healthy
        .iter()
        .map(|finding| format!("{}: {}", finding.case, finding.title))
        .collect();
    assert_eq!(accused, [""; 0]);
    assert!(matrix.n_killed() > 700, "{} killed", matrix.n_killed());
    let holes: Vec<_> = matrix
        .survivors()
        .filter(|(_, reason)| reason.contains("a hole in the harness"))
        .map(|(proof, _)| proof.defect.id.as_str())
        .collect();
    assert_eq!(holes, [""; 0]);

    let ablations = runner::ablate(&contract, &Plan::default(), &matrix, 1, two);
    let idle: Vec<&str> = ablations
        .iter()
        .filter(|ablation| ablation.only.is_empty())
        .map(|ablation| ablation.check)
        .collect();
    assert_eq!(idle, IDLE);
}
