//! Every status is one the document lists.

use super::{Answer, Check, Trial};
use crate::finding::{Finding, Severity};
use crate::source::Provenance;

pub(super) struct StatusDocumented;

impl Check for StatusDocumented {
    fn code(&self) -> &'static str {
        "status_documented"
    }

    fn title(&self) -> &'static str {
        "the status is one that the document lists"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: an operation documents the status of its success, and a table lists the statuses \
         of errors.\n\
         Broken: a success has another status than the operation's, or an error has one that no \
         table lists.\n\
         Example: an operation that documents 202 answers 200.\n\
         Less than sure: where the operation documents no status of success, a list for all \
         operations counts; a success outside of it is a warning.\n\
         Not judged: statuses of which no table lists any, and those from 500 (see `server_error`)."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let wrong = trial.answers().filter_map(|answer| {
            let Wrong {
                expected,
                sources,
                severity,
            } = broken(trial, answer)?;
            let severity = if trial.strict {
                Severity::Violation
            } else {
                severity
            };
            Some(Finding {
                title: format!("answered {}", answer.seen()),
                severity,
                expected,
                sources,
                ..trial.finding(self, answer)
            })
        });
        wrong.collect()
    }
}

/// What was documented instead, and where.
struct Wrong {
    expected: String,
    sources: Vec<Provenance>,
    severity: Severity,
}

/// None where the status is fine or nothing is documented.
fn broken(trial: &Trial<'_>, answer: &Answer<'_>) -> Option<Wrong> {
    let status = answer.status()?;
    if answer.outage().is_some() || status >= 500 {
        return None;
    }
    let own = &answer.operation.success;
    if status < 400 && !own.is_empty() {
        let wrong = || Wrong {
            expected: answer.documented_success(),
            sources: own.iter().map(|(_, at)| at.clone()).collect(),
            severity: Severity::Violation,
        };
        let known = own.iter().any(|(code, _)| *code == status);
        return (!known).then(wrong);
    }
    let mut errors = trial.contract.error_codes.iter();
    if errors.any(|known| known.status == Some(status)) {
        return None;
    }
    let family = if status < 400 { 200..400 } else { 400..500 };
    let listed = trial.contract.statuses.iter();
    let listed: Vec<_> = listed
        .filter(|known| family.contains(&known.code))
        .collect();
    let first = listed.first()?;
    let codes: Vec<String> = listed.iter().map(|known| known.code.to_string()).collect();
    let wrong = || Wrong {
        expected: format!("one of {}", codes.join(", ")),
        sources: vec![first.at.clone()],
        // A list for all operations is less than the word of the operation itself.
        severity: if status < 400 {
            Severity::Warning
        } else {
            Severity::Violation
        },
    };
    (!listed.iter().any(|known| known.code == status)).then(wrong)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn a_success_has_the_status_of_its_operation() {
        check("status_documented", Scene::show().answers(200, "{}"), "");
        check(
            "status_documented",
            Scene::show().answers(201, "{}"),
            "violation: answered 201; expected 200, seen 201",
        );
        check(
            "status_documented",
            Scene::update().refused().answers(302, ""),
            "violation: answered 302; expected 200, seen 302",
        );
    }

    #[test]
    fn without_a_status_of_its_own_a_list_for_all_operations_counts() {
        let silent = |scene: Scene| scene.without_success();
        check(
            "status_documented",
            silent(Scene::show()).answers(200, "{}"),
            "",
        );
        check(
            "status_documented",
            silent(Scene::show()).answers(299, "{}"),
            "warning: answered 299; expected one of 200, seen 299",
        );
    }

    #[test]
    fn an_error_has_a_status_that_some_table_lists() {
        check("status_documented", Scene::show().answers(404, "{}"), "");
        check(
            "status_documented",
            Scene::show().answers(418, "{}"),
            "violation: answered 418; expected one of 400, 401, 404, 409, seen 418",
        );
        check("status_documented", Scene::show().answers(500, "{}"), "");
    }
}
