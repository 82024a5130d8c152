//! Looks at what a case has made: it is there, and shows what was asked for.

use std::time::Duration;

use super::fill::Filled;
use super::late::PAUSES;
use super::observe;
use super::session::Session;
use super::supply::ids_of;
use crate::case::{Credentials, Expect};
use crate::check::{Answer, JobRun};
use crate::contract::Operation;

impl<'a> Session<'a, '_> {
    /// What shows the thing that was just made. None where nothing was made, or more than one thing,
    /// or its job did not succeed, or nothing shows one alone.
    pub(super) fn look_at_made(
        &mut self,
        operation: &'a Operation,
        filled: &Filled,
        main: &Answer<'_>,
        job: Option<&JobRun<'_>>,
    ) -> Option<Answer<'a>> {
        let mut creations = self.creations.iter();
        let creation = creations.find(|creation| creation.makes == operation.id)?;
        let ids = ids_of(creation, main, job);
        let [id] = ids.as_slice() else { return None };
        if job.is_some_and(|job| !job.succeeded()) {
            return None;
        }
        let shows = self.observing.shows_made(self.contract, &operation.id)?;
        let mut known = filled.known.clone();
        known.insert(creation.named.id()?.to_owned(), id.clone());
        let request = observe::request(self.contract, shows, &known)?;
        // It may be shown a moment later; and what is only promised, much later.
        let is_promised = job.is_none() && main.status() == Some(202);
        let patience = match is_promised {
            true => self.patience_with_jobs(),
            false => self.target.pauses().take(PAUSES).sum(),
        };
        let mut waited = Duration::ZERO;
        for pause in self.target.pauses() {
            let exchange = self.exchange(&request, Credentials::Own);
            let seen = self.judge.answer(shows, exchange, Expect::Either);
            if !seen.refused() {
                return Some(seen);
            }
            if waited >= patience {
                // The next promise is not waited for as long.
                self.n_given_up += u32::from(is_promised);
                return Some(seen);
            }
            self.target.wait(pause);
            waited += pause;
        }
        None
    }
}
