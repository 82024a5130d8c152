//! What the five Checks of response bodies share: one Finding per broken rule of the Schema.

use serde_json::Value;

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
    let severity = if trial.strict {
        Severity::Violation
    } else {
        severity
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
