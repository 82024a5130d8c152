//! Proves the harness: tries every Defect of the Twin and says which Check notices which.

use std::collections::{BTreeMap, BTreeSet};
use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use super::callers::Callers;
use super::hunt::{Catch, Hunt, Known, Quarry, Suspicion, accuses};
use super::plan::{Plan, Program};
use super::{run_program, survivor};
use crate::case::CaseId;
use crate::check::Judge;
use crate::contract::{Contract, StatementId};
use crate::event::{Coverage, Event};
use crate::finding::Finding;
use crate::target::InProcess;
use crate::twin::{self, Defect, Twin};

/// What came of trying every Defect.
#[derive(Clone, Debug, Default)]
pub struct KillMatrix {
    /// What the healthy Twin is accused of: each one is a mistake of the harness or of the Twin.
    pub healthy: Vec<Finding>,
    /// All that is said of the healthy Twin, notes included.
    pub known: Known,
    /// Cases that the healthy Twin went through.
    pub n_healthy_cases: u64,
    /// What came of each Defect, in the order of [`twin::defects`].
    pub proofs: Vec<Proof>,
    /// How long the hunts took.
    pub elapsed: Duration,
}

/// What came of one Defect.
#[derive(Clone, Debug)]
pub struct Proof {
    /// The Defect.
    pub defect: Defect,
    /// Cases tried, the one that noticed it included.
    pub n_cases: u64,
    /// Who noticed it, or why nobody did.
    pub end: End,
}

/// How a hunt ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum End {
    /// A Check noticed it.
    Killed {
        /// The Checks that noticed it, the first one first.
        checks: Vec<&'static str>,
        /// The case that showed it.
        case: CaseId,
        /// What the first of them said.
        title: String,
    },
    /// Nobody noticed it, with the reason.
    Survived(String),
}

impl KillMatrix {
    /// Defects that some Check noticed.
    pub fn n_killed(&self) -> usize {
        self.proofs
            .iter()
            .filter(|proof| matches!(proof.end, End::Killed { .. }))
            .count()
    }

    /// Defects that nobody noticed, with the reason.
    pub fn survivors(&self) -> impl Iterator<Item = (&Proof, &str)> {
        self.proofs.iter().filter_map(|proof| match &proof.end {
            End::Survived(reason) => Some((proof, reason.as_str())),
            End::Killed { .. } => None,
        })
    }

    /// Cases that all hunts took.
    pub fn n_cases(&self) -> u64 {
        self.proofs.iter().map(|proof| proof.n_cases).sum()
    }

    /// Within how many cases half of the killed Defects were noticed, of all those that are wanted.
    pub fn median_cases(&self, wanted: impl Fn(&Defect) -> bool) -> Option<u64> {
        let killed = self
            .proofs
            .iter()
            .filter(|proof| matches!(proof.end, End::Killed { .. }) && wanted(&proof.defect));
        let mut counts: Vec<u64> = killed.map(|proof| proof.n_cases).collect();
        counts.sort_unstable();
        counts.get(counts.len().saturating_sub(1) / 2).copied()
    }

    /// How many Defects of each class each Check noticed first; nobody is the empty code.
    pub fn classes(&self) -> BTreeMap<&'static str, BTreeMap<&'static str, usize>> {
        let mut classes: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for proof in &self.proofs {
            let check = match &proof.end {
                End::Killed { checks, .. } => checks.first().copied().unwrap_or_default(),
                End::Survived(_) => "",
            };
            let row = classes.entry(proof.defect.class.word()).or_default();
            *row.entry(check).or_default() += 1;
        }
        classes
    }
}

