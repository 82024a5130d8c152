//! What the server sends is documented.

use std::collections::BTreeSet;

use super::{Check, Trial};
use crate::finding::{Finding, Severity};

pub(super) struct UndocumentedField;

impl Check for UndocumentedField {
    fn code(&self) -> &'static str {
        "undocumented_field"
    }

    fn title(&self) -> &'static str {
        "every field of an answer is documented"
    }

    fn severity(&self) -> Severity {
        Severity::Note
    }

    fn explanation(&self) -> &'static str {
        "Promised: nothing; but a client that relies on a field without documentation stands on sand, \
         and the document is incomplete.\n\
         Broken: a successful answer has a field that no table mentions. It is told once for each \
         field of an operation, as a note; `--strict` makes it a violation.\n\
         Example: `\"paint\": \"white\"` where no table knows `paint`."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let mut told = BTreeSet::new();
        let mut findings = Vec::new();
        for answer in trial.answers() {
            for (field, pointer) in &answer.undocumented {
                if !told.insert((&answer.operation.id, field)) {
                    continue;
                }
                let severity = if trial.strict {
                    Severity::Violation
                } else {
                    self.severity()
                };
                findings.push(Finding {
                    severity,
                    field: Some(field.clone()),
                    title: "sent a field that no table mentions".to_owned(),
                    sources: answer
                        .operation
                        .response
                        .iter()
                        .map(|b| b.at.clone())
                        .collect(),
                    expected: "documented fields only".to_owned(),
                    seen: format!("a value at {pointer}"),
                    ..trial.finding(self, answer)
                });
            }
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, codes, light};

    #[test]
    fn an_unknown_field_is_a_note_and_strictly_a_violation() {
        let scene = Scene::show().answers(200, &light("\"paint\":\"white\""));
        assert_eq!(codes(&scene), "note undocumented_field light.paint");
        assert_eq!(
            codes(&scene.strict()),
            "violation undocumented_field light.paint"
        );
    }
}
