//! Every value keeps what is said of it: length, charset, enum, range, items.

use super::schema_rule::{self, Told};
use super::{Check, Trial, version_window};
use crate::finding::{Finding, Severity};

pub(super) struct ValueCheck;

/// The rules that Checks of their own judge.
const OTHERS: [&str; 4] = ["kind", "nullable", "presence", "format"];

impl Check for ValueCheck {
    fn code(&self) -> &'static str {
        "value"
    }

    fn title(&self) -> &'static str {
        "every value keeps its documented limits"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: the table or the text limits the value: its length in characters or bytes, its \
         characters, a list of values, one constant, a range, a number of items, a pattern.\n\
         Broken: a successful answer has a value outside.\n\
         Example: `\"lamp\": \"dim\"` where the values are `on` and `off`.\n\
         Less than sure: a list that was introduced with \"for example\" is open. Another value is a \
         note; `--strict` makes it a violation."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        schema_rule::judge(
            self,
            trial,
            |broken| {
                !OTHERS.contains(&broken.rule) && !version_window::RULES.contains(&broken.rule)
            },
            |broken| Told {
                title: format!("gave {}", broken.seen),
                severity: if broken.open {
                    Severity::Note
                } else {
                    Severity::Violation
                },
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, codes, light};

    #[test]
    fn a_value_outside_its_list_is_a_violation() {
        assert_eq!(
            codes(&Scene::show().answers(200, &light("\"lamp\":\"dim\""))),
            "violation value light.lamp"
        );
    }

    #[test]
    fn a_value_beside_mere_examples_is_a_note() {
        assert_eq!(
            codes(&Scene::show().answers(200, &light("\"colour\":\"green\""))),
            "note value light.colour"
        );
    }
}
