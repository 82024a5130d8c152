//! Hunts one Defect: tries cases until a Check notices something that no healthy target shows.

use std::collections::BTreeSet;

use super::callers::Callers;
use super::plan::{Plan, Planned, Program};
use super::session::Session;
use crate::check::Judge;
use crate::contract::{Contract, FieldPath, OperationId, StatementId};
use crate::event::Event;
use crate::finding::{Finding, FindingId, Severity, Verdict};
use crate::target::Target;

/// What every hunt shares.
#[derive(Clone, Copy)]
pub struct Hunt<'a> {
    /// What the target promises.
    pub contract: &'a Contract,
    /// The seed and budgets.
    pub plan: &'a Plan,
    /// Who is asked.
    pub judge: &'a Judge,
    /// What may be tried.
    pub program: &'a Program,
    /// Which of it calls what.
    pub callers: &'a Callers,
    /// What healthy targets show already.
    pub healthy: &'a Known,
}

/// What is said of a healthy target: it says nothing about an ill one.
#[derive(Clone, Debug, Default)]
pub struct Known {
    accused: BTreeSet<FindingId>,
    /// Notes, which are told apart by their words.
    told: BTreeSet<(FindingId, String)>,
}

impl Known {
    /// Takes note of a Finding about a healthy target.
    pub fn add(&mut self, finding: &Finding) {
        if accuses(finding) {
            self.accused.insert(finding.id());
        } else {
            self.told.insert((finding.id(), finding.title.clone()));
        }
    }

    /// Whether a Finding gives an ill target away. What breaks no promise can only be told of.
    fn gives_away(&self, finding: &Finding, quarry: Quarry) -> bool {
        match quarry {
            Quarry::BrokenPromise => accuses(finding) && !self.accused.contains(&finding.id()),
            Quarry::Oddity => {
                let told = (finding.id(), finding.title.clone());
                finding.severity == Severity::Note && !self.told.contains(&told)
            }
        }
    }
}

/// What is hunted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Quarry {
    /// A Check must accuse the server.
    BrokenPromise,
    /// Nothing is broken: a note must tell of it.
    Oddity,
}

/// Where a target is suspected to be ill.
#[derive(Clone, Copy, Debug)]
pub struct Suspicion<'a> {
    /// The operation.
    pub operation: &'a OperationId,
    /// The field, where it is about one.
    pub field: Option<&'a FieldPath>,
    /// The statement, where it is about one.
    pub statement: Option<&'a StatementId>,
}

/// What came of a hunt.
#[derive(Clone, Debug, Default)]
pub struct Catch {
    /// The Findings of the case that noticed something; empty when none did.
    pub findings: Vec<Finding>,
    /// Cases tried.
    pub n_cases: u64,
}

impl Hunt<'_> {
    /// Tries what is nearest to the suspected place first, and everything that calls the operation
    /// if need be. What never calls it cannot show what is wrong with it.
    pub fn hunt(&self, target: &mut dyn Target, suspicion: Suspicion<'_>, quarry: Quarry) -> Catch {
        let callers = self.callers.to(suspicion.operation).iter();
        let mut order: Vec<&Planned> = callers
            .map(|position| &self.program.trials[*position])
            .collect();
        order.sort_by_key(|planned| suspicion.distance_of(planned));
        let mut catch = Catch::default();
        for planned in order {
            let mut hear = |event: &Event| {
                if let Event::FindingMade(finding) = event
                    && self.healthy.gives_away(finding, quarry)
                {
                    catch.findings.push((**finding).clone());
                }
            };
            Session::new(
                self.contract,
                self.judge,
                self.plan,
                self.program,
                target,
                &mut hear,
            )
            .unaccounted()
            .take(planned);
            catch.n_cases += 1;
            if !catch.findings.is_empty() {
                break;
            }
        }
        catch
    }
}

/// Whether a Finding says that the server is at fault.
pub fn accuses(finding: &Finding) -> bool {
    finding.severity >= Severity::Warning && finding.verdict == Verdict::Server
}

impl Suspicion<'_> {
    /// How far a trial is from the suspected place.
    fn distance_of(&self, planned: &Planned) -> u8 {
        let (near, story) = match planned {
            Planned::Case(case) | Planned::Generated(case) | Planned::Each(case) => {
                let tests = case.tests.as_ref();
                if self.statement.is_some() && tests == self.statement {
                    return 0;
                }
                let near = tests.is_some_and(|tests| tests.field.as_ref() == self.field);
                (near, false)
            }
            Planned::Story(story) => {
                // What is wrong with a parameter shows where it is given.
                let gives = |field: &FieldPath| story.asks_with(&field.to_string());
                (self.field.is_some_and(gives), true)
            }
            Planned::Stream(_) => (false, false),
        };
        match (planned.operation() == self.operation, near, story) {
            (true, true, _) => 1,
            (true, false, false) => 2,
            (true, false, true) => 3,
            (false, _, false) => 4,
            (false, _, true) => 5,
        }
    }
}
