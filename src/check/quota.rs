//! As many as promised, and not one more.

use super::{Check, Trial, statement_sources};
use crate::case::Expect;
use crate::contract::{Constraint, Operation};
use crate::finding::{Finding, Severity};

pub(super) struct QuotaCheck;

impl Check for QuotaCheck {
    fn code(&self) -> &'static str {
        "quota"
    }

    fn title(&self) -> &'static str {
        "as many as the quota says are accepted, one more is refused"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: at most so many of something per something else.\n\
         Broken: one within the quota is refused, or one beyond it is accepted.\n\
         Example: six lamps per light are documented, and the seventh is fitted.\n\
         It takes a scenario that fills the quota; the target must lend enough."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let Some(statement) = trial
            .case
            .tests
            .as_ref()
            .filter(|tests| tests.rule == "quota")
        else {
            return Vec::new();
        };
        let limit = limit(trial.operation);
        let (title, expected) = match trial.case.expect {
            Expect::Refused if trial.main.accepted() => (
                format!("accepted one more than {limit}"),
                "a documented 4xx".to_owned(),
            ),
            Expect::Accepted if trial.main.refused() => (
                format!("refused one of {limit}"),
                trial.main.documented_success(),
            ),
            Expect::Accepted | Expect::Refused | Expect::Either => return Vec::new(),
        };
        vec![Finding {
            field: statement.field.clone(),
            title,
            promise: format!("at most {limit}"),
            sources: statement_sources(trial.operation, statement),
            expected,
            ..trial.finding(self, &trial.main)
        }]
    }
}

/// The documented quota in words: `6 lamps per light`.
fn limit(operation: &Operation) -> String {
    let fields = operation.request_fields();
    let said = operation.statements.iter();
    let said = said.chain(fields.iter().flat_map(|(_, field)| &field.statements));
    let mut quotas = said.filter_map(|statement| {
        if let Constraint::Quota { of, max: Some(max) } = &statement.constraint {
            Some(format!("{max} {of}"))
        } else {
            None
        }
    });
    quotas.next().unwrap_or_else(|| "the quota".to_owned())
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn the_limit_is_neither_less_nor_more() {
        let scene = || Scene::fit().tests("", "quota");
        check("quota", scene().answers(202, "{}"), "");
        check("quota", scene().refused().answers(400, "{}"), "");
        check(
            "quota",
            scene().answers(400, "{}"),
            "violation: refused one of 6 lamps per light; expected 202, seen 400",
        );
        check(
            "quota",
            scene().refused().answers(202, "{}"),
            "violation: accepted one more than 6 lamps per light; expected a documented 4xx, seen 202",
        );
    }
}
