//! What the five Checks of response bodies share: one Finding per broken rule of the Schema.

use super::{Answer, Check, Trial};
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
            .filter(|violation| concerns(violation));
        findings.extend(broken.map(|violation| tell(check, trial, answer, violation, told)));
    }
    findings
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
