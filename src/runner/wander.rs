//! Tells a story; where it is a walk that fails, the shortest one that breaks the same promise.

use super::session::Session;
use super::story;
use crate::case::{Scenario, Walker};
use crate::event::{CaseOutcome, Event};
use crate::finding::FindingId;

/// Shorter walks that are tried.
const MOST_ATTEMPTS: u32 = 200;

/// Tells a story and puts the target back to how it was.
pub(super) fn tell(session: &mut Session<'_, '_>, story: &Scenario) -> CaseOutcome {
    let (contract, creations) = (session.contract, session.creations);
    let walker = Walker::new(contract, creations);
    let moves = walker.as_ref().and_then(|walker| walker.moves(&story.id));
    let (Some(walker), Some(mut moves)) = (walker, moves) else {
        return story::tell(session, story);
    };
    let (mut outcome, mut said) = session.overhear(|session| story::tell(session, story));
    let broken = broken_by(&said);
    if !broken.is_empty() && session.restore() {
        let mut attempts = MOST_ATTEMPTS;
        let mut length = moves.len() / 2;
        while length > 0 && attempts > 0 {
            let mut start = 0;
            while start < moves.len() && attempts > 0 {
                attempts -= 1;
                let end = (start + length).min(moves.len());
                let fewer = [&moves[..start], &moves[end..]].concat();
                let shorter = walker.story(&fewer);
                let again = session.overhear(|session| story::tell(session, &shorter));
                if broken_by(&again.1).iter().any(|id| broken.contains(id)) {
                    (outcome, said) = again;
                    moves = fewer;
                } else {
                    start = end;
                }
            }
            length /= 2;
        }
    }
    for event in said {
        session.say(event);
    }
    outcome
}

fn broken_by(said: &[Event]) -> Vec<FindingId> {
    let findings = said.iter().filter_map(|event| match event {
        Event::FindingMade(finding) if super::accuses(finding) => Some(finding.id()),
        _ => None,
    });
    findings.collect()
}
