//! How a judged case ended.

use crate::check::Trial;
use crate::event::CaseOutcome;
use crate::finding::{Finding, Severity, Verdict};

/// The worse of two ends.
pub(super) fn worse(known: Option<CaseOutcome>, other: CaseOutcome) -> Option<CaseOutcome> {
    let rank = |outcome: &CaseOutcome| match outcome {
        CaseOutcome::Failed => 3,
        CaseOutcome::Undecided(_) => 2,
        CaseOutcome::Passed => 1,
        CaseOutcome::Skipped(_) => 0,
    };
    let known = known.filter(|known| rank(known) >= rank(&other));
    known.or(Some(other))
}

/// How a judged case ended.
pub(super) fn outcome(trial: &Trial<'_>, findings: &[Finding]) -> CaseOutcome {
    let fails = |finding: &Finding| {
        finding.severity == Severity::Violation && finding.verdict == Verdict::Server
    };
    let undecided = |finding: &&Finding| {
        finding.check == "valid_refused" && finding.verdict == Verdict::Undecided
    };
    if findings.iter().any(fails) {
        CaseOutcome::Failed
    } else if let Some(reason) = trial.main.outage() {
        CaseOutcome::Undecided(reason)
    } else if findings.iter().any(|finding| undecided(&finding)) {
        CaseOutcome::Undecided("the target's credentials were never accepted".to_owned())
    } else {
        CaseOutcome::Passed
    }
}
