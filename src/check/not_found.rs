//! What does not exist is not found.

use super::{Check, Trial};
use crate::case::Expect;
use crate::finding::{Finding, Severity};

pub(super) struct NotFound;

impl Check for NotFound {
    fn code(&self) -> &'static str {
        "not_found"
    }

    fn title(&self) -> &'static str {
        "a request for something that does not exist is refused"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: what does not exist cannot be shown or changed; the list of statuses has one for \
         it.\n\
         Broken: a request whose path names a thing that cannot exist is served.\n\
         Example: 200 to a light called `00000000-0000-0000-0000-000000000000`."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let refused = trial.case.expect == Expect::Refused;
        if !(refused && trial.unknown_resource() && trial.main.accepted()) {
            return Vec::new();
        }
        let listed = trial
            .contract
            .statuses
            .iter()
            .find(|known| known.code == 404);
        vec![Finding {
            title: "served a request for something that does not exist".to_owned(),
            sources: vec![
                listed
                    .map_or(&trial.operation.at, |known| &known.at)
                    .clone(),
            ],
            expected: listed.map_or("a documented 4xx", |_| "404").to_owned(),
            ..trial.finding(self, &trial.main)
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};

    #[test]
    fn nothing_is_served_that_does_not_exist() {
        let nowhere = || Scene::show().refused().of_something_unknown();
        check("not_found", nowhere().answers(404, "{}"), "");
        check(
            "not_found",
            nowhere().answers(200, "{}"),
            "violation: served a request for something that does not exist; expected 404, seen 200",
        );
    }
}
