//! An error's code is in the table of codes, at that status.

use serde_json::Value;

use super::error_envelope::read;
use super::{Check, Trial};
use crate::contract::ErrorCode;
use crate::finding::{Finding, Severity};

pub(super) struct ErrorCodeDocumented;

impl Check for ErrorCodeDocumented {
    fn code(&self) -> &'static str {
        "error_code_documented"
    }

    fn title(&self) -> &'static str {
        "an error's code is in the table of codes, at the listed status"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: a table lists the error codes, and often the status that each one comes with.\n\
         Broken: an error has a code that no table lists, or a listed one at another status.\n\
         Example: `LH.9999`, or `LH.0002` at 400 where the table says 404.\n\
         Not judged: statuses for which no table lists a code, such as those that a gateway in front \
         of the service answers with, and codes that repeat the status as a number."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let (envelopes, listed) = (&trial.contract.envelopes, &trial.contract.error_codes);
        let mut findings = Vec::new();
        for answer in trial
            .answers()
            .filter(|answer| answer.refused() && !listed.is_empty())
        {
            let status = answer.status().unwrap_or_default();
            let Some(code) = read(envelopes, answer) else {
                continue;
            };
            let Some((title, expected, known)) = broken(listed, code, status) else {
                continue;
            };
            findings.push(Finding {
                title,
                expected,
                sources: known.iter().map(|known| known.at.clone()).collect(),
                seen: format!("{status} with code {code}"),
                ..trial.finding(self, answer)
            });
        }
        findings
    }
}

/// What is wrong about a code: what the server did, what was expected, and who says so.
fn broken<'c>(
    listed: &'c [ErrorCode],
    code: &Value,
    status: u16,
) -> Option<(String, String, Vec<&'c ErrorCode>)> {
    let text = match code {
        Value::String(text) => text.clone(),
        other if other.as_u64() == Some(u64::from(status)) => return None,
        other => other.to_string(),
    };
    let known: Vec<&ErrorCode> = listed.iter().filter(|known| known.code == text).collect();
    // A code that is listed without a status may come with any.
    let covered = listed
        .iter()
        .any(|known| known.status.is_none_or(|listed| listed == status));
    if known.is_empty() && !covered {
        return None;
    }
    if known.is_empty() {
        let title = "sent an error code that no table lists".to_owned();
        let expected = format!("one of {} documented codes", listed.len());
        return Some((title, expected, listed.iter().take(1).collect()));
    }
    let fits = known
        .iter()
        .any(|known| known.status.is_none_or(|listed| listed == status));
    let statuses: Vec<String> = known
        .iter()
        .filter_map(|known| known.status)
        .map(|status| status.to_string())
        .collect();
    let expected = format!("`{text}` with status {}", statuses.join(" or "));
    (!fits).then(|| {
        (
            format!("sent `{text}` with another status"),
            expected,
            known,
        )
    })
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    fn error(status: u16, code: &str) -> Scene {
        let body = format!(r#"{{"error":{{"code":{code},"message":"no"}}}}"#);
        Scene::update().refused().answers(status, &body)
    }

    #[test]
    fn a_status_without_listed_codes_is_not_judged() {
        let mut listed = crate::check::sample::coast().error_codes;
        listed.retain(|known| known.status.is_some());
        let gate = serde_json::Value::from("GATE.1");
        assert_eq!(super::broken(&listed, &gate, 401), None);
        assert!(super::broken(&listed, &gate, 404).is_some());
    }

    #[test]
    fn codes_come_from_the_table_at_their_status() {
        check("error_code_documented", error(400, "\"LH.0001\""), "");
        check("error_code_documented", error(400, "400"), "");
        check(
            "error_code_documented",
            error(400, "\"LH.9\""),
            "violation: sent an error code that no table lists; expected one of 2 documented codes, seen 400 with code \"LH.9\"",
        );
        check(
            "error_code_documented",
            error(400, "\"LH.0002\""),
            "violation: sent `LH.0002` with another status; expected `LH.0002` with status 404, seen 400 with code \"LH.0002\"",
        );
    }
}
