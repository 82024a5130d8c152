//! Every field has the kind its table states.

use super::schema_rule::{self, Told};
use super::{Check, Trial};
use crate::finding::{Finding, Severity};

pub(super) struct KindCheck;

impl Check for KindCheck {
    fn code(&self) -> &'static str {
        "kind"
    }

    fn title(&self) -> &'static str {
        "every field has its documented kind"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the table states a kind: String, Integer, an array of objects.\n\
         Broken: a successful answer has another one.\n\
         Example: `\"height\": \"21\"` where the table says Integer.\n\
         Disputed: where table and example, or two editions, name different kinds, any of them is \
         accepted, and `disputed` tells which one the server has. `--strict` holds the server to the \
         table alone."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        schema_rule::judge(
            self,
            trial,
            |broken| broken.rule == "kind",
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
    fn another_kind_is_a_violation() {
        assert_eq!(
            codes(&Scene::show().answers(200, &light("\"height\":21"))),
            ""
        );
        assert_eq!(
            codes(&Scene::show().answers(200, &light("\"height\":\"21\""))),
            "violation kind light.height"
        );
    }

    #[test]
    fn a_disputed_kind_is_a_note() {
        assert_eq!(
            codes(
                &Scene::show()
                    .disputed("light.height", "String")
                    .answers(200, &light("\"height\":\"21\""))
            ),
            "note disputed light.height"
        );
    }
}
