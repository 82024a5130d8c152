//! What a run would do, without doing it.

use std::collections::BTreeMap;

use super::fill::fill;
use super::leases::{Leases, Reach};
use super::observe;
use super::plan::{Plan, Planned, Program, Stream};
use crate::case::scenario::{Kept, Scenario};
use crate::case::{Case, Credentials};
use crate::contract::{Contract, Operation, OperationId, creations};
use crate::target::{Target, live};

/// Polls that a job is expected to take.
const POLLS: u64 = 4;

/// What a run would do, operation by operation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Forecast {
    /// In the order of the run.
    pub operations: Vec<Foreseen>,
}

/// What a run would do for one operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Foreseen {
    /// The operation.
    pub operation: OperationId,
    /// Cases that would be tried.
    pub n_cases: u64,
    /// Things that they would make, and remove again.
    pub n_creations: u64,
    /// Requests that they would take, by the operation that is asked.
    pub requests: BTreeMap<OperationId, u64>,
    /// Cases that would be left out, by reason.
    pub left_out: BTreeMap<String, u64>,
}

impl Foreseen {
    /// Requests of all operations.
    pub fn n_requests(&self) -> u64 {
        self.requests.values().sum()
    }

    /// Minutes that the requests take at the documented rates.
    pub fn minutes(&self, contract: &Contract) -> f64 {
        let minutes = self.requests.iter().filter_map(|(id, count)| {
            let per_minute = live::per_minute(contract.operation(id)?)?;
            Some(*count as f64 / f64::from(per_minute))
        });
        // Zero, where the sum of nothing is minus zero.
        minutes.sum::<f64>() + 0.0
    }
}

/// What this plan comes to on this target. Sends nothing.
pub fn foresee(contract: &Contract, plan: &Plan, target: &dyn Target) -> Forecast {
    let made = creations(contract);
    let makes: Vec<&OperationId> = made.iter().map(|creation| &creation.makes).collect();
    let mut seer = Seer {
        contract,
        target,
        leases: Leases::new(target.lent()),
        makes,
    };
    let program = Program::new(contract, plan);
    let mut forecast = Forecast::default();
    for planned in &program.trials {
        let known = forecast.operations.last().map(|seen| &seen.operation);
        if known != Some(planned.operation()) {
            forecast.operations.push(Foreseen {
                operation: planned.operation().clone(),
                n_cases: 0,
                n_creations: 0,
                requests: BTreeMap::new(),
                left_out: BTreeMap::new(),
            });
        }
        if let Some(seen) = forecast.operations.last_mut() {
            seer.see(planned, seen);
        }
    }
    forecast
}

struct Seer<'a> {
    contract: &'a Contract,
    target: &'a dyn Target,
    leases: Leases,
    makes: Vec<&'a OperationId>,
}

impl Seer<'_> {
    fn see(&mut self, planned: &Planned, seen: &mut Foreseen) {
        let may = match planned {
            Planned::Case(case) | Planned::Generated(case) | Planned::Each(case) => {
                self.case(case, seen)
            }
            Planned::Story(story) => self.story(story, seen),
            Planned::Stream(stream) => self.stream(stream, seen),
        };
        match may {
            Ok(()) => seen.n_cases += 1,
            Err(reason) => *seen.left_out.entry(reason).or_default() += 1,
        }
    }

    /// Further generated cases: each is one request, and half of them are accepted.
    fn stream(&self, stream: &Stream, seen: &mut Foreseen) -> Result<(), String> {
        let operation = self.operation(&stream.operation)?;
        if let Some(reason) = self.target.forbids(operation, None) {
            return Err(reason);
        }
        let n_cases = stream.turns.len() as u64;
        self.count(operation, n_cases / 2, true, seen);
        self.count(operation, n_cases.div_ceil(2), false, seen);
        seen.n_cases += n_cases - 1;
        Ok(())
    }

    fn case(&self, case: &Case, seen: &mut Foreseen) -> Result<(), String> {
        let operation = self.operation(&case.operation)?;
        let filled = fill(
            operation,
            &case.draft,
            &mut self.leases.hand(Reach::Own),
            &Kept::new(),
        );
        let filled = filled.map_err(|reason| reason.to_string())?;
        if let Some(reason) = self.target.forbids(operation, Some(&filled.request)) {
            return Err(reason);
        }
        let accepted = case.expect == crate::case::Expect::Accepted;
        let own = case.draft.credentials == Credentials::Own;
        self.count(operation, 1, accepted && own, seen);
        Ok(())
    }

    fn story(&self, story: &Scenario, seen: &mut Foreseen) -> Result<(), String> {
        let needs = story
            .against(self.contract)
            .map_err(|misfit| misfit.to_string())?;
        for (name, count) in &needs.lent {
            if (self.leases.count(name) as u64) < *count {
                return Err(format!(
                    "a story needs {count} `{name}`, and fewer are lent"
                ));
            }
        }
        for step in &story.steps {
            let operation = self.operation(&step.call.operation)?;
            if let Some(reason) = self.target.forbids(operation, None) {
                return Err(reason);
            }
        }
        for (step, times) in story.steps.iter().zip(&needs.times) {
            let operation = self.operation(&step.call.operation)?;
            self.count(operation, *times, step.await_job.is_some(), seen);
        }
        Ok(())
    }

    fn operation(&self, id: &OperationId) -> Result<&Operation, String> {
        let operation = self.contract.operation(id);
        operation.ok_or_else(|| format!("the contract has no operation `{id}`"))
    }

    /// Counts what so many calls of an operation take: themselves, what is observed, their jobs.
    fn count(&self, operation: &Operation, times: u64, accepted: bool, seen: &mut Foreseen) {
        let mut add =
            |id: &OperationId, count| *seen.requests.entry(id.clone()).or_default() += count;
        add(&operation.id, times);
        for observer in observe::observers(self.contract, operation) {
            add(&observer.id, 2 * times);
        }
        let jobs = self
            .contract
            .jobs
            .as_ref()
            .filter(|_| accepted && operation.is_async());
        if let Some(jobs) = jobs {
            add(&jobs.operation, POLLS * times);
        }
        if accepted && self.makes.contains(&&operation.id) {
            seen.n_creations += times;
        }
    }
}
