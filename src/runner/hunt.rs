//! Hunts one Defect: tries cases until a Check notices something that no healthy target shows.

use std::collections::BTreeSet;

use super::plan::{Plan, Planned, Program};
use super::session::Session;
use crate::check::Judge;
use crate::contract::{Contract, FieldPath, OperationId};
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
    /// What healthy targets are accused of already.
    pub innocent: &'a BTreeSet<FindingId>,
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
    pub fn hunt(
        &self,
        target: &mut dyn Target,
        operation: &OperationId,
        field: Option<&FieldPath>,
    ) -> Catch {
        let trials = self.program.trials.iter();
        let mut order: Vec<&Planned> = trials
            .filter(|planned| planned.calls(self.contract, operation))
            .collect();
        order.sort_by_key(|planned| distance(planned, operation, field));
        let mut catch = Catch::default();
        for planned in order {
            let mut hear = |event: &Event| {
                if let Event::FindingMade(finding) = event
                    && accuses(finding)
                    && !self.innocent.contains(&finding.id())
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

/// How far a trial is from the suspected place.
fn distance(planned: &Planned, operation: &OperationId, field: Option<&FieldPath>) -> u8 {
    let tests = match planned {
        Planned::Case(case) | Planned::Generated(case) | Planned::Each(case) => case.tests.as_ref(),
        Planned::Story(_) | Planned::Stream(_) => None,
    };
    let near = tests.is_some_and(|tests| tests.field.as_ref() == field);
    let story = matches!(planned, Planned::Story(_));
    match (planned.operation() == operation, near, story) {
        (true, true, _) => 0,
        (true, false, false) => 1,
        (true, false, true) => 2,
        (false, _, false) => 3,
        (false, _, true) => 4,
    }
}
