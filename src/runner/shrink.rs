//! Makes a failing generated case smaller while it still breaks the same promise.

use super::session::{Session, Tried};
use crate::case::{self, Case};
use crate::event::CaseOutcome;
use crate::finding::{FindingId, Severity, Verdict};

/// Requests spent on making one case smaller.
const MOST_ATTEMPTS: u32 = 200;

/// The smallest case found that fails like `case` did, tried. It keeps its id, since the seed leads
/// to it again. Only where trying again starts from the same state.
pub(super) fn smallest(session: &mut Session<'_, '_>, case: &Case, tried: Tried) -> Tried {
    let contract = session.contract;
    let Some(operation) = contract.operation(&case.operation) else {
        return tried;
    };
    let repeatable = operation.method.is_safe() || session.restore();
    if tried.outcome != CaseOutcome::Failed || !repeatable {
        return tried;
    }
    let broken = broken_by(&tried);
    let mut best = tried;
    let mut attempts = MOST_ATTEMPTS;
    let mut fails = |smaller: &Case| {
        if attempts == 0 {
            return false;
        }
        attempts -= 1;
        let again = session.attempt(smaller);
        let same = broken_by(&again).iter().any(|id| broken.contains(id));
        if same {
            best = again;
        }
        same
    };
    // What is kept is what was tried last and failed, which is the smallest case.
    let _smallest = case::shrink(operation, contract, &case.id, &mut fails);
    best
}

fn broken_by(tried: &Tried) -> Vec<FindingId> {
    let violations = tried.findings.iter().filter(|finding| {
        finding.severity == Severity::Violation && finding.verdict == Verdict::Server
    });
    violations.map(|finding| finding.id()).collect()
}
