//! How a judged case ended.

use crate::case::Credentials;
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
    // Who is not known is refused whatever they ask.
    let own = trial.case.draft.credentials == Credentials::Own;
    let unknown = own && !trial.credentials_work && matches!(trial.main.status(), Some(401 | 403));
    if findings.iter().any(fails) {
        CaseOutcome::Failed
    } else if let Some(reason) = trial.main.outage() {
        CaseOutcome::Undecided(reason)
    } else if unknown {
        CaseOutcome::Undecided("the target's credentials were never accepted".to_owned())
    } else {
        CaseOutcome::Passed
    }
}
