//! What a refusal may do all the same: later than it is told, or to things that only its body names.

use std::collections::BTreeMap;
use std::time::Duration;

use super::fill::Filled;
use super::observe;
use super::session::Session;
use crate::case::{Case, Expect};
use crate::contract::{Operation, OperationId};

/// Refusals of one operation that are looked at so closely.
const MOST_OF_AN_OPERATION: u32 = 3;
/// Pauses that an effect may take to show.
const PAUSES: usize = 5;

/// Who is asked before and after a case, and of which things.
pub(super) struct Observers<'a> {
    pub(super) who: Vec<&'a Operation>,
    pub(super) known: BTreeMap<String, String>,
    /// Whether an effect that takes its time is waited for.
    pub(super) wait: bool,
}

impl<'a> Session<'a, '_> {
    /// Who is asked about a case. A few refusals of each operation are looked at closely: whoever shows
    /// what their body names is asked, too.
    pub(super) fn observers(
        &mut self,
        case: &Case,
        operation: &'a Operation,
        filled: &Filled,
    ) -> Observers<'a> {
        let mut observers = Observers {
            who: observe::observers(self.contract, operation),
            known: filled.known.clone(),
            wait: false,
        };
        let refused = case.expect == Expect::Refused && !operation.method.is_safe();
        if !refused || !self.has_turn(&operation.id) {
            return observers;
        }
        observers.wait = operation.is_async();
        for (name, value) in &filled.in_body {
            let known = &mut observers.known;
            known.entry(name.clone()).or_insert_with(|| value.clone());
        }
        let names: Vec<&str> = observers.known.keys().map(String::as_str).collect();
        let mut further = observe::all_observers(self.contract, operation, &names);
        further.retain(|other| observers.who.iter().all(|usual| usual.id != other.id));
        further.truncate(observe::MOST_OBSERVERS);
        observers.who.extend(further);
        observers
    }

    fn has_turn(&mut self, id: &OperationId) -> bool {
        let n_looks = self.n_close_looks.entry(id.clone()).or_default();
        *n_looks += 1;
        *n_looks <= MOST_OF_AN_OPERATION
    }

    /// Lets a job that a refusal may have started do its work.
    pub(super) fn wait_for_effect(&mut self) {
        let pauses: Duration = self.target.pauses().take(PAUSES).sum();
        self.target.wait(pauses);
    }
}
