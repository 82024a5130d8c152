//! What keeps the Contract is accepted.

use super::error_envelope::read;
use super::statement::{claimants, claims, disputed};
use super::violation_accepted::promise;
use super::{Check, Trial, statement_sources};
use crate::case::Expect;
use crate::contract::{Constraint, Scope, UNSEEN};
use crate::finding::{Finding, Severity, Verdict};

pub(super) struct ValidRefused;

impl Check for ValidRefused {
    fn code(&self) -> &'static str {
        "valid_refused"
    }

    fn title(&self) -> &'static str {
        "a request that keeps every statement of the document is accepted"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: a request that keeps all that the document says is served.\n\
         Broken: it is refused, or accepted and its job fails.\n\
         Example: a name of 8 characters is refused where 8 are the most.\n\
         Less than sure: where sources dispute the statement that the case is about, it is a note. \
         What the document says is refused with a code where there is too little of something may be refused with \
         it; what is said to need a state that no answer shows, with 409. 401 and 403 are undecided while the target's credentials were accepted for nothing else."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let failed = trial.job.as_ref().is_some_and(|job| job.failed()) && !trial.failure_wanted;
        let judged = trial.case.expect == Expect::Accepted && trial.rule() != Some("quota");
        let refused = trial.main.refused() && !may_be_short(trial) && !may_be_unfit(trial);
        if !judged || !(refused || failed) {
            return Vec::new();
        }
        let (statement, main) = (&trial.case.tests, &trial.main);
        let sources = match statement {
            Some(statement) => statement_sources(trial.operation, statement),
            None => vec![trial.operation.at.clone()],
        };
        let finding = Finding {
            field: statement
                .as_ref()
                .and_then(|statement| statement.field.clone()),
            title: format!("refused {}", trial.case.title),
            promise: promise(trial),
            sources,
            expected: main.documented_success(),
            seen: if failed {
                format!("{}, then a failed job", main.seen())
            } else {
                main.seen()
            },
            ..trial.finding(self, main)
        };
        let statement = statement.as_ref().filter(|_| !trial.strict);
        let dispute = statement.and_then(|statement| disputed(trial.contract, statement));
        vec![match dispute {
            Some(dispute) => Finding {
                severity: Severity::Note,
                verdict: Verdict::Document,
                sources: claimants(dispute),
                expected: claims(dispute),
                ..finding
            },
            None if credentials_in_doubt(trial) => Finding {
                severity: Severity::Warning,
                verdict: Verdict::Undecided,
                ..finding
            },
            None => finding,
        }]
    }
}

/// Whether the refusal is one that the document promises where there is too little of something: nobody can tell
/// whether there is.
fn may_be_short(trial: &Trial<'_>) -> bool {
    let code = read(&trial.contract.envelopes, &trial.main);
    let code = code.map(|code| {
        code.as_str()
            .map_or_else(|| code.to_string(), str::to_owned)
    });
    let status = trial.main.status().map(|status| status.to_string());
    let fields = trial.operation.request_fields().into_iter();
    let of_fields = fields.flat_map(|(_, field)| &field.statements);
    let mut said = trial.operation.statements.iter().chain(of_fields);
    said.any(|said| {
        let told = Constraint::code_if_short(&said.constraint);
        told.is_some_and(|told| {
            [&code, &status]
                .iter()
                .any(|seen| seen.as_deref() == Some(told))
        })
    })
}

/// Whether the refusal is one for a state that the document says the operation needs, and that no answer shows.
fn may_be_unfit(trial: &Trial<'_>) -> bool {
    const CONFLICT: u16 = 409;
    let mut said = trial.operation.statements.iter();
    trial.main.status() == Some(CONFLICT)
        && said.any(|said| {
            matches!(&said.constraint, Constraint::Within { scope: Scope::Case(case), holds }
                if case == UNSEEN && matches!(**holds, Constraint::StatePrecondition { .. }))
        })
}

fn credentials_in_doubt(trial: &Trial<'_>) -> bool {
    !trial.credentials_work && matches!(trial.main.status(), Some(401 | 403))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn refusing_what_keeps_every_limit_is_a_violation() {
        check("valid_refused", Scene::update().answers(200, "{}"), "");
        check(
            "valid_refused",
            Scene::update()
                .tests("light.name", "length_range")
                .answers(400, "{}"),
            "violation light.name: refused a made-up case; expected 200, seen 400",
        );
        check("valid_refused", Scene::update().answers(429, "{}"), "");
    }

    #[test]
    fn what_there_is_too_little_of_may_be_refused() {
        let answered = |code: &str| {
            let body = format!(r#"{{"error":{{"code":"{code}","message":"no"}}}}"#);
            Scene::update().answers(400, &body)
        };
        check("valid_refused", answered("LH.0003"), "");
        check(
            "valid_refused",
            answered("LH.0001"),
            "violation: refused a made-up case; expected 200, seen 400",
        );
    }

    #[test]
    fn a_state_that_no_answer_shows_may_be_the_reason() {
        check("valid_refused", Scene::fit().answers(409, "{}"), "");
        check(
            "valid_refused",
            Scene::fit().answers(400, "{}"),
            "violation: refused a made-up case; expected 202, seen 400",
        );
        check(
            "valid_refused",
            Scene::update().answers(409, "{}"),
            "violation: refused a made-up case; expected 200, seen 409",
        );
    }

    #[test]
    fn a_failed_job_is_a_refusal() {
        check(
            "valid_refused",
            Scene::fit().answers(202, "{}").job(&["INIT", "FAIL"]),
            "violation: refused a made-up case; expected 202, seen 202, then a failed job",
        );
        check(
            "valid_refused",
            Scene::fit().answers(202, "{}").job(&["SUCCESS"]),
            "",
        );
    }

    #[test]
    fn a_token_that_never_worked_says_nothing_of_the_server() {
        check(
            "valid_refused",
            Scene::update()
                .without_working_credentials()
                .answers(401, "{}"),
            "warning undecided: refused a made-up case; expected 200, seen 401",
        );
    }
}
