//! What is refused changes nothing.

use super::{Check, Trial};
use crate::finding::{Finding, Severity};

pub(super) struct RefusedChangedState;

impl Check for RefusedChangedState {
    fn code(&self) -> &'static str {
        "refused_changed_state"
    }

    fn title(&self) -> &'static str {
        "a refused request changes nothing"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: a refusal means that nothing was done.\n\
         Broken: a request is refused, and what can be observed is another than before. Observed is \
         whatever a safe operation of the same contract shows of the things the request names.\n\
         Example: a name is refused with 400, and the light has it."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        if !trial.main.refused() {
            return Vec::new();
        }
        let told = trial.changes().map(|(before, after)| {
            let (old, new) = super::difference::describe(before, after);
            Finding {
                title: "refused the request, and changed something".to_owned(),
                sources: vec![trial.operation.at.clone()],
                expected: format!("`{}` shows the same as before", after.operation.id),
                seen: format!("{} and a change", trial.main.seen()),
                change: Some((old, new)),
                ..trial.finding(self, &trial.main)
            }
        });
        told.collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check, light};

    #[test]
    fn a_refusal_leaves_everything_as_it_was() {
        let old = light("\"height\":21");
        let new = light("\"height\":22");
        let refused = || Scene::update().refused().answers(400, "{}");
        check("refused_changed_state", refused().observed(&old, &old), "");
        check(
            "refused_changed_state",
            refused().observed(&old, &new),
            "violation: refused the request, and changed something; expected `lighthouses.show` shows the same as before, seen 400 and a change; /light/height: 21 became 22",
        );
        check(
            "refused_changed_state",
            Scene::update().answers(200, "{}").observed(&old, &new),
            "",
        );
    }
}
