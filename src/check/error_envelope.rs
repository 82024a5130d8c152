//! An error has the documented form.

use serde_json::Value;

use super::answer::shortened;
use super::{Answer, AnswerBody, Check, Trial};
use crate::contract::Envelope;
use crate::finding::{Finding, Severity};

pub(super) struct ErrorEnvelope;

impl Check for ErrorEnvelope {
    fn code(&self) -> &'static str {
        "error_envelope"
    }

    fn title(&self) -> &'static str {
        "an error answer has the documented envelope"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the document shows the form of an error: where its code stands and where its \
         message.\n\
         Broken: a 4xx answer has neither of the documented forms, or code or message are empty.\n\
         Example: `{\"fault\": \"no\"}` where `{\"error\": {\"code\", \"message\"}}` is documented.\n\
         Not judged: documents that show no such form, and statuses from 500 (see `server_error`)."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let envelopes = &trial.contract.envelopes;
        let judged = trial
            .answers()
            .filter(|answer| answer.refused() && !envelopes.is_empty());
        let broken =
            judged.filter(|answer| read(envelopes, answer).is_none() && !has_own_form(answer));
        let told = broken.map(|answer| Finding {
            title: "sent an error of another form".to_owned(),
            sources: envelopes
                .iter()
                .map(|envelope| envelope.at.clone())
                .collect(),
            expected: forms(envelopes),
            seen: match &answer.body {
                AnswerBody::Json(value) => shortened(&value.to_string(), 120),
                AnswerBody::Empty | AnswerBody::Missing => "an empty body".to_owned(),
                AnswerBody::NotJson(said) => format!("not JSON: {said}"),
            },
            ..trial.finding(self, answer)
        });
        told.collect()
    }
}

/// The error's code, where the answer has one of the documented forms.
pub(super) fn read<'v>(envelopes: &[Envelope], answer: &'v Answer<'_>) -> Option<&'v Value> {
    let body = answer.json()?;
    envelopes.iter().find_map(|envelope| {
        let code = envelope
            .code
            .values_in(body)
            .into_iter()
            .find(|value| is_said(value))?;
        let message = envelope.message.values_in(body);
        message
            .into_iter()
            .any(|value| value.as_str().is_some_and(|text| !text.is_empty()))
            .then_some(code)
    })
}

/// Whether an error has its code and its message where the operation's own answer is documented to have them: a table
/// may describe both answers as one.
fn has_own_form(answer: &Answer<'_>) -> bool {
    let members = answer.json().and_then(Value::as_object);
    let documented = answer.operation.response.iter();
    let mut fields = documented.flat_map(|body| &body.fields);
    let has = |name: &str| {
        members
            .and_then(|members| members.get(name))
            .is_some_and(is_said)
    };
    let is_code = |name: &str| matches!(name, "code" | "error_code");
    let is_message = |name: &str| matches!(name, "message" | "error_msg");
    let mut code = fields.clone().filter(|field| is_code(&field.name));
    code.any(|field| has(&field.name))
        && fields.any(|field| is_message(&field.name) && has(&field.name))
}

fn is_said(value: &Value) -> bool {
    value.is_number() || value.as_str().is_some_and(|text| !text.is_empty())
}

fn forms(envelopes: &[Envelope]) -> String {
    let forms: Vec<String> = envelopes
        .iter()
        .map(|envelope| format!("`{}` and `{}`", envelope.code, envelope.message))
        .collect();
    forms.join(", or ")
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn an_error_has_code_and_message_where_documented() {
        let good = r#"{"error":{"code":"LH.0001","message":"no"}}"#;
        check(
            "error_envelope",
            Scene::update().refused().answers(400, good),
            "",
        );
        check(
            "error_envelope",
            Scene::update()
                .refused()
                .answers(400, r#"{"error":{"code":"LH.0001","message":""}}"#),
            "violation: sent an error of another form; expected `error.code` and `error.message`, seen {\"error\":{\"code\":\"LH.0001\",\"message\":\"\"}}",
        );
        check(
            "error_envelope",
            Scene::update().refused().answers(404, ""),
            "violation: sent an error of another form; expected `error.code` and `error.message`, seen an empty body",
        );
    }
}
