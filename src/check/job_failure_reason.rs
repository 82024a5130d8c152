//! A job that failed says why.

use serde_json::Value;

use super::{Check, Trial};
use crate::finding::{Finding, Severity};

pub(super) struct JobFailureReason;

impl Check for JobFailureReason {
    fn code(&self) -> &'static str {
        "job_failure_reason"
    }

    fn title(&self) -> &'static str {
        "a job that failed says why, and one that succeeded does not"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the answer that shows a job has fields for the reason of a failure.\n\
         Broken: a failed job has none of them, or only empty ones.\n\
         Example: `\"status\": \"FAIL\", \"fail_reason\": \"\"`.\n\
         Less than sure: a job that succeeded and has a reason of failure is a warning."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let Some(job) = &trial.job else {
            return Vec::new();
        };
        let reasons = &job.protocol.reasons;
        let last = job
            .polls
            .iter()
            .rev()
            .find(|poll| job.state(poll).is_some());
        let Some((last, body)) = last.and_then(|poll| Some((poll, poll.json()?))) else {
            return Vec::new();
        };
        let is_given = |value: &&Value| value.as_str().map_or(value.is_number(), |s| !s.is_empty());
        let given = reasons
            .iter()
            .any(|path| path.values_in(body).iter().any(is_given));
        let (title, severity, expected) = match (job.failed(), job.succeeded(), given) {
            (true, _, false) => ("failed without a reason", self.severity(), "a reason"),
            (_, true, true) => (
                "succeeded with a reason of failure",
                Severity::Warning,
                "no reason",
            ),
            _ => return Vec::new(),
        };
        if reasons.is_empty() {
            return Vec::new();
        }
        let names: Vec<String> = reasons.iter().map(|path| format!("`{path}`")).collect();
        vec![Finding {
            severity,
            field: reasons.first().cloned(),
            title: title.to_owned(),
            sources: vec![job.protocol.at.clone()],
            expected: format!("{expected} in {}", names.join(" or ")),
            seen: if given {
                "a reason".to_owned()
            } else {
                "no reason".to_owned()
            },
            ..trial.finding(self, last)
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn failure_has_a_reason() {
        check("job_failure_reason", Scene::fit().job(&["SUCCESS"]), "");
        check(
            "job_failure_reason",
            Scene::fit().job(&["FAIL"]).reason("no oil"),
            "",
        );
        check(
            "job_failure_reason",
            Scene::fit().job(&["FAIL"]),
            "violation fail_reason: failed without a reason; expected a reason in `fail_reason`, seen no reason",
        );
    }
}
