//! Sends Cases, has them judged, tells what happened.
//!
//! Main entries: [`run`] tries a whole [`Plan`] on a target, and [`resume()`] goes on with it; [`prove()`] tries it on every Defect of
//! a Twin and says which Check notices which. For each case the runner fills in what the target
//! lends, observes what can be observed, sends the request, follows the job it starts, observes
//! again, has everything judged, and puts the target back to how it was. It prints nothing and
//! knows no report: whatever happens is an Event.

mod ablate;
mod ahead;
mod callers;
mod coverage;
mod ending;
mod fill;
mod follow;
mod foresee;
mod hunt;
mod late;
mod lead;
mod leases;
mod made;
mod mark;
mod memory;
mod mention;
mod observe;
mod part;
mod plan;
mod promises;
mod prospect;
mod prove;
mod restore;
mod resume;
mod session;
mod settle;
mod sheet;
mod shrink;
mod snapshot;
mod story;
mod stuck;
mod supply;
mod survivor;
mod told;
mod wander;
mod way;
mod welcome;

pub use ablate::{Ablation, ablate};
pub use callers::Callers;
pub use foresee::{Forecast, Foreseen, foresee};
pub use hunt::{Catch, Hunt, Known, Quarry, Suspicion, accuses};
pub use memory::{Left, Past, ResumeError, left};
pub use plan::{Part, Plan, Planned, Program, Stream};
pub use prospect::{Prospect, prospects};
pub use prove::{End, KillMatrix, Proof, prove};
pub use snapshot::{Picture, drift, pictures};

use crate::check::Judge;
use crate::contract::Contract;
use crate::event::Event;
use crate::target::{Halt, Restored, Target};
use session::Session;

/// Tries the plan on the target and tells everything that happens; gives why it ended early, if it did.
pub fn run(
    contract: &Contract,
    plan: &Plan,
    target: &mut dyn Target,
    hear: &mut dyn FnMut(&Event),
) -> Option<Halt> {
    run_program(contract, plan, &Program::new(contract, plan), target, hear)
}

/// Goes on with a run of this plan that was cut short: tells again how it began, and then all that
/// the earlier run did not tell. What that left must have been removed.
pub fn resume(
    contract: &Contract,
    plan: &Plan,
    left: Left,
    target: &mut dyn Target,
    hear: &mut dyn FnMut(&Event),
) -> Option<Halt> {
    let judge = Judge::new(contract, plan.checks.as_deref(), plan.strict);
    tell_start(contract, plan, &left.program, target, hear);
    let mut session = Session::new(contract, &judge, plan, &left.program, target, hear);
    let whole = session.target.restore() == Restored::Whole;
    session.recall(&left.known, whole);
    // What is whole again shows nothing of the case that was under way.
    let under_way = left.under_way.filter(|_| !whole);
    let mut trials = left.trials.into_iter();
    let first = trials
        .next()
        .and_then(|planned| session.doubted(planned, under_way));
    let trials: Vec<Planned> = first.into_iter().chain(trials).collect();
    go(session, &left.program, &trials, left.known.millis)
}

fn run_program(
    contract: &Contract,
    plan: &Plan,
    program: &Program,
    target: &mut dyn Target,
    hear: &mut dyn FnMut(&Event),
) -> Option<Halt> {
    let judge = Judge::new(contract, plan.checks.as_deref(), plan.strict);
    tell_start(contract, plan, program, target, hear);
    let session = Session::new(contract, &judge, plan, program, target, hear);
    go(session, program, &program.trials, 0)
}

fn tell_start(
    contract: &Contract,
    plan: &Plan,
    program: &Program,
    target: &dyn Target,
    hear: &mut dyn FnMut(&Event),
) {
    hear(&Event::RunStarted {
        target: target.name().to_owned(),
        endpoint: target.endpoint().to_owned(),
        services: target.services().to_vec(),
        n_operations: u32::try_from(program.operations.len()).unwrap_or(u32::MAX),
        seed: plan.seed,
        n_cases: program.n_cases(),
    });
    let planned = program.operations.iter();
    for operation in planned.filter_map(|id| contract.operation(id)) {
        hear(&Event::OperationPlanned(Box::new(sheet::sheet(
            contract, operation,
        ))));
    }
}

/// Takes what is left, and tells what the whole came to. `before`: milliseconds that the run took
/// until then.
fn go(
    mut session: Session<'_, '_>,
    program: &Program,
    trials: &[Planned],
    before: u64,
) -> Option<Halt> {
    session.begin(before);
    let halted = trials.iter().find_map(|planned| session.take(planned));
    let halted = halted.or_else(|| session.was_never_welcome().then_some(Halt::Unwelcome));
    // Not only after the last case: what was made because it was needed is still there.
    session.restore();
    session.finish(program);
    // Without an end a run counts as cut short.
    if halted.is_none() {
        let millis = session.millis();
        session.say(Event::RunFinished { millis });
    }
    halted
}

#[cfg(test)]
mod tests;
