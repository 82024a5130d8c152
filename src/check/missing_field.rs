//! A field that is always shown is always there.

use super::schema_rule::{self, Told};
use super::{Check, Trial};
use crate::contract::Expectation;
use crate::finding::{Finding, Severity};

pub(super) struct MissingField;

impl Check for MissingField {
    fn code(&self) -> &'static str {
        "missing_field"
    }

    fn title(&self) -> &'static str {
        "a field that is always documented is always there"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the table calls the field mandatory, or every example shows it.\n\
         Broken: a successful answer lacks it.\n\
         Example: an answer without `name`, which every example has.\n\
         Less than sure: without an example it is a warning. Where an example lacks the field too, or \
         its text is conditional (if, when, a version, a state), it is a note. `--strict` makes \
         violations of both."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        schema_rule::judge(
            self,
            trial,
            |broken| broken.rule == "presence",
            |broken| Told {
                title: "left the field out".to_owned(),
                severity: match broken.expectation {
                    Some(Expectation::Expected) | None => Severity::Violation,
                    Some(Expectation::Likely) => Severity::Warning,
                    Some(Expectation::Optional) => Severity::Note,
                },
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, codes};

    #[test]
    fn evidence_decides_how_bad_it_is() {
        assert_eq!(
            codes(&Scene::show().answers(200, r#"{"light":{"height":21,"lamp":"on","built":"2001-02-03T04:05:06Z","keeper":null,"colour":"red"}}"#)),
            "violation missing_field light.name"
        );
        assert_eq!(
            codes(&Scene::show().answers(200, r#"{"light":{"name":"Nore","lamp":"on","built":"2001-02-03T04:05:06Z","keeper":null,"colour":"red"}}"#)),
            "warning missing_field light.height"
        );
    }
}
