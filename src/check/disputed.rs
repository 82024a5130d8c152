//! Tells which of two claims the server agrees with.

use serde_json::Value;

use super::statement::{claimants, claims, disputed};
use super::{Answer, Check, Trial};
use crate::case::Expect;
use crate::contract::{Dispute, Fact};
use crate::finding::{Finding, Severity, Verdict};

pub(super) struct Disputed;

impl Check for Disputed {
    fn code(&self) -> &'static str {
        "disputed"
    }

    fn title(&self) -> &'static str {
        "sources that disagree are settled by what the server does"
    }

    fn severity(&self) -> Severity {
        Severity::Note
    }

    fn explanation(&self) -> &'static str {
        "Promised: two things at once: table and example, or two editions, claim different kinds or \
         values, or the text leaves a value open.\n\
         Broken: nothing by the server. A note with the verdict `document` tells which claim the \
         server agrees with, so that somebody can settle it.\n\
         Example: the table says Integer, the example shows a text, and the server sends a text.\n\
         With `--strict` the tables alone count, and this is not told."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        if trial.strict {
            return Vec::new();
        }
        let asked = self.settled_by_asking(trial);
        let answers: Vec<&Answer<'_>> = trial.answers().filter(|said| said.accepted()).collect();
        let shown = trial.contract.disputes.iter();
        let shown = shown.flat_map(|dispute| self.settled_by_showing(trial, &answers, dispute));
        asked.into_iter().chain(shown).collect()
    }
}

impl Disputed {
    /// A case that may be accepted or refused was one of them.
    fn settled_by_asking(&self, trial: &Trial<'_>) -> Option<Finding> {
        let statement = trial.case.tests.as_ref()?;
        let did = match (trial.main.accepted(), trial.main.refused()) {
            _ if trial.case.expect != Expect::Either => return None,
            // A story fills a quota, and says itself what must hold in the end.
            _ if statement.rule == "quota" => return None,
            (true, _) => "accepted",
            (_, true) => "refused",
            (false, false) => return None,
        };
        let dispute = disputed(trial.contract, statement);
        Some(Finding {
            verdict: Verdict::Document,
            field: statement.field.clone(),
            title: format!("{did}: {}", trial.case.title),
            promise: format!("{} is left open", statement.rule),
            sources: dispute.map_or_else(
                || super::statement_sources(trial.operation, statement),
                claimants,
            ),
            expected: dispute.map_or("either".to_owned(), claims),
            ..trial.finding(self, &trial.main)
        })
    }

    /// An answer shows a value of the disputed kind.
    fn settled_by_showing(
        &self,
        trial: &Trial<'_>,
        answers: &[&Answer<'_>],
        dispute: &Dispute,
    ) -> Option<Finding> {
        let (Fact::Kind, Some(path)) = (dispute.fact, &dispute.field) else {
            return None;
        };
        let about = |answer: &&&Answer<'_>| {
            let operation = dispute.operation.as_ref();
            operation.is_none_or(|id| *id == answer.operation.id)
        };
        answers.iter().filter(about).find_map(|answer| {
            let seen = path.find_in(answer.json()?, kind_of)?;
            let agreed = dispute
                .claims
                .iter()
                .find(|claim| claim.claim.starts_with(seen))?;
            Some(Finding {
                verdict: Verdict::Document,
                field: Some(path.clone()),
                title: format!("agrees with {}", agreed.at),
                promise: format!("the kind of `{path}` is {}", claims(dispute)),
                sources: claimants(dispute),
                expected: claims(dispute),
                seen: seen.to_owned(),
                ..trial.finding(self, answer)
            })
        })
    }
}

/// The kind of a value, as tables print it. Null has none.
fn kind_of(value: &Value) -> Option<&'static str> {
    match value {
        Value::Null => None,
        Value::Bool(_) => Some("Boolean"),
        Value::Number(number) if number.is_f64() => Some("Number"),
        Value::Number(_) => Some("Integer"),
        Value::String(_) => Some("String"),
        Value::Array(_) => Some("Array"),
        Value::Object(_) => Some("Object"),
    }
}

#[cfg(test)]
mod tests {
    use crate::case::Expect;
    use crate::check::sample::{Scene, check, light};

    #[test]
    fn tells_which_claim_the_server_agrees_with() {
        check(
            "disputed",
            Scene::show()
                .disputed("light.height", "String")
                .answers(200, &light("\"height\":\"21\"")),
            "note document light.height: agrees with almanac, line 99; expected Integer (lights, line 1) or String (almanac, line 99), seen String",
        );
    }

    #[test]
    fn tells_what_came_of_a_value_left_open() {
        check(
            "disputed",
            Scene::update()
                .tests("light.name", "charset")
                .expect(Expect::Either)
                .answers(200, "{}"),
            "note document light.name: accepted: a made-up case; expected either, seen 200",
        );
    }
}
