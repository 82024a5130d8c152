//! Tries the harness without each Check in turn: a Check that can be left out guards nothing.

use std::num::NonZeroUsize;
use std::sync::Arc;

use super::callers::Callers;
use super::hunt::Hunt;
use super::plan::{Plan, Program};
use super::prove::{End, KillMatrix, hunts};
use crate::check::{Judge, registry};
use crate::contract::Contract;
use crate::twin::Defect;

/// What one Check notices alone.
#[derive(Clone, Debug, PartialEq)]
pub struct Ablation {
    /// The Check that was left out.
    pub check: &'static str,
    /// The Defects that nobody notices without it, in the order of the kill matrix.
    pub only: Vec<Defect>,
}

/// Leaves out each Check in turn, and looks for so many Defects that only it notices. Tried again
/// are those Defects of the matrix that no other Check noticed in the same case.
pub fn ablate(
    contract: &Arc<Contract>,
    plan: &Plan,
    matrix: &KillMatrix,
    enough: usize,
    n_threads: NonZeroUsize,
) -> Vec<Ablation> {
    let everything = Plan {
        operations: None,
        ..plan.clone()
    };
    let program = Program::new(contract, &everything);
    let callers = Callers::of(contract, &program);
    let chosen = plan.checks.as_ref();
    let codes: Vec<&'static str> = registry()
        .iter()
        .map(|check| check.code())
        .filter(|code| chosen.is_none_or(|codes| codes.contains(code)))
        .collect();
    let without = |check: &'static str| {
        let others = codes.iter().copied().filter(|code| *code != check);
        let others: Vec<&'static str> = others.collect();
        let judge = Judge::new(contract, Some(&others), plan.strict);
        let hunt = Hunt {
            contract,
            plan,
            judge: &judge,
            program: &program,
            callers: &callers,
            healthy: &matrix.known,
        };
        let suspects = noticed_by(matrix, check);
        let mut only = Vec::new();
        for some in suspects.chunks(n_threads.get()) {
            if only.len() >= enough {
                break;
            }
            let mut caught = hunts(&hunt, contract, some, n_threads);
            caught.sort_by_key(|(position, _)| *position);
            let missed = caught
                .into_iter()
                .filter(|(_, catch)| catch.findings.is_empty());
            only.extend(missed.map(|(position, _)| some[position].clone()));
        }
        Ablation { check, only }
    };
    codes.iter().copied().map(without).collect()
}

/// The Defects that this Check noticed and no other one in the same case.
fn noticed_by(matrix: &KillMatrix, check: &'static str) -> Vec<Defect> {
    let alone = matrix.proofs.iter().filter(|proof| match &proof.end {
        End::Killed { checks, .. } => checks[..] == [check],
        End::Survived(_) => false,
    });
    alone.map(|proof| proof.defect.clone()).collect()
}
