//! Events in; terminal, JSON, JUnit, HTML and Markdown out.
//!
//! Main type: [`Report`], which hears every Event and keeps what the renderings need: each broken
//! promise once with a count, and what became of every case and statement. It knows no runner.

mod html;
mod json;
mod junit;
mod markdown;
mod terminal;
mod words;

pub use html::html;
pub use json::json;
pub use junit::junit;
pub use markdown::summary_md;
pub use terminal::{Style, terminal};

use std::collections::{BTreeMap, HashMap};

use crate::contract::{OperationId, StatementId};
use crate::event::{CaseOutcome, Coverage, Event};
use crate::finding::{Finding, FindingId, Severity, Verdict};

/// Broken promises beyond this many are counted but not kept.
const MOST_FINDINGS: usize = 10_000;

/// What a run came to.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// What cases were sent to.
    pub target: String,
    /// Where a `curl` finds it.
    pub endpoint: String,
    /// The seed of generated cases.
    pub seed: u64,
    /// Operations in the plan.
    pub n_operations: u32,
    /// Each broken promise once, in the order met.
    pub findings: Vec<Counted>,
    /// Broken promises that were met but not kept, because there were too many.
    pub n_dropped: u64,
    /// How the cases ended.
    pub cases: Tally,
    /// What became of each statement.
    pub statements: Vec<(StatementId, Coverage)>,
    /// Milliseconds the run took. None: it was cut short.
    pub millis: Option<u64>,
    known: HashMap<FindingId, usize>,
}

/// A broken promise and how often it was met.
#[derive(Clone, Debug)]
pub struct Counted {
    /// The first Finding of this identity.
    pub finding: Finding,
    /// How often it was met.
    pub count: u64,
}

/// How the cases of a run ended. Every case is in here once.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Kept every promise.
    pub passed: u64,
    /// Broke at least one.
    pub failed: u64,
    /// Not run, by reason.
    pub skipped: BTreeMap<String, u64>,
    /// Run without a verdict, by reason.
    pub undecided: BTreeMap<String, u64>,
    /// Requests sent.
    pub n_exchanges: u64,
    /// Judgements passed: checks applied to cases.
    pub n_checks: u64,
}

impl Tally {
    /// Cases that were sent, whatever came of it.
    pub fn run(&self) -> u64 {
        self.passed + self.failed + self.undecided.values().sum::<u64>()
    }
}

/// What a run says as a whole; the exit code follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The contract holds.
    Holds,
    /// The server breaks it.
    Findings,
    /// The run did not come to its end.
    CutShort,
    /// No case came to a verdict. An empty run is not a pass.
    NothingChecked,
}

impl Report {
    /// Takes in one Event.
    pub fn hear(&mut self, event: &Event) {
        match event {
            Event::RunStarted {
                target,
                endpoint,
                n_operations,
                seed,
                ..
            } => {
                self.target.clone_from(target);
                self.endpoint.clone_from(endpoint);
                self.n_operations = *n_operations;
                self.seed = *seed;
            }
            Event::CaseStarted { .. } => {}
            Event::FindingMade(finding) => self.count(finding),
            Event::CaseFinished {
                outcome,
                n_exchanges,
                n_checks,
                ..
            } => {
                self.cases.n_exchanges += u64::from(*n_exchanges);
                self.cases.n_checks += u64::from(*n_checks);
                match outcome {
                    CaseOutcome::Passed => self.cases.passed += 1,
                    CaseOutcome::Failed => self.cases.failed += 1,
                    CaseOutcome::Skipped(reason) => {
                        *self.cases.skipped.entry(reason.clone()).or_default() += 1
                    }
                    CaseOutcome::Undecided(reason) => {
                        *self.cases.undecided.entry(reason.clone()).or_default() += 1;
                    }
                }
            }
            Event::StatementTested {
                statement,
                coverage,
            } => {
                self.statements.push((statement.clone(), coverage.clone()));
            }
            Event::RunFinished { millis } => self.millis = Some(*millis),
        }
    }

    fn count(&mut self, finding: &Finding) {
        let id = finding.id();
        if let Some(position) = self.known.get(&id) {
            self.findings[*position].count += 1;
        } else if self.findings.len() < MOST_FINDINGS {
            self.known.insert(id, self.findings.len());
            self.findings.push(Counted {
                finding: finding.clone(),
                count: 1,
            });
        } else {
            self.n_dropped += 1;
        }
    }

