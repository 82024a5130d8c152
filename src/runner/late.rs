//! What a refusal may do all the same: later than it is told, or to things that only its body names.

use std::collections::BTreeMap;
use std::time::Duration;

use super::fill::Filled;
use super::observe;
use super::session::Session;
use crate::case::{Case, Expect};
use crate::check::{Answer, Trial};
use crate::contract::{Named, Operation};

/// One of so many refusals is looked at closely.
const ONE_OF: u64 = 8;
/// Pauses that an effect may take to show.
pub(super) const PAUSES: usize = 5;

/// Who is asked before and after a case, and of which things.
pub(super) struct Observers<'a> {
    pub(super) who: Vec<&'a Operation>,
    pub(super) known: BTreeMap<String, String>,
    /// Whether an effect that takes its time is waited for.
    pub(super) wait: bool,
}

impl<'a> Session<'a, '_> {
    /// Who is asked about a case. Some refusals are looked at closely: whoever shows what their body
    /// names is asked, too.
    pub(super) fn observers(
        &self,
        case: &Case,
        operation: &'a Operation,
        filled: &Filled,
    ) -> Observers<'a> {
        let mut observers = Observers {
            who: self
                .observing
                .who(self.contract, &operation.id, case.expect)
                .collect(),
            known: filled.known.clone(),
            wait: false,
        };
        if case.expect == Expect::Accepted {
            self.watch_removed(operation, filled, &mut observers);
        }
        let refused = case.expect == Expect::Refused && !operation.method.is_safe();
        if !refused || !is_chosen(case) {
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

    /// Asks about what a removal names in its body only.
    fn watch_removed(
        &self,
        operation: &'a Operation,
        filled: &Filled,
        observers: &mut Observers<'a>,
    ) {
        let mut creations = self.creations.iter();
        let Some(name) = creations.find_map(|creation| match &creation.named {
            Named::Listed { name, .. } if creation.removes == operation.id => Some(name),
            _ => None,
        }) else {
            return;
        };
        let mut named = filled.in_body.iter().filter(|(known, _)| known == name);
        let mut shows = observe::shows_one(self.contract, name)
            .filter(|other| other.at.document == operation.at.document);
        if let (Some((_, id)), Some(shows), None) = (named.next(), shows.next(), shows.next()) {
            observers.known.insert(name.clone(), id.clone());
            observers.who.push(shows);
        }
    }

    /// Lets a job that a refusal may have started do its work.
    pub(super) fn wait_for_effect(&mut self) {
        let pauses: Duration = self.target.pauses().take(PAUSES).sum();
        self.target.wait(pauses);
    }
}

/// Whether a refusal is one of those that are looked at closely: by its name, so that a run which is gone
/// on with chooses the same.
fn is_chosen(case: &Case) -> bool {
    let letters = case.id.0.bytes();
    let sum: u64 = letters.map(u64::from).sum();
    sum.is_multiple_of(ONE_OF)
}

/// Whether nothing of what is observed has changed.
pub(super) fn shows_same(before: &[Answer<'_>], after: &[Answer<'_>]) -> bool {
    let mut pairs = before.iter().zip(after);
    pairs.all(|(before, after)| before.tells_same(after))
}

/// Drops observations of what changes although nothing is asked of it: it says nothing about a
/// refusal.
pub(super) fn forget_restless(trial: &mut Trial<'_>, again: &[Answer<'_>]) {
    let still: Vec<bool> = trial
        .after
        .iter()
        .zip(again)
        .map(|(after, again)| after.tells_same(again))
        .collect();
    for side in [&mut trial.before, &mut trial.after] {
        let mut still = still.iter().copied().chain(std::iter::repeat(true));
        side.retain(|_| still.next() == Some(true));
    }
}