/// Tries every Defect that the plan's operations have, on so many threads. The cases are those of all operations: a Defect may show elsewhere.
pub fn prove(contract: &Arc<Contract>, plan: &Plan, n_threads: NonZeroUsize) -> KillMatrix {
    let judge = Judge::new(contract, plan.checks.as_deref(), plan.strict);
    let everything = Plan {
        operations: None,
        ..plan.clone()
    };
    let program = Program::new(contract, &everything);
    let healthy = Health::of(contract, plan, &program);
    let callers = Callers::of(contract, &program);
    let hunt = Hunt {
        contract,
        plan,
        judge: &judge,
        program: &program,
        callers: &callers,
        healthy: &healthy.known,
    };
    let wanted = |defect: &Defect| {
        plan.operations
            .as_ref()
            .is_none_or(|ids| ids.contains(&defect.operation))
    };
    let defects: Vec<Defect> = twin::defects(contract).into_iter().filter(wanted).collect();
    let start = (plan.clock)();
    let mut proofs = Vec::new();
    for (position, catch) in hunts(&hunt, contract, &defects, n_threads) {
        let proof = healthy.proof(contract, &defects[position], catch);
        proofs.push((position, proof));
    }
    proofs.sort_by_key(|(position, _)| *position);
    KillMatrix {
        healthy: healthy.findings,
        known: healthy.known,
        n_healthy_cases: program.trials.len() as u64,
        proofs: proofs.into_iter().map(|(_, proof)| proof).collect(),
        elapsed: (plan.clock)().saturating_sub(start),
    }
}

/// Hunts all Defects, each on a Twin of its own, and gives what was caught as it is caught.
pub(super) fn hunts<'a>(
    hunt: &Hunt<'a>,
    contract: &Arc<Contract>,
    defects: &[Defect],
    n_threads: NonZeroUsize,
) -> Vec<(usize, Catch)> {
    let next = AtomicUsize::new(0);
    let (sender, receiver) = mpsc::channel();
    let sick = Twin::new(Arc::clone(contract), hunt.plan.seed);
    thread::scope(|scope| {
        for _ in 0..n_threads.get() {
            let (sender, next, sick) = (sender.clone(), &next, sick.clone());
            scope.spawn(move || {
                loop {
                    let position = next.fetch_add(1, Ordering::Relaxed);
                    let Some(defect) = defects.get(position) else {
                        return;
                    };
                    let mut target = InProcess::new(sick.clone().with_defect(defect.clone()));
                    let quarry = if defect.class.breaks_a_promise() {
                        Quarry::BrokenPromise
                    } else {
                        Quarry::Oddity
                    };
                    let suspicion = Suspicion {
                        operation: &defect.operation,
                        field: defect.field.as_ref(),
                        statement: defect.statement.as_ref(),
                    };
                    let catch = hunt.hunt(&mut target, suspicion, quarry);
                    if sender.send((position, catch)).is_err() {
                        return;
                    }
                }
            });
        }
        drop(sender);
        receiver.iter().collect()
    })
}

/// What the healthy Twin showed.
struct Health {
    findings: Vec<Finding>,
    known: Known,
    coverage: Vec<(StatementId, Coverage)>,
}

impl Health {
    fn of(contract: &Arc<Contract>, plan: &Plan, program: &Program) -> Self {
        let mut health = Self {
            findings: Vec::new(),
            known: Known::default(),
            coverage: Vec::new(),
        };
        let mut target = InProcess::new(Twin::new(Arc::clone(contract), plan.seed));
        run_program(
            contract,
            plan,
            program,
            &mut target,
            &mut |event| match event {
                Event::FindingMade(finding) => {
                    health.known.add(finding);
                    if accuses(finding) {
                        health.findings.push((**finding).clone());
                    }
                }
                Event::StatementTested {
                    statement,
                    coverage,
                } => {
                    health.coverage.push((statement.clone(), coverage.clone()));
                }
                _ => {}
            },
        );
        health
    }

    fn proof(&self, contract: &Contract, defect: &Defect, catch: Catch) -> Proof {
        let end = match catch.findings.first() {
            Some(first) => End::Killed {
                checks: distinct(&catch.findings),
                case: first.case.clone(),
                title: first.title.clone(),
            },
            None => End::Survived(survivor::reason(contract, &self.coverage, defect)),
        };
        Proof {
            defect: defect.clone(),
            n_cases: catch.n_cases,
            end,
        }
    }
}

fn distinct(findings: &[Finding]) -> Vec<&'static str> {
    let mut seen = BTreeSet::new();
    findings
        .iter()
        .map(|finding| finding.check)
        .filter(|check| seen.insert(*check))
        .collect()
}