    /// The findings, most serious first, otherwise in the order met.
    pub fn by_severity(&self) -> Vec<&Counted> {
        let mut sorted: Vec<&Counted> = self.findings.iter().collect();
        sorted.sort_by_key(|counted| std::cmp::Reverse(counted.finding.severity));
        sorted
    }

    /// How many promises were found broken at this severity.
    pub fn n_findings(&self, severity: Severity) -> usize {
        self.findings
            .iter()
            .filter(|counted| counted.finding.severity == severity)
            .count()
    }

    /// What the run says as a whole. Only violations that are the server's fault fail it.
    pub fn outcome(&self) -> Outcome {
        let broken = |counted: &Counted| {
            counted.finding.severity == Severity::Violation
                && counted.finding.verdict == Verdict::Server
        };
        if self.findings.iter().any(broken) || self.n_dropped > 0 {
            Outcome::Findings
        } else if self.millis.is_none() {
            Outcome::CutShort
        } else if self.cases.passed + self.cases.failed == 0 {
            Outcome::NothingChecked
        } else {
            Outcome::Holds
        }
    }

    /// Statements by what became of them, per operation.
    pub fn coverage(&self) -> BTreeMap<&OperationId, Share> {
        let mut shares: BTreeMap<&OperationId, Share> = BTreeMap::new();
        for (statement, coverage) in &self.statements {
            shares
                .entry(&statement.operation)
                .or_default()
                .add(coverage);
        }
        shares
    }

    /// Statements by what became of them, all operations together.
    pub fn total(&self) -> Share {
        let mut total = Share::default();
        for (_, coverage) in &self.statements {
            total.add(coverage);
        }
        total
    }
}

/// Statements by what became of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Share {
    /// Kept, on both sides where there are two.
    pub kept: u32,
    /// Kept on the one side that was tried.
    pub one_side: u32,
    /// Broken.
    pub broken: u32,
    /// Disputed between sources.
    pub disputed: u32,
    /// Not tried.
    pub untested: u32,
}

impl Share {
    fn add(&mut self, coverage: &Coverage) {
        match coverage {
            Coverage::Kept => self.kept += 1,
            Coverage::KeptOnOneSide => self.one_side += 1,
            Coverage::Broken => self.broken += 1,
            Coverage::Disputed => self.disputed += 1,
            Coverage::Untested(_) => self.untested += 1,
        }
    }

    /// All statements.
    pub fn all(&self) -> u32 {
        self.kept + self.one_side + self.broken + self.disputed + self.untested
    }

    /// Each part with its name, in the order of the pictures.
    pub fn parts(&self) -> [(&'static str, u32); 5] {
        [
            ("kept", self.kept),
            ("kept on one side", self.one_side),
            ("broken", self.broken),
            ("disputed", self.disputed),
            ("untested", self.untested),
        ]
    }
}

#[cfg(test)]
mod sample;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_broken_promise_is_one_finding_with_a_count() {
        let report = sample::report();
        assert_eq!(report.findings.len(), 2);
        assert_eq!(report.findings[0].count, 2);
    }

    #[test]
    fn only_the_servers_violations_fail_a_run() {
        let mut report = sample::report();
        assert_eq!(report.outcome(), Outcome::Findings);
        report.findings[0].finding.verdict = Verdict::Undecided;
        assert_eq!(report.outcome(), Outcome::Holds);
    }

    #[test]
    fn an_empty_run_is_not_a_pass() {
        let mut report = Report::default();
        assert_eq!(report.outcome(), Outcome::CutShort);
        report.hear(&Event::RunFinished { millis: 1 });
        assert_eq!(report.outcome(), Outcome::NothingChecked);
    }

    #[test]
    fn findings_without_end_do_not_fill_the_memory() {
        let mut report = Report::default();
        let Event::FindingMade(finding) = sample::finding() else {
            unreachable!("it is a finding")
        };
        for number in 0..MOST_FINDINGS + 5 {
            let promise = format!("promise {number}");
            report.hear(&Event::FindingMade(Box::new(Finding {
                promise,
                ..(*finding).clone()
            })));
        }
        assert_eq!(
            (report.findings.len(), report.n_dropped),
            (MOST_FINDINGS, 5)
        );
    }
}
