//! What could not be removed is removed once more in sight of the checks. A server whose removal does nothing
//! would else be told of nothing: nothing of its kind is made any more where something is left, and its cases are skipped.

use super::session::{Session, Tried};
use crate::case;
use crate::case::Given;
use crate::contract::Named;

impl Session<'_, '_> {
    /// What the run made and has, by the names that paths give it.
    pub(super) fn own_things(&self) -> Vec<(String, String)> {
        let made = self.leases.all_own().iter();
        let each =
            made.flat_map(|(name, ids)| ids.iter().map(move |id| (name.clone(), id.clone())));
        each.collect()
    }

    /// Removes what was there before all was put back, where something is left, and tells what comes of it:
    /// the first time that it happens.
    pub(super) fn watch_removals(&mut self, things: &[(String, String)]) {
        if self.watched_removals || self.target.n_leftovers() == 0 {
            return;
        }
        self.watched_removals = true;
        for creation in self.creations {
            let Named::Parameter { name, .. } = &creation.named else {
                continue;
            };
            let id = things.iter().find(|(known, _)| known == name);
            let removes = self.contract.operation(&creation.removes);
            let own = creation.is_own(self.contract);
            let (Some((_, id)), Some(removes), true) = (id, removes, own) else {
                continue;
            };
            let mut case = case::smallest(removes, self.contract);
            let place = case.draft.path.iter_mut().find(|(known, _)| known == name);
            if let Some((_, given)) = place {
                *given = Given::Literal(id.clone());
            }
            let tried = self.attempt(&case);
            if !may_be_right(&tried) {
                self.tell(tried);
            }
        }
    }
}

/// Whether a removal was refused because of what else there is, or because the thing is gone and another one is
/// left. Nobody knows what a story has left behind, so that may be right.
fn may_be_right(tried: &Tried) -> bool {
    let mut findings = tried.findings.iter();
    findings.any(|finding| ["404", "409", "410"].contains(&finding.seen.as_str()))
}
