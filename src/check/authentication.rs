//! Who does not say who he is gets nothing.

use super::{Check, Trial};
use crate::case::{Credentials, Expect};
use crate::finding::{Finding, Severity};

pub(super) struct Authentication;

impl Check for Authentication {
    fn code(&self) -> &'static str {
        "authentication"
    }

    fn title(&self) -> &'static str {
        "without a valid token nothing is told and nothing is done"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: every call carries a token; without one it is refused, with 401 where that is \
         listed.\n\
         Broken: a request without a token, or with one that nobody issued, is served, or refused \
         for another reason.\n\
         Example: 200 to a request without a token; 404 to an invalid token where 401 is listed."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        if trial.case.expect != Expect::Refused {
            return Vec::new();
        }
        let who = match trial.case.draft.credentials {
            Credentials::Own => return Vec::new(),
            Credentials::None => "without a token",
            Credentials::Invalid => "with an invalid token",
        };
        let listed = trial
            .contract
            .statuses
            .iter()
            .find(|known| known.code == 401);
        let expected = listed.map_or("a documented 4xx", |_| "401");
        let fine = match trial.main.status() {
            Some(401 | 403) => true,
            Some(400..=499) => listed.is_none(),
            Some(200..=399) => false,
            _ => true,
        };
        if fine || trial.main.outage().is_some() {
            return Vec::new();
        }
        let did = if trial.main.accepted() {
            "served"
        } else {
            "answered otherwise"
        };
        vec![Finding {
            title: format!("{did} a request {who}"),
            sources: vec![
                listed
                    .map_or(&trial.operation.at, |known| &known.at)
                    .clone(),
            ],
            expected: expected.to_owned(),
            ..trial.finding(self, &trial.main)
        }]
    }
}

#[cfg(test)]
mod tests {
    use crate::case::Credentials;
    use crate::check::sample::{Scene, check};

    #[test]
    fn strangers_are_refused() {
        let stranger = || Scene::show().refused().asks(Credentials::None);
        check("authentication", stranger().answers(401, "{}"), "");
        check(
            "authentication",
            stranger().answers(200, "{}"),
            "violation: served a request without a token; expected 401, seen 200",
        );
        check(
            "authentication",
            Scene::show()
                .refused()
                .asks(Credentials::Invalid)
                .answers(404, "{}"),
            "violation: answered otherwise a request with an invalid token; expected 401, seen 404",
        );
        check("authentication", Scene::show().answers(200, "{}"), "");
    }
}
