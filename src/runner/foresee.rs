//! What a run would do, without doing it.

use std::collections::{BTreeMap, BTreeSet};

use super::fill::{Unfilled, fill};
use super::leases::Leases;
use super::observe::Observing;
use super::plan::{Plan, Planned, Program, Stream};
use super::supply::{gives, reach};
use crate::case::scenario::{Kept, Scenario, StepExpect};
use crate::case::{Case, Credentials, Expect, Given};
use crate::contract::{Contract, Creation, Operation, OperationId, listings};
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
    let program = Program::new(contract, plan);
    let mut seer = Seer {
        contract,
        target,
        creations: &program.creations,
        observing: &program.observing,
        leases: Leases::new(target.lent()),
        whole: Leases::new(target.lent()),
        asked: BTreeSet::new(),
        made: BTreeSet::new(),
    };
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
    creations: &'a [Creation],
    observing: &'a Observing,
    leases: Leases,
    whole: Leases,
    /// Names whose lists would be asked for, once in a run.
    asked: BTreeSet<String>,
    /// Names of which something would be made, and is there.
    made: BTreeSet<String>,
}

impl<'a> Seer<'a> {
    fn see(&mut self, planned: &Planned, seen: &mut Foreseen) {
        let may = match planned {
            Planned::Case(case) | Planned::Generated(case) => self.case(case, seen),
            Planned::Each(case) => self.each(case, seen),
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

    fn case(&mut self, case: &Case, seen: &mut Foreseen) -> Result<(), String> {
        let operation = self.operation(&case.operation)?;
        // What may not be sent at all is not worth a search.
        if let Some(reason) = self.target.forbids(operation, None) {
            return Err(reason);
        }
        let reach = reach(self.contract, operation, self.creations);
        let filled = loop {
            let mut hand = self.leases.hand(reach);
            match fill(
                self.contract,
                operation,
                &case.draft,
                &mut hand,
                &Kept::new(),
            ) {
                Ok(filled) => break filled,
                Err(Unfilled::NotLent(missing)) if self.supply(operation, missing.name(), seen) => {
                }
                Err(reason) => return Err(reason.to_string()),
            }
        };
        // What will be found or made is not known yet, so no request can be held against it.
        let mut values = filled.known.values().chain(filled.lent_in_body());
        let supplied = values.any(|value| value.starts_with('<'));
        let request = (!supplied).then_some(&filled.request);
        if let Some(reason) = self.target.forbids(operation, request) {
            return Err(reason);
        }
        // What nothing is said of may be accepted, too.
        let accepted = case.expect != Expect::Refused;
        let own = case.draft.credentials == Credentials::Own;
        self.count(operation, 1, accepted && own, seen);
        if accepted && own && !operation.method.is_safe() {
            self.put_back();
        }
        Ok(())
    }

    /// After what changes something all that was made is removed.
    fn put_back(&mut self) {
        self.made.clear();
        self.leases = self.leases.restored(&self.whole, true);
    }

    /// One case for each further thing that is lent.
    fn each(&mut self, case: &Case, seen: &mut Foreseen) -> Result<(), String> {
        let lent = case
            .draft
            .path
            .iter()
            .rev()
            .find_map(|(_, given)| match given {
                Given::Lent(name) => Some(name),
                Given::Literal(_) | Given::Kept(_) | Given::Joined(_) => None,
            });
        let name = lent.ok_or("its path names nothing that is lent")?;
        if self.leases.count(name) < 2 {
            return Err(format!("no second `{name}` is lent"));
        }
        self.case(case, seen)
    }

    /// Takes note that things of this name would be looked up or made. False where neither can be.
    fn supply(&mut self, operation: &Operation, name: &str, seen: &mut Foreseen) -> bool {
        let unknown = format!("<{name}>");
        let lists = listings(self.contract, operation, name);
        if let Some(listing) = lists.first().filter(|_| self.asked.insert(name.to_owned())) {
            *seen
                .requests
                .entry(listing.operation.id.clone())
                .or_default() += 1;
            self.leases.list(name, vec![unknown]);
            return true;
        }
        if self.made.contains(name) {
            return false;
        }
        let makes = self
            .creations
            .iter()
            .filter(|creation| gives(creation, name));
        let mut makes = makes.filter_map(|creation| self.contract.operation(&creation.makes));
        let Some(makes) = makes.find(|makes| self.target.forbids(makes, None).is_none()) else {
            return false;
        };
        self.leases.own(name, unknown);
        self.made.insert(name.to_owned());
        self.count(makes, 1, true, seen);
        true
    }

    fn story(&mut self, story: &Scenario, seen: &mut Foreseen) -> Result<(), String> {
        let needs = story
            .against(self.contract)
            .map_err(|misfit| misfit.to_string())?;
        let tells = self.operation(&story.operation)?;
        for step in &story.steps {
            let operation = self.operation(&step.call.operation)?;
            if let Some(reason) = self.target.forbids(operation, None) {
                return Err(reason);
            }
        }
        for (name, count) in &needs.lent {
            let enough = self.leases.count(name) as u64 >= *count;
            let found = || self.asked.contains(name) || self.made.contains(name);
            if !enough && !found() && !self.supply(tells, name, seen) {
                return Err(format!(
                    "a story needs {count} `{name}`, and fewer are lent"
                ));
            }
        }
        for (step, times) in story.steps.iter().zip(&needs.times) {
            let operation = self.operation(&step.call.operation)?;
            let accepted = matches!(
                step.expect,
                StepExpect::Accepted | StepExpect::Status(200..=299)
            );
            self.count(operation, *times, accepted, seen);
        }
        self.put_back();
        Ok(())
    }

    fn operation(&self, id: &OperationId) -> Result<&'a Operation, String> {
        let operation = self.contract.operation(id);
        operation.ok_or_else(|| format!("the contract has no operation `{id}`"))
    }

    /// Counts what so many calls of an operation take: themselves, what is observed, their jobs.
    fn count(&self, operation: &Operation, times: u64, accepted: bool, seen: &mut Foreseen) {
        let mut add =
            |id: &OperationId, count| *seen.requests.entry(id.clone()).or_default() += count;
        add(&operation.id, times);
        let expect = if accepted {
            Expect::Accepted
        } else {
            Expect::Refused
        };
        for observer in self.observing.who(self.contract, &operation.id, expect) {
            add(&observer.id, 2 * times);
        }
        let shows_made = self.observing.shows_made(self.contract, &operation.id);
        if let Some(shows) = shows_made.filter(|_| accepted) {
            add(&shows.id, times);
        }
        let jobs = self
            .contract
            .jobs
            .as_ref()
            .filter(|_| accepted && operation.is_async());
        if let Some(jobs) = jobs {
            add(&jobs.operation, POLLS * times);
        }
        if accepted
            && self
                .creations
                .iter()
                .any(|creation| creation.makes == operation.id)
        {
            seen.n_creations += times;
        }
    }
}
