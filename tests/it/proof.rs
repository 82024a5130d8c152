//! The harness proved on the contract in `schemas/`: what the Twin can do wrong is noticed.

use std::num::NonZeroUsize;
use std::sync::Arc;

use proofhouse::contract::Contract;
use proofhouse::runner::{self, Plan};
use proofhouse::store;

/// The operations that are proved here, which have a Defect for every Check; `proofhouse prove` proves
/// all, and takes its time.
const SAMPLE: [&str; 9] = [
    "baremetalservers.",
    "jobs.",
    "images.",
    "limits.",
    "cloudservers.autorecovery.",
    "cloudservers.reinstallos",
    "cloudservers.action.",
    "servers.tags.action.",
    "servers.tags.list.v1",
];

#[test]
fn the_healthy_twin_is_accused_of_nothing_and_every_check_alone_notices_some_defect() {
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
    assert!(matrix.n_killed() > 1000, "{} killed", matrix.n_killed());

    let ablations = runner::ablate(&contract, &Plan::default(), &matrix, 1, two);
    let idle: Vec<&str> = ablations
        .iter()
        .filter(|ablation| ablation.only.is_empty())
        .map(|ablation| ablation.check)
        .collect();
    assert_eq!(idle, [""; 0], "each Check alone notices some Defect");
}
