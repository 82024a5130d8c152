//! What a story says holds, holds.

use super::statement::promised;
use super::{Check, Trial, statement_sources};
use crate::finding::{Finding, Severity};

pub(super) struct ScenarioCheck;

impl Check for ScenarioCheck {
    fn code(&self) -> &'static str {
        "scenario"
    }

    fn title(&self) -> &'static str {
        "after each step of a story, what it says holds"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: operations have the effect that the document describes, also one after the other.\n\
         Broken: after a step of a scenario, a value is not what the scenario says, a job ends in \
         another way, something changed that should not, or a call has another status.\n\
         Example: a lamp is taken out, its job succeeds, and the light still lists it."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let told = trial.unmet.iter().map(|unmet| Finding {
            title: format!("in the step `{}`, {}", trial.case.title, unmet.what),
            promise: match &trial.case.tests {
                Some(statement) => promised(trial.operation, statement),
                None => unmet.promise.clone(),
            },
            sources: match &trial.case.tests {
                Some(statement) => statement_sources(trial.operation, statement),
                None => vec![trial.operation.at.clone()],
            },
            expected: unmet.expected.clone(),
            seen: unmet.seen.clone(),
            ..trial.finding(self, &trial.main)
        });
        told.collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn tells_what_did_not_hold() {
        check("scenario", Scene::update().answers(200, "{}"), "");
        check(
            "scenario",
            Scene::update()
                .answers(200, "{}")
                .unmet("\"Nore\"", "\"Hook\""),
            "violation: in the step `a made-up case`, a value is another; expected \"Nore\", seen \"Hook\"",
        );
    }
}
