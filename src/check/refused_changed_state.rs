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

    #[test]
    fn what_was_on_its_way_may_have_arrived_by_itself() {
        let lights =
            |lights: serde_json::Value| serde_json::json!({ "lights": lights }).to_string();
        let light = |state: &str| serde_json::json!({"name": "Hook", "status": state});
        let is_told = |before: String, after: String| {
            let scene = Scene::update().refused().answers(400, "{}");
            let check = crate::check::find("refused_changed_state").expect("it is registered");
            let scene = scene.observed(&before, &after);
            !scene.trial(|trial| check.judge(trial)).is_empty()
        };
        let one = |state: &str| lights(serde_json::json!([light(state)]));
        let none = || lights(serde_json::json!([]));
        assert!(is_told(one("LIT"), one("DARK")) && is_told(one("LIT"), none()));
        assert!(!is_told(one("BUILDING"), one("LIT")));
        assert!(!is_told(one("DELETING"), none()));
        assert!(!is_told(
            light("BUILDING").to_string(),
            light("LIT").to_string()
        ));
    }
}
