//! What is documented as JSON is labelled as JSON.

use super::{Answer, AnswerBody, Check, Trial};
use crate::finding::{Finding, Severity};

pub(super) struct ContentType;

impl Check for ContentType {
    fn code(&self) -> &'static str {
        "content_type"
    }

    fn title(&self) -> &'static str {
        "a documented JSON body is labelled as JSON"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the document shows a JSON body; HTTP says that Content-Type names what a body is.\n\
         Broken: the header names something else.\n\
         Example: `Content-Type: text/html` where a JSON object is documented.\n\
         Less than sure: no such header at all is a warning."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let wrong = trial
            .answers()
            .filter(|answer| documents_json(trial, answer))
            .filter_map(|answer| {
                let label = answer.exchange.response()?.headers.get("content-type");
                let (severity, title) = match label {
                    Some(label) if is_json(label) => return None,
                    Some(_) => (self.severity(), "labelled its answer as something else"),
                    None => (Severity::Warning, "did not label its answer"),
                };
                Some(Finding {
                    severity,
                    title: title.to_owned(),
                    sources: answer
                        .operation
                        .response
                        .iter()
                        .map(|body| body.at.clone())
                        .collect(),
                    expected: "Content-Type: application/json".to_owned(),
                    seen: label.map_or("no Content-Type".to_owned(), |l| {
                        format!("Content-Type: {l}")
                    }),
                    ..trial.finding(self, answer)
                })
            });
        wrong.collect()
    }
}

/// Whether the answer has a body, and the document says that it is JSON.
fn documents_json(trial: &Trial<'_>, answer: &Answer<'_>) -> bool {
    let has_body = matches!(answer.body, AnswerBody::Json(_) | AnswerBody::NotJson(_));
    let documented = match answer.status() {
        Some(200..=299) => answer.operation.response.is_some(),
        Some(400..=499) => !trial.contract.envelopes.is_empty(),
        _ => false,
    };
    has_body && documented && answer.outage().is_none()
}

fn is_json(label: &str) -> bool {
    let kind = label
        .split(';')
        .next()
        .unwrap_or("")
        .trim()
        .to_ascii_lowercase();
    kind == "application/json" || (kind.starts_with("application/") && kind.ends_with("+json"))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn the_label_is_json() {
        check("content_type", Scene::show().answers(200, "{}"), "");
        check(
            "content_type",
            Scene::show()
                .answers(200, "{}")
                .labelled("application/hal+json; a=b"),
            "",
        );
        check(
            "content_type",
            Scene::show().answers(204, "").labelled("text/plain"),
            "",
        );
        check(
            "content_type",
            Scene::show().answers(200, "{}").labelled("text/html"),
            "violation: labelled its answer as something else; expected Content-Type: application/json, seen Content-Type: text/html",
        );
    }
}
