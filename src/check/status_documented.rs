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
         Not judged: errors where no table lists any, and statuses from 500 (see `server_error`)."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let wrong = trial.answers().filter_map(|answer| {
            let (expected, sources) = broken(trial, answer)?;
            Some(Finding {
                title: format!("answered {}", answer.seen()),
                expected,
                sources,
                ..trial.finding(self, answer)
            })
        });
        wrong.collect()
    }
}

/// What was documented instead, and where; None where the status is fine or nothing is documented.
fn broken(trial: &Trial<'_>, answer: &Answer<'_>) -> Option<(String, Vec<Provenance>)> {
    let status = answer.status()?;
    let success = &answer.operation.success;
    let listed = &trial.contract.statuses;
    if answer.outage().is_some() || status >= 500 {
        return None;
    }
    if status < 400 {
        let known = success.is_empty() || success.iter().any(|(code, _)| *code == status);
        let sources = success.iter().map(|(_, at)| at.clone()).collect();
        return (!known).then(|| (answer.documented_success(), sources));
    }
    let known = listed.is_empty()
        || listed.iter().any(|known| known.code == status)
        || trial
            .contract
            .error_codes
            .iter()
            .any(|known| known.status == Some(status));
    let codes: Vec<String> = listed
        .iter()
        .filter(|known| (400..500).contains(&known.code))
        .map(|known| known.code.to_string())
        .collect();
    let sources = listed.first().map(|first| first.at.clone());
    (!known).then(|| {
        (
            format!("one of {}", codes.join(", ")),
            sources.into_iter().collect(),
        )
    })
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
