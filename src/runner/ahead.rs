//! Asks ahead of time what generated cases that only read will ask: all of it at once, so that nobody waits for
//! one answer after the other.
//!
//! Main entry: [`Session::ask_ahead`]. A case does not know of it: it sends its request as ever, and gets the
//! answer that is there already. Where it asks for something else it is sent for.

use std::collections::VecDeque;
use std::time::Duration;

use super::session::Session;
use crate::case::Case;
use crate::case::scenario::Kept;
use crate::contract::OperationId;
use crate::wire::{Request, Response, SendFailure};

/// Answers that came before anybody asked, in the order in which they will be asked for.
#[derive(Debug, Default)]
pub(super) struct Ahead(VecDeque<Early>);

#[derive(Debug)]
struct Early {
    request: Request,
    outcome: Result<Response, SendFailure>,
    elapsed: Duration,
}

impl Ahead {
    /// The answer to a request, and how long it took, where it came already. What was to be asked for before
    /// it is forgotten.
    pub(super) fn take(
        &mut self,
        request: &Request,
    ) -> Option<(Result<Response, SendFailure>, Duration)> {
        let nth = self.0.iter().position(|early| early.request == *request)?;
        let early = self.0.drain(..=nth).next_back()?;
        Some((early.outcome, early.elapsed))
    }

    pub(super) fn clear(&mut self) {
        self.0.clear();
    }
}

impl Session<'_, '_> {
    /// How many cases of an operation may be asked for at once. One: nothing is asked ahead.
    pub(super) fn most_at_once(&self, operation: &OperationId) -> usize {
        let reads = |id| {
            let operation = self.contract.operation(id);
            operation.is_some_and(|operation| operation.method.is_safe())
        };
        match reads(operation) {
            true => self.target.most_at_once().max(1),
            false => 1,
        }
    }

    /// Sends the requests of these cases, which only read, at once.
    pub(super) fn ask_ahead(&mut self, cases: &[Case]) {
        self.ahead.clear();
        let mut requests = Vec::with_capacity(cases.len());
        for case in cases {
            if let Ok((_, filled)) = self.prepare(case, &Kept::new()) {
                let dressed = self.dressed(&filled.request, case.draft.credentials);
                requests.push(dressed.sent);
            }
        }
        let start = (self.plan.clock)();
        let outcomes = self.target.send_all(&requests);
        let elapsed = (self.plan.clock)().saturating_sub(start);
        let early = requests.into_iter().zip(outcomes);
        self.ahead.0.extend(early.map(|(request, outcome)| Early {
            request,
            outcome,
            elapsed,
        }));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::{Headers, Method};

    fn early(target: &str) -> Early {
        Early {
            request: Request::new(Method::Get, target),
            outcome: Ok(Response {
                status: 200,
                headers: Headers::default(),
                body: target.to_owned().into(),
            }),
            elapsed: Duration::ZERO,
        }
    }

    #[test]
    fn each_answer_is_taken_once_and_in_order() {
        let mut ahead = Ahead(["/a", "/b", "/a", "/c"].map(early).into());
        let mut take = |target| {
            let taken = ahead.take(&Request::new(Method::Get, target));
            taken.map(|(outcome, _)| outcome.unwrap().body)
        };
        assert_eq!(take("/a").unwrap(), "/a");
        assert_eq!(take("/d"), None);
        // What was not asked for in its turn is asked for no more.
        assert_eq!(take("/a").unwrap(), "/a");
        assert_eq!(take("/b"), None);
        assert_eq!(take("/c").unwrap(), "/c");
        assert_eq!(take("/c"), None);
    }
}
