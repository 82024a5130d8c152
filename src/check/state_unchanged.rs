//! A job that did its work changed something.

use super::{Check, Trial};
use crate::case::Expect;
use crate::contract::{PathTemplate, Segment};
use crate::finding::{Finding, Severity};

pub(super) struct StateUnchanged;

impl Check for StateUnchanged {
    fn code(&self) -> &'static str {
        "state_unchanged"
    }

    fn title(&self) -> &'static str {
        "a job that says it did its work changed something"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: an asynchronous operation does in a job what it was asked to do.\n\
         Broken: the job says that it succeeded, and whatever can be observed of the thing the \
         operation works on is the same as before.\n\
         Example: a lamp is fitted, its job ends in SUCCESS, and the light shows no lamp.\n\
         Less than sure: where only other things can be observed, it is not judged."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let claimed = trial.case.expect == Expect::Accepted
            && !trial.operation.method.is_safe()
            && trial.main.accepted()
            && trial.job.as_ref().is_some_and(|job| job.succeeded());
        let mut observed = trial.before.iter().zip(&trial.after);
        let shows = observed.clone().any(|(before, after)| {
            before.accepted()
                && after.accepted()
                && holds(&after.operation.path, &trial.operation.path)
        });
        if !(claimed && shows && observed.all(|(before, after)| before.body == after.body)) {
            return Vec::new();
        }
        let what: Vec<&str> = trial
            .after
            .iter()
            .map(|after| after.operation.id.as_str())
            .collect();
        vec![Finding {
            title: "said it was done, and changed nothing".to_owned(),
            sources: vec![trial.operation.at.clone()],
            expected: format!("a change that {} shows", what.join(" or ")),
            seen: "the same as before".to_owned(),
            ..trial.finding(self, &trial.main)
        }]
    }
}

/// Whether an operation on `inner` works on the thing that `outer` shows.
fn holds(outer: &PathTemplate, inner: &PathTemplate) -> bool {
    let names_something = outer
        .0
        .iter()
        .any(|segment| matches!(segment, Segment::Literal(_)));
    names_something && inner.0.len() >= outer.0.len() && inner.0.starts_with(&outer.0)
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check, light};

    #[test]
    fn success_is_visible() {
        let (old, new) = (light(""), light("\"height\":22"));
        let done = || {
            Scene::fit()
                .answers(202, "{\"job_id\":\"j\"}")
                .job(&["INIT", "SUCCESS"])
        };
        check("state_unchanged", done().observed(&old, &new), "");
        check(
            "state_unchanged",
            done().observed(&old, &old),
            "violation: said it was done, and changed nothing; expected a change that lighthouses.show shows, seen the same as before",
        );
    }
}
