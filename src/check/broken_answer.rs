//! The answer is whole HTTP, of a size one can read.

use super::{Check, Trial};
use crate::finding::{Finding, Severity};
use crate::wire::FailureKind;

pub(super) struct BrokenAnswer;

impl Check for BrokenAnswer {
    fn code(&self) -> &'static str {
        "broken_answer"
    }

    fn title(&self) -> &'static str {
        "every request gets one whole HTTP answer of reasonable size"
    }

    fn severity(&self) -> Severity {
        Severity::Violation
    }

    fn explanation(&self) -> &'static str {
        "Promised: by HTTP itself, an answer is complete, and ends where its headers say.\n\
         Broken: the connection closes in the middle of the body, the answer is not HTTP, or it is \
         larger than the limit of the run.\n\
         Example: Content-Length says 120 and 60 bytes come.\n\
         Not broken: nobody answers, or not in time. That is an outage: the case is undecided."
    }

    fn judge(&self, trial: &Trial<'_>) -> Vec<Finding> {
        let broken = trial.answers().filter_map(|answer| {
            let failure = answer.exchange.outcome.as_ref().err()?;
            let title = match failure.kind {
                FailureKind::BrokenAnswer => "sent half an answer",
                FailureKind::TooLarge => "sent more than a run reads",
                FailureKind::Unreachable | FailureKind::TimedOut => return None,
            };
            Some(Finding {
                title: title.to_owned(),
                expected: "one whole answer".to_owned(),
                seen: failure.to_string(),
                ..trial.finding(self, answer)
            })
        });
        broken.collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::check::sample::{Scene, check};
    use crate::wire::FailureKind;

    #[test]
    fn half_an_answer_is_broken_and_silence_is_not() {
        check(
            "broken_answer",
            Scene::show().fails(FailureKind::BrokenAnswer),
            "violation: sent half an answer; expected one whole answer, seen broken answer: told by a test",
        );
        check(
            "broken_answer",
            Scene::show().fails(FailureKind::TimedOut),
            "",
        );
    }
}
