//! What a step of a story says of itself, held against what came of it.

use crate::case::Expect;
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
    // What a statement forbids is another Check's business, as is the status where the step names it.
    let names_status = matches!(step.expect, StepExpect::Status(_));
    let is_forbidden = trial.case.expect == Expect::Refused && trial.case.tests.is_none();
    if is_forbidden && !names_status && trial.main.accepted() {
        unmet.push(told(&step.title, "a refusal".to_owned(), trial.main.seen()));
    }
    let status = trial.main.status();
    if let StepExpect::Status(wanted) = step.expect
        && status.is_some_and(|status| status != wanted)
    {
        unmet.push(told("the status", wanted.to_string(), trial.main.seen()));
    }
    // Without a word on how to follow a job nobody knows how it ends.
    let can_tell = trial.contract.jobs.is_some() && trial.main.accepted();
    if let (Some(end), true) = (step.await_job, can_tell) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::scenario::sample::step;
    use crate::check::sample::Scene;

    fn told(scene: &Scene) -> Vec<String> {
        let fitted = ScenarioStep {
            await_job: Some(JobEnd::Succeeded),
            ..step("lighthouses.lamps")
        };
        let unmet = scene.trial(|trial| unmet(&fitted, trial));
        unmet.into_iter().map(|unmet| unmet.seen).collect()
    }

    #[test]
    fn a_job_that_nothing_tells_of_may_have_succeeded() {
        assert_eq!(told(&Scene::fit()), ["no job"]);
        assert!(told(&Scene::fit().job(&["RUNNING", "SUCCESS"])).is_empty());
        assert!(told(&Scene::fit().without_jobs()).is_empty());
    }
}
