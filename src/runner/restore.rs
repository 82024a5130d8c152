//! Puts the target back to how it was lent.

use super::fill::Filled;
use super::lead::Stirred;
use super::session::Session;
use crate::check::Trial;
use crate::target::Restored;

impl Session<'_, '_> {
    /// Puts the target back to how it was lent, or uses up what can be used only once.
    pub(super) fn put_back(&mut self, trial: &Trial<'_>, filled: &Filled) {
        let touched = !trial.operation.method.is_safe()
            && (!trial.main.refused() || trial.changes().next().is_some());
        if !touched || self.restore() {
            return;
        }
        let removed = trial.operation.method == crate::wire::Method::Delete;
        let last = trial.operation.path.parameters().last().filter(|_| removed);
        let removed = last.and_then(|name| filled.known.get(name));
        for value in filled.lent_in_body().chain(removed) {
            self.leases.spend(value);
        }
    }

    /// Whether the target could put everything back; what it lends is then whole again.
    pub(super) fn restore(&mut self) -> bool {
        if self.heals {
            self.stirred = Stirred::default();
        } else {
            self.calm();
        }
        let things = self.own_things();
        let restored = self.target.restore();
        self.heals = restored == Restored::Whole;
        match restored {
            Restored::Whole => {
                self.leases = self.leases.restored(&self.whole, true);
                // What others were asked for says nothing of what is asked next.
                self.unsettled.forget_things();
            }
            Restored::Own => self.leases = self.leases.restored(&self.whole, false),
            Restored::Nothing => self.forget_own(),
        }
        if restored == Restored::Nothing {
            self.watch_removals(&things);
        }
        restored != Restored::Nothing
    }
}
