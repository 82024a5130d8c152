//! What breaks the Contract is refused.

use super::statement::{claimants, claims, disputed, promised};
use super::{Check, Trial, statement_sources};
use crate::case::Expect;
use crate::finding::{Finding, Severity, Verdict};

pub(super) struct ViolationAccepted;

impl Check for ViolationAccepted {
    fn code(&self) -> &'static str {
        "violation_accepted"
    }

    fn title(&self) -> &'static str {
        "a request that breaks a statement of the document is refused"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the document limits what may be sent; what is outside is refused with a documented \
         4xx.\n\
         Broken: a request that is valid but for one value is accepted.\n\
         Example: a name of 9 characters is accepted where 8 are the most.\n\
         Less than sure: where the request is accepted and its job then fails, that is a late \
         refusal, told as a warning. Where sources dispute the statement, it is a note."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let Some(statement) = &trial.case.tests else {
            return Vec::new();
        };
        let broken = trial.case.expect == Expect::Refused
            && trial.own_credentials()
            && !["quota", "not_found"].contains(&statement.rule)
            && trial.main.accepted();
        if !broken {
            return Vec::new();
        }
        let finding = Finding {
            field: statement.field.clone(),
            title: format!("accepted {}", trial.case.title),
            promise: promise(trial),
            sources: statement_sources(trial.operation, statement),
            expected: "a documented 4xx".to_owned(),
            ..trial.finding(self, &trial.main)
        };
        let dispute = disputed(trial.contract, statement).filter(|_| !trial.strict);
        let finding = match dispute {
            Some(dispute) => Finding {
                severity: Severity::Note,
                verdict: Verdict::Document,
                sources: claimants(dispute),
                expected: claims(dispute),
                ..finding
            },
            None if trial.job.as_ref().is_some_and(|job| job.failed()) => Finding {
                severity: Severity::Warning,
                seen: format!("{}, then a failed job", finding.seen),
                ..finding
            },
            None => finding,
        };
        vec![finding]
    }
}

/// The statement that the case is about, in our words.
pub(super) fn promise(trial: &Trial<'_>) -> String {
    let Some(statement) = &trial.case.tests else {
        return "a valid request is accepted".to_owned();
    };
    let promised = promised(trial.operation, statement);
    match &statement.field {
        Some(field) => format!("`{field}`: {promised}"),
        None => promised,
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn accepting_what_breaks_a_limit_is_a_violation() {
        let scene = || {
            Scene::update()
                .refused()
                .tests("light.name", "length_range")
        };
        check("violation_accepted", scene().answers(400, "{}"), "");
        check(
            "violation_accepted",
            scene().answers(200, "{}"),
            "violation light.name: accepted a made-up case; expected a documented 4xx, seen 200",
        );
    }

    #[test]
    fn a_job_that_fails_is_a_late_refusal() {
        check(
            "violation_accepted",
            Scene::fit()
                .refused()
                .tests("lamp.lampId", "format")
                .answers(202, "{}")
                .job(&["FAIL"]),
            "warning lamp.lampId: accepted a made-up case; expected a documented 4xx, seen 202, then a failed job",
        );
    }

    #[test]
    fn a_disputed_limit_is_not_held_against_the_server() {
        let scene = Scene::update()
            .refused()
            .tests("light.name", "length_range")
            .disputed_limit("light.name")
            .answers(200, "{}");
        check(
            "violation_accepted",
            scene,
            "note document light.name: accepted a made-up case; expected 1..=8 (lights, line 1) or 1..=9 (lights, line 99), seen 200",
        );
    }
}
