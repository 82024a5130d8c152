//! Which trials send requests to an operation: they try it, observe with it, or follow jobs with it.

use std::collections::{BTreeSet, HashMap};

use super::plan::{Planned, Program};
use crate::case::Expect;
use crate::contract::{Contract, OperationId};

/// The positions of the trials that call each operation, in the order of the program.
#[derive(Debug, Default)]
pub struct Callers(HashMap<OperationId, Vec<usize>>);

impl Callers {
    /// Those of a program under a contract.
    pub fn of(contract: &Contract, program: &Program) -> Self {
        let mut touched = HashMap::new();
        let mut callers = Self::default();
        for (position, planned) in program.trials.iter().enumerate() {
            let mut called = BTreeSet::new();
            for tried in tried(planned) {
                let touched = touched
                    .entry(tried)
                    .or_insert_with(|| touched_by(contract, program, tried));
                called.extend(touched.iter().copied());
            }
            for operation in called {
                callers
                    .0
                    .entry(operation.clone())
                    .or_default()
                    .push(position);
            }
        }
        callers
    }

    /// The trials that call this operation.
    pub(super) fn to(&self, operation: &OperationId) -> &[usize] {
        self.0.get(operation).map_or(&[], Vec::as_slice)
    }
}

fn tried(planned: &Planned) -> Vec<&OperationId> {
    match planned {
        Planned::Case(case) | Planned::Generated(case) | Planned::Each(case) => {
            vec![&case.operation]
        }
        Planned::Stream(stream) => vec![&stream.operation],
        Planned::Story(story) => story.calls().collect(),
    }
}

/// What a try of an operation sends requests to.
fn touched_by<'c>(
    contract: &'c Contract,
    program: &Program,
    tried: &OperationId,
) -> Vec<&'c OperationId> {
    let Some(operation) = contract.operation(tried) else {
        return Vec::new();
    };
    let jobs = contract.jobs.as_ref().filter(|_| operation.is_async());
    let observers = [Expect::Accepted, Expect::Refused].into_iter();
    let observers = observers.flat_map(|expect| program.observing.who(contract, tried, expect));
    let shows_made = program.observing.shows_made(contract, tried);
    std::iter::once(&operation.id)
        .chain(jobs.map(|jobs| &jobs.operation))
        .chain(observers.map(|observer| &observer.id))
        .chain(shows_made.map(|shows| &shows.id))
        .collect()
}
