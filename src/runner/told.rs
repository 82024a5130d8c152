//! What a step of a story says of itself, held against what came of it.

use crate::case::scenario::{JobEnd, ScenarioStep, StepExpect};
use crate::check::{Trial, Unmet};

/// What a step's own words say and its trial does not show: a status, how a job ends, and that
/// nothing changed. That a refusal changes nothing is another Check's business.
pub(super) fn unmet(step: &ScenarioStep, trial: &Trial<'_>) -> Vec<Unmet> {
    let mut unmet = Vec::new();
    let told = |what: &str, expected: String, seen: String| Unmet {
        what: what.to_owned(),
        promise: format!("{what}: {expected}"),
        expected,
        seen,
    };
    // What a statement forbids is another Check's business.
    if step.expect == StepExpect::Refused && step.tests.is_none() && trial.main.accepted() {
        unmet.push(told(&step.title, "a refusal".to_owned(), trial.main.seen()));
    }
    let status = trial.main.status();
    if let StepExpect::Status(wanted) = step.expect
        && status.is_some_and(|status| status != wanted)
    {
        unmet.push(told("the status", wanted.to_string(), trial.main.seen()));
    }
    if let (Some(end), true) = (step.await_job, trial.main.accepted()) {
        let job = trial.job.as_ref();
        let (met, wanted) = match end {
            JobEnd::Succeeded => (job.is_some_and(|job| job.succeeded()), "success"),
            JobEnd::Failed => (job.is_some_and(|job| job.failed()), "failure"),
        };
        let seen = job.and_then(|job| job.last_state()).unwrap_or("no job");
        if !met {
            unmet.push(told(
                "the end of the job",
                wanted.to_owned(),
                seen.to_owned(),
            ));
        }
    }
    let is_open = step.expect == StepExpect::Either;
    if trial.main.accepted() && !is_open && trial.changes().next().is_some() {
        let expected = "the same as before".to_owned();
        unmet.push(told(
            "what must not change",
            expected,
            "a change".to_owned(),
        ));
    }
    unmet
}
