//! Follows the job that an asynchronous operation started.

use std::time::Duration;

use super::observe;
use super::session::Session;
use crate::case::{Credentials, Expect};
use crate::check::{Answer, JobRun, find_id};
use std::collections::BTreeMap;

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
    let request = observe::request(shows, &known)?;
    let budget = session.plan.job_budget;
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
            return Some(job);
        }
        if waited >= budget && !(job.succeeded() || job.failed()) {
            job.gave_up = true;
            return Some(job);
        }
        let state = job.last_state().map(str::to_owned);
        session.job_awaited(state, waited, budget);
        session.target.wait(pause);
        waited += pause;
    }
    unreachable!("pauses have no end")
}

fn words(time: Duration) -> String {
    match time.as_secs() {
        seconds if seconds >= 120 => format!("{} minutes", seconds / 60),
        seconds => format!("{seconds} seconds"),
    }
}
