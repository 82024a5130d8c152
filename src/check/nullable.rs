//! Null stands only where the document shows it.

use super::schema_rule::{self, Told};
use super::{Check, Trial, unset};
use crate::finding::{Finding, Severity};

pub(super) struct NullableCheck;

impl Check for NullableCheck {
    fn code(&self) -> &'static str {
        "nullable"
    }

    fn title(&self) -> &'static str {
        "null stands only where the document shows it"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: a field has its kind, and null is not of any kind but where an example shows it or \
         the text says so.\n\
         Broken: a successful answer has null elsewhere.\n\
         Example: `\"name\": null` where every example shows a text.\n\
         Less than sure: what a request may leave out, and has no default, may be shown so where nobody gave it; \
         that is told as a note."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let mut findings = schema_rule::judge(
            self,
            trial,
            |broken| broken.rule == "nullable",
            |_| Told {
                title: "gave null".to_owned(),
                severity: Severity::Violation,
            },
        );
        if !trial.strict {
            unset::soften(&mut findings, trial.contract);
        }
        findings
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, codes, light};

    #[test]
    fn null_is_a_violation_unless_shown() {
        assert_eq!(
            codes(&Scene::show().answers(200, &light("\"height\":null"))),
            "violation nullable light.height"
        );
        assert_eq!(
            codes(&Scene::show().answers(200, &light("\"keeper\":null"))),
            ""
        );
    }
}
