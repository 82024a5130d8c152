//! A documented body is there, whole, and JSON.

use super::{Answer, AnswerBody, Check, Trial};
use crate::finding::{Finding, Severity};

pub(super) struct BodyJson;

impl Check for BodyJson {
    fn code(&self) -> &'static str {
        "body_json"
    }

    fn title(&self) -> &'static str {
        "a successful answer has the documented JSON body"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the operation documents a body of its success.\n\
         Broken: the body is empty, is a page of HTML, ends too early, is not JSON, or has two members of one \
         name in an object.\n\
         Example: `{\"light\": {\"name\": \"No` and nothing more.\n\
         Not judged: errors (see `error_envelope`) and operations that document no body."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let broken = trial.answers().filter_map(|answer| {
            let documented = answer
                .operation
                .response
                .as_ref()
                .filter(|_| answer.accepted())?;
            let (title, seen) = problem(answer)?;
            Some(Finding {
                title: title.to_owned(),
                sources: vec![documented.at.clone()],
                expected: "a JSON object".to_owned(),
                seen,
                ..trial.finding(self, answer)
            })
        });
        broken.collect()
    }
}

fn problem(answer: &Answer<'_>) -> Option<(&'static str, String)> {
    let said = match &answer.body {
        AnswerBody::Json(_) | AnswerBody::Missing => return None,
        // HTTP allows none there.
        AnswerBody::Empty if answer.status() == Some(204) => return None,
        AnswerBody::Empty => return Some(("sent no body", "an empty body".to_owned())),
        AnswerBody::NotJson(said) => said,
    };
    let bytes = answer
        .exchange
        .response()
        .map(|response| response.body.as_ref())
        .unwrap_or(&[]);
    let title = if bytes.trim_ascii_start().first() == Some(&b'<') {
        "sent a page instead of JSON"
    } else if said.starts_with("EOF") {
        "sent JSON that ends too early"
    } else {
        "sent something that is not JSON"
    };
    Some((title, format!("{} bytes: {said}", bytes.len())))
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn tells_apart_how_a_body_is_wrong() {
        check("body_json", Scene::show().answers(200, "{}"), "");
        check("body_json", Scene::show().answers(404, "<html>"), "");
        check(
            "body_json",
            Scene::show().answers(200, ""),
            "violation: sent no body; expected a JSON object, seen an empty body",
        );
        check(
            "body_json",
            Scene::show().answers(200, " <html>"),
            "violation: sent a page instead of JSON; expected a JSON object, seen 7 bytes: expected value at line 1 column 2",
        );
        check(
            "body_json",
            Scene::show().answers(200, "{\"light\": {"),
            "violation: sent JSON that ends too early; expected a JSON object, seen 11 bytes: EOF while parsing an object at line 1 column 11",
        );
        check(
            "body_json",
            Scene::show().answers(200, "light"),
            "violation: sent something that is not JSON; expected a JSON object, seen 5 bytes: expected value at line 1 column 1",
        );
    }
}
