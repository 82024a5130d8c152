//! The server does not fail.

use super::{Check, Trial};
use crate::finding::{Finding, Severity, Verdict};

pub(super) struct ServerError;

impl Check for ServerError {
    fn code(&self) -> &'static str {
        "server_error"
    }

    fn title(&self) -> &'static str {
        "whatever is asked, the server does not fail"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: by HTTP itself, a status from 500 says that the fault is the server's.\n\
         Broken: any request, valid or not, is answered with such a status.\n\
         Example: a name of 65 characters is answered with 500 where 400 is documented.\n\
         Less than sure: 502, 503 and 504 are an outage. They are told as a warning with the \
         verdict `undecided`, and the case says nothing about the contract."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let failed = trial
            .answers()
            .filter(|answer| answer.status().is_some_and(|s| s >= 500));
        let told = failed.map(|answer| {
            let finding = Finding {
                title: format!("failed with {}", answer.seen()),
                expected: "a status below 500".to_owned(),
                ..trial.finding(self, answer)
            };
            match answer.outage() {
                None => finding,
                Some(_) => Finding {
                    severity: Severity::Warning,
                    verdict: Verdict::Undecided,
                    ..finding
                },
            }
        });
        told.collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn a_failure_is_the_servers_and_an_outage_is_not() {
        check(
            "server_error",
            Scene::show().answers(500, ""),
            "violation: failed with 500; expected a status below 500, seen 500",
        );
        check(
            "server_error",
            Scene::show().answers(503, "<html>"),
            "warning undecided: failed with 503; expected a status below 500, seen 503",
        );
        check("server_error", Scene::show().answers(404, ""), "");
    }
}
