//! A job is in a documented state.

use serde_json::Value;

use super::trial::has;
use super::{Check, JobRun, Trial};
use crate::contract::{Operation, PARTS_ADD_UP};
use crate::finding::{Finding, Severity};

pub(super) struct JobState;

impl Check for JobState {
    fn code(&self) -> &'static str {
        "job_state"
    }

    fn title(&self) -> &'static str {
        "a job is in one of the documented states"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the document lists the states of a job.\n\
         Broken: a job has no state, or one that is not listed.\n\
         Less than sure: a job that succeeded, of which a part failed, is a warning, unless the document \
         says that all parts succeed then.\n\
         Example: `\"status\": \"DONE\"` where SUCCESS is listed."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let Some(job) = &trial.job else {
            return Vec::new();
        };
        let told = job
            .polls
            .iter()
            .filter(|poll| poll.accepted() && poll.json().is_some());
        let strange = told.filter(|poll| job.state(poll).is_none_or(|state| !known(job, state)));
        let told = strange.take(1).map(|poll| Finding {
            field: Some(job.protocol.state.clone()),
            title: "is in a state that is not listed".to_owned(),
            sources: vec![job.protocol.at.clone()],
            expected: format!("one of {}", states(job).collect::<Vec<_>>().join(", ")),
            seen: job.state(poll).unwrap_or("no state").to_owned(),
            ..trial.finding(self, poll)
        });
        told.chain(self.parts(trial, job)).collect()
    }
}

impl JobState {
    /// A job of which a part failed did not succeed.
    fn parts(&self, trial: &Trial<'_>, job: &JobRun<'_>) -> Option<Finding> {
        let protocol = job.protocol;
        let poll = job.polls.iter().find(|poll| {
            job.state(poll)
                .is_some_and(|state| has(&protocol.succeeded, state))
        })?;
        let paths = poll.operation.response_fields().into_iter();
        let mut paths = paths.map(|(path, _)| path).filter(|path| {
            path.leaf() == protocol.state.leaf() && path.0.len() > protocol.state.0.len()
        });
        paths.find_map(|path| {
            let parts = path.values_in(poll.json()?).into_iter();
            let mut states = parts.filter_map(Value::as_str);
            let failed = states.find(|state| has(&protocol.failed, state))?;
            Some(Finding {
                severity: if parts_add_up(poll.operation) {
                    Severity::Violation
                } else {
                    Severity::Warning
                },
                field: Some(path.clone()),
                title: "succeeded, and a part of it failed".to_owned(),
                sources: vec![protocol.at.clone()],
                expected: format!("no part in {failed}"),
                seen: format!("`{path}` is {failed}"),
                ..trial.finding(self, poll)
            })
        })
    }
}

/// Whether the document of a job says that it succeeds when all of its parts do.
fn parts_add_up(shows: &Operation) -> bool {
    let mut fields = shows.response_fields().into_iter();
    shows.says(PARTS_ADD_UP) || fields.any(|(_, field)| field.says(PARTS_ADD_UP))
}

fn states<'a>(job: &'a JobRun<'_>) -> impl Iterator<Item = &'a str> {
    let protocol = job.protocol;
    let all = protocol
        .running
        .iter()
        .chain(&protocol.succeeded)
        .chain(&protocol.failed);
    all.map(String::as_str)
}

fn known(job: &JobRun<'_>, state: &str) -> bool {
    let protocol = job.protocol;
    has(&protocol.running, state) || has(&protocol.succeeded, state) || has(&protocol.failed, state)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::sample::{Scene, check};
    use crate::contract::{Constraint, Statement, sample};

    #[test]
    fn parts_add_up_where_the_document_says_so() {
        let mut shows = sample::operation("GET /v1/jobs/{job_id}", "", "status");
        assert!(!parts_add_up(&shows));
        let fields = &mut shows.response.as_mut().expect("it answers").fields;
        fields[0].statements.push(Statement {
            constraint: Constraint::Other(PARTS_ADD_UP.to_owned()),
            at: sample::at(),
            rule: "test".to_owned(),
        });
        assert!(parts_add_up(&shows));
    }

    #[test]
    fn only_listed_states() {
        check(
            "job_state",
            Scene::fit().job(&["INIT", "RUNNING", "SUCCESS"]),
            "",
        );
        check(
            "job_state",
            Scene::fit().job(&["INIT", "DONE"]),
            "violation status: is in a state that is not listed; expected one of INIT, RUNNING, SUCCESS, FAIL, seen DONE",
        );
    }
}
