//! A job moves forward and comes to an end.

use super::{Answer, Check, JobRun, Trial};
use crate::finding::{Finding, Severity};

pub(super) struct JobProgress;

impl Check for JobProgress {
    fn code(&self) -> &'static str {
        "job_progress"
    }

    fn title(&self) -> &'static str {
        "a job moves forward, comes to an end, and stays there"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: a job goes through the listed states in their order, ends in success or failure, \
         and what it came to does not change any more.\n\
         Broken: it falls back to an earlier state, changes after its end, or does not end while the \
         run waits.\n\
         Example: RUNNING, SUCCESS, RUNNING; or RUNNING for an hour.\n\
         Less than sure: a job that does not end is told as a violation after 15 minutes of waiting, \
         since the documents name no time."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let Some(job) = &trial.job else {
            return Vec::new();
        };
        let Some((title, expected, seen, poll)) = problem(job) else {
            return Vec::new();
        };
        vec![Finding {
            field: Some(job.protocol.state.clone()),
            title: title.to_owned(),
            sources: vec![job.protocol.at.clone()],
            expected,
            seen,
            ..trial.finding(self, poll)
        }]
    }
}

type Problem<'j, 'a> = (&'static str, String, String, &'j Answer<'a>);

fn problem<'j, 'a>(job: &'j JobRun<'a>) -> Option<Problem<'j, 'a>> {
    for pair in job.polls.windows(2) {
        let [earlier, later] = pair else { continue };
        let (Some(from), Some(to)) = (job.state(earlier), job.state(later)) else {
            continue;
        };
        let seen = format!("{from}, then {to}");
        if job.is_end(from) && !earlier.tells_same(later) {
            let expected = format!("what {from} came to does not change");
            return Some(("changed after its end", expected, seen, later));
        }
        let (from_rank, to_rank) = (rank(job, from), rank(job, to));
        if from_rank.zip(to_rank).is_some_and(|(from, to)| to < from) {
            let expected = format!("no state before {from}");
            return Some(("fell back to an earlier state", expected, seen, later));
        }
    }
    let last = job.polls.last().filter(|_| job.gave_up)?;
    let seen = format!(
        "{} after {}",
        job.last_state().unwrap_or("no state"),
        job.waited
    );
    Some((
        "did not come to an end",
        "success or failure".to_owned(),
        seen,
        last,
    ))
}

/// How far a state is: its place among those of a job that goes on; an end is farther than all.
fn rank(job: &JobRun<'_>, state: &str) -> Option<usize> {
    if job.is_end(state) {
        return Some(job.protocol.running.len());
    }
    job.protocol.running.iter().position(|known| known == state)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn forward_to_an_end_that_lasts() {
        check(
            "job_progress",
            Scene::fit().job(&["INIT", "RUNNING", "SUCCESS", "SUCCESS"]),
            "",
        );
        check(
            "job_progress",
            Scene::fit().job(&["RUNNING", "INIT", "SUCCESS"]),
            "violation status: fell back to an earlier state; expected no state before RUNNING, seen RUNNING, then INIT",
        );
        check(
            "job_progress",
            Scene::fit().job(&["SUCCESS", "FAIL"]),
            "violation status: changed after its end; expected what SUCCESS came to does not change, seen SUCCESS, then FAIL",
        );
        check(
            "job_progress",
            Scene::fit().job(&["INIT"]).gives_up(),
            "violation status: did not come to an end; expected success or failure, seen INIT after a while",
        );
    }
}
