//! Follows the job that an asynchronous operation started.

use std::time::Duration;

use super::observe;
use super::session::Session;
use crate::case::{Credentials, Expect};
use crate::check::{Answer, JobRun, find_id};
use std::collections::BTreeMap;

/// How long after its end a job is looked at once more: what goes on changing does so soon.
const LAST_LOOK: Duration = Duration::from_secs(1);

/// Polls the job that `main` names until it ends, and once more. None where there is no job.
pub(super) fn follow<'a>(
    session: &mut Session<'a, '_>,
    main: &Answer<'a>,
    known: &BTreeMap<String, String>,
) -> Option<JobRun<'a>> {
    let protocol = session.contract.jobs.as_ref()?;
    let shows = session.contract.operation(&protocol.operation)?;
    if !(main.operation.is_async() && main.accepted()) {
        return None;
    }
    let id = find_id(main.operation, &protocol.id, main.json()?)?;
    let mut known = known.clone();
    known.insert(protocol.id.clone(), id.to_owned());
    let request = observe::request(session.contract, shows, &known)?;
    let budget = session.patience_with_jobs();
    let mut job = JobRun {
        protocol,
        polls: Vec::new(),
        gave_up: false,
        waited: words(budget),
    };
    let mut waited = Duration::ZERO;
    for pause in session.target.pauses() {
        let exchange = session.exchange(&request, Credentials::Own);
        let answer = session.judge.answer(shows, exchange, Expect::Accepted);
        let had_ended = job.succeeded() || job.failed();
        let lost = answer.refused() || answer.exchange.outcome.is_err();
        job.polls.push(answer);
        if had_ended || lost {
            session.job_ended(waited);
            return Some(job);
        }
        if waited >= budget && !(job.succeeded() || job.failed()) {
            job.gave_up = true;
            session.n_given_up += 1;
            return Some(job);
        }
        let state = job.last_state().map(str::to_owned);
        session.job_awaited(state, waited, budget);
        let has_ended = job.succeeded() || job.failed();
        let pause = if has_ended {
            pause.min(LAST_LOOK)
        } else {
            pause
        };
        session.target.wait(pause);
        waited += pause;
    }
    unreachable!("pauses have no end")
}

impl Session<'_, '_> {
    /// How long a job is waited for. Where several never ended, the next one gets a few times what
    /// the slowest took that did: it will be the same with all of its kind.
    pub(super) fn patience_with_jobs(&self) -> Duration {
        /// So many jobs may take as long as the plan lets them.
        const TRUSTED: u32 = 1;
        const TIMES_THE_SLOWEST: u32 = 10;
        const LEAST: Duration = Duration::from_millis(500);
        let budget = self.plan.job_budget.min(self.target.most_patience());
        if self.n_given_up < TRUSTED {
            return budget;
        }
        (self.slowest_job * TIMES_THE_SLOWEST)
            .max(LEAST)
            .min(budget)
    }

    /// Notes how long a job took.
    pub(super) fn job_ended(&mut self, waited: Duration) {
        self.slowest_job = self.slowest_job.max(waited);
    }
}

fn words(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds >= 120 => format!("{} minutes", seconds / 60),
        seconds => format!("{seconds} seconds"),
    }
}
