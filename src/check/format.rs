//! Every text has the format its document names.

use super::schema_rule::{self, Told};
use super::{Check, Trial};
use crate::finding::{Finding, Severity};

pub(super) struct FormatCheck;

impl Check for FormatCheck {
    fn code(&self) -> &'static str {
        "format"
    }

    fn title(&self) -> &'static str {
        "every text has its documented format"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the text names a format: UUID, IP address, CIDR, MAC, Base64, a template of time.\n\
         Broken: a successful answer has a text of another form.\n\
         Example: `2001-02-03 04:05:06` where the template is YYYY-MM-DDTHH:MM:SSZ."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        schema_rule::judge(
            self,
            trial,
            |broken| broken.rule == "format",
            |broken| Told {
                title: format!("gave {}", broken.seen),
                severity: Severity::Violation,
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, codes, light};

    #[test]
    fn another_template_of_time_is_a_violation() {
        assert_eq!(
            codes(&Scene::show().answers(200, &light("\"built\":\"2001-02-03 04:05:06\""))),
            "violation format light.built"
        );
    }
}
