//! What the five Checks of response bodies share: one Finding per broken rule of the Schema.

use serde_json::Value;

use super::trial::has;
use super::{Answer, Check, Trial};
use crate::case::Expect;
use crate::finding::{Finding, Severity};
use crate::schema::Violation;

/// One Finding for each violation that `concerns` the check.
pub(super) fn judge(
    check: &dyn Check,
    trial: &Trial<'_>,
    concerns: fn(&Violation) -> bool,
    told: fn(&Violation) -> Told,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    for answer in trial.answers() {
        let broken = answer
            .violations
            .iter()
            .filter(|violation| concerns(violation) && !is_echo(trial, answer, violation));
        findings.extend(broken.map(|violation| tell(check, trial, answer, violation, told)));
    }
    findings
}

/// Whether the value is the one that the request put there, and was allowed to.
fn is_echo(trial: &Trial<'_>, answer: &Answer<'_>, violation: &Violation) -> bool {
    let sent = serde_json::from_slice::<Value>(&trial.main.exchange.request.body);
    let sent = sent.ok().filter(|_| trial.case.expect != Expect::Refused);
    let written = sent
        .as_ref()
        .and_then(|sent| sent.pointer(&violation.pointer));
    let told = answer
        .json()
        .and_then(|body| body.pointer(&violation.pointer));
    written.is_some() && written == told
}

/// Whether a job that goes on shows nothing at a place yet: when it ended, and what it came to, nobody
/// knows before it ends.
fn is_to_come(trial: &Trial<'_>, answer: &Answer<'_>, violation: &Violation) -> bool {
    let jobs = trial.contract.jobs.as_ref();
    let Some((jobs, body)) = jobs.zip(answer.json()) else {
        return false;
    };
    let states = jobs.state.values_in(body);
    let state = states.first().and_then(|state| state.as_str());
    let goes_on = answer.operation.id == jobs.operation
        && state.is_some_and(|state| has(&jobs.running, state));
    let shown = body.pointer(&violation.pointer);
    goes_on && shown.is_none_or(|value| value.is_null() || *value == "")
}

/// What a check says of a violation: what the API did, and how bad that is.
pub(super) struct Told {
    pub(super) title: String,
    pub(super) severity: Severity,
}

fn tell(
    check: &dyn Check,
    trial: &Trial<'_>,
    answer: &Answer<'_>,
    violation: &Violation,
    told: fn(&Violation) -> Told,
) -> Finding {
    let Told { title, severity } = told(violation);
    let severity = match trial.strict {
        true => Severity::Violation,
        false if is_to_come(trial, answer, violation) => Severity::Note,
        false => severity,
    };
    Finding {
        severity,
        field: Some(violation.field.clone()).filter(|path| !path.0.is_empty()),
        title,
        promise: format!("`{}`: {}", violation.field, violation.expected),
        sources: violation.sources.clone(),
        expected: violation.expected.clone(),
        seen: format!("{} at {}", violation.seen, violation.pointer),
        ..trial.finding(check, answer)
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, codes};

    #[test]
    fn what_a_job_has_not_come_to_yet_it_need_not_show() {
        let shown = |state: &str, reason: &str| {
            let body = format!(r#"{{"job_id":"j1","status":"{state}"{reason}}}"#);
            codes(&Scene::job_shown().answers(200, &body))
        };
        assert_eq!(
            shown("RUNNING", r#","fail_reason":null"#),
            "note nullable fail_reason"
        );
        assert_eq!(
            shown("SUCCESS", r#","fail_reason":null"#),
            "violation nullable fail_reason"
        );
        assert_eq!(shown("INIT", ""), "note missing_field fail_reason");
        assert_eq!(shown("SUCCESS", ""), "violation missing_field fail_reason");
        assert_eq!(
            shown("RUNNING", r#","fail_reason":7"#),
            "violation kind fail_reason"
        );
    }
}
