//! What a run says as a whole, and what makes it fail.

use std::str::FromStr;

use super::baseline::Standing;
use super::run::{Counted, Report};
use crate::finding::Severity;

/// What a run says as a whole; the exit code follows from it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The contract holds.
    Holds,
    /// The server breaks it.
    Findings,
    /// The run did not come to its end.
    CutShort,
    /// No case came to a verdict. An empty run is not a pass.
    NothingChecked,
}

impl Outcome {
    /// The word of files.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Holds => "holds",
            Outcome::Findings => "findings",
            Outcome::CutShort => "cut_short",
            Outcome::NothingChecked => "nothing_checked",
        }
    }

    /// The verdict for people.
    pub fn headline(self) -> &'static str {
        match self {
            Outcome::Holds => "The contract holds",
            Outcome::Findings => "The contract is broken",
            Outcome::CutShort => "The run was cut short",
            Outcome::NothingChecked => "Nothing was checked",
        }
    }
}

/// Which findings fail a run. Only what the server is guilty of and nobody waived can.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FailOn {
    /// The least severity.
    pub severity: Severity,
    /// Whether only those count that the baseline does not have.
    pub only_new: bool,
}

impl Default for FailOn {
    fn default() -> Self {
        Self {
            severity: Severity::Violation,
            only_new: false,
        }
    }
}

/// A word that does not say what fails a run.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` is none of new, any, violation, warning, note; two may be joined, as in new,warning"
)]
pub struct UnknownFailOn(String);

impl FromStr for FailOn {
    type Err = UnknownFailOn;

    /// `any` is every violation, old or new; a severity lowers the bar; `new` leaves out what the
    /// baseline has.
    fn from_str(text: &str) -> Result<Self, UnknownFailOn> {
        let mut fail_on = Self::default();
        for word in text.split(',').map(str::trim) {
            match word {
                "new" => fail_on.only_new = true,
                "any" | "violation" => fail_on.severity = Severity::Violation,
                "warning" => fail_on.severity = Severity::Warning,
                "note" => fail_on.severity = Severity::Note,
                _ => return Err(UnknownFailOn(text.chars().take(40).collect())),
            }
        }
        Ok(fail_on)
    }
}

impl FailOn {
    /// Whether this finding fails the run.
    pub fn fails(self, counted: &Counted) -> bool {
        let is_old = matches!(
            counted.standing,
            Some(Standing::StillFailing | Standing::Flaky)
        );
        counted.accuses() && counted.finding.severity >= self.severity && !(self.only_new && is_old)
    }
}

impl Report {
    /// What the run says as a whole.
    pub fn outcome(&self) -> Outcome {
        let fails = |counted: &Counted| self.fail_on.fails(counted);
        // What was not kept cannot be compared; it is not taken for good.
        let dropped = self.dropped.range(self.fail_on.severity..).count() > 0;
        if self.findings.iter().any(fails) || dropped {
            Outcome::Findings
        } else if self.is_cut_short() {
            Outcome::CutShort
        } else if self.cases.passed + self.cases.failed == 0 {
            Outcome::NothingChecked
        } else {
            Outcome::Holds
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::event::Event;
    use crate::finding::Verdict;
    use crate::report::sample;

    #[test]
    fn only_the_servers_violations_fail_a_run() {
        let mut report = sample::report();
        assert_eq!(report.outcome(), Outcome::Findings);
        report.findings[0].finding.verdict = Verdict::Undecided;
        assert_eq!(report.outcome(), Outcome::Holds);
    }

    #[test]
    fn a_lower_bar_fails_sooner() {
        let mut report = sample::report();
        report.findings[0].finding.severity = Severity::Warning;
        assert_eq!(report.outcome(), Outcome::Holds);
        report.fail_on = "warning".parse().unwrap();
        assert_eq!(report.outcome(), Outcome::Findings);
    }

    #[test]
    fn what_the_baseline_has_is_not_new() {
        let mut report = sample::report();
        report.fail_on = "new".parse().unwrap();
        assert_eq!(report.outcome(), Outcome::Findings);
        report.findings[0].standing = Some(Standing::StillFailing);
        assert_eq!(report.outcome(), Outcome::Holds);
        assert_eq!(
            "old".parse::<FailOn>().unwrap_err().to_string(),
            "`old` is none of new, any, violation, warning, note; two may be joined, as in new,warning"
        );
    }

    #[test]
    fn an_empty_run_is_not_a_pass() {
        let mut report = Report::default();
        assert_eq!(report.outcome(), Outcome::CutShort);
        report.hear(&Event::RunFinished { millis: 1 });
        assert_eq!(report.outcome(), Outcome::NothingChecked);
    }
}
