//! An asynchronous operation says which job to follow.

use serde_json::Value;

use super::{Check, Trial};
use crate::finding::{Finding, Severity};

pub(super) struct JobId;

impl Check for JobId {
    fn code(&self) -> &'static str {
        "job_id"
    }

    fn title(&self) -> &'static str {
        "an asynchronous operation answers with the id of its job, and the job is found"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the operation returns at once with the id of a job, which another operation \
         shows.\n\
         Broken: the id is missing, empty or not a text, or the job it names is refused.\n\
         Example: `{\"job_id\": \"\"}`; 404 to the job that was just returned.\n\
         Not judged: dry runs."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let Some(protocol) = &trial.contract.jobs else {
            return Vec::new();
        };
        if !(trial.operation.is_async() && trial.main.accepted()) || is_rehearsal(trial) {
            return Vec::new();
        }
        let lost = trial
            .job
            .as_ref()
            .and_then(|job| job.polls.iter().find(|poll| poll.refused()));
        let (title, seen) = match (id(trial), lost) {
            (Some(_), None) => return Vec::new(),
            (Some(_), Some(poll)) => ("the job it named is refused", poll.seen()),
            (None, _) => ("named no job", "no id".to_owned()),
        };
        vec![Finding {
            title: title.to_owned(),
            sources: vec![protocol.at.clone()],
            expected: format!("`{}` of a job that can be shown", protocol.id),
            seen,
            ..trial.finding(self, lost.unwrap_or(&trial.main))
        }]
    }
}

/// Whether the request asks for a dry run, which starts nothing.
fn is_rehearsal(trial: &Trial<'_>) -> bool {
    let sent = serde_json::from_slice::<Value>(&trial.main.exchange.request.body);
    let members = sent.ok().and_then(|sent| sent.as_object().cloned());
    members.into_iter().flatten().any(|(name, value)| {
        let word: String = name.chars().filter(char::is_ascii_alphanumeric).collect();
        word.eq_ignore_ascii_case("dryrun") && value == Value::Bool(true)
    })
}

/// The id of the job that an accepted asynchronous operation named.
fn id<'v>(trial: &'v Trial<'_>) -> Option<&'v str> {
    find_id(
        trial.operation,
        &trial.contract.jobs.as_ref()?.id,
        trial.main.json()?,
    )
}

/// The id of a job in the body of an answer: where it is documented, or in the body's root.
pub(crate) fn find_id<'v>(
    operation: &crate::contract::Operation,
    name: &str,
    body: &'v serde_json::Value,
) -> Option<&'v str> {
    let documented = operation
        .response_fields()
        .into_iter()
        .map(|(path, _)| path);
    let documented = documented.filter(|path| path.leaf() == name);
    let root = crate::contract::FieldPath::root(name);
    let mut places = documented.chain(std::iter::once(root));
    places.find_map(|path| {
        path.values_in(body)
            .first()?
            .as_str()
            .filter(|id| !id.is_empty())
    })
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn a_job_is_named_and_found() {
        check(
            "job_id",
            Scene::fit().answers(202, r#"{"job_id":"j1"}"#),
            "",
        );
        check(
            "job_id",
            Scene::fit().answers(202, r#"{"job_id":null}"#),
            "violation: named no job; expected `job_id` of a job that can be shown, seen no id",
        );
        check("job_id", Scene::update().answers(200, "{}"), "");
    }
}
