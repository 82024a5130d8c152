//! Whether the target still knows who asks: where it does not, what it refuses tells nothing of its promises.
//!
//! Main type: [`Welcome`]. A target that refuses one thing with 401 may break a promise; one that refuses what it
//! showed before, or everything from the start, does not accept the credentials, and the run ends.

use super::session::Session;
use crate::case::Credentials;
use crate::check::Answer;
use crate::contract::OperationId;
use crate::wire::{Method, Request};

/// So many refusals in a row, and nothing accepted before, mean that the credentials are not accepted.
const MOST_REFUSED: u32 = 5;

/// What is known of the credentials.
#[derive(Debug, Default)]
pub(super) struct Welcome {
    /// Whether they were accepted, and still are.
    pub(super) works: bool,
    /// What is shown to those who are known, and to nobody else.
    guarded: Vec<(OperationId, Request)>,
    n_refused: u32,
    is_over: bool,
}

impl Welcome {
    /// Whether nothing more can be found out with these credentials.
    pub(super) fn is_over(&self) -> bool {
        self.is_over
    }

    /// Something that another operation shows to those who are known.
    fn elsewhere(&self, operation: &OperationId) -> Option<Request> {
        let mut guarded = self.guarded.iter().rev();
        let found = guarded.find(|(other, _)| other != operation);
        found.map(|(_, request)| request.clone())
    }

    /// Keeps the last of two operations.
    fn guards(&mut self, operation: &OperationId, request: &Request) {
        self.guarded.retain(|(other, _)| other != operation);
        self.guarded.push((operation.clone(), request.clone()));
        if self.guarded.len() > 2 {
            self.guarded.remove(0);
        }
    }
}

impl<'a> Session<'a, '_> {
    /// Heeds what the answer to a request tells of the credentials.
    pub(super) fn heed_credentials(
        &mut self,
        credentials: Credentials,
        answer: &Answer<'a>,
        request: &Request,
    ) {
        let operation = &answer.operation.id;
        match (credentials, answer.status()) {
            (Credentials::Own, Some(401)) => self.refused(operation),
            (Credentials::Own, _) if answer.accepted() => {
                self.welcome.works = true;
                self.welcome.n_refused = 0;
            }
            (Credentials::Own, _) => self.welcome.n_refused = 0,
            (Credentials::None | Credentials::Invalid, Some(401))
                if request.method == Method::Get =>
            {
                self.welcome.guards(operation, request);
            }
            (Credentials::None | Credentials::Invalid, _) => {}
        }
    }

    /// Whether nothing was ever accepted, and the last that was asked was refused for want of credentials:
    /// too little was tried to end early, and nothing was found out.
    pub(super) fn was_never_welcome(&self) -> bool {
        !self.welcome.works && self.welcome.n_refused > 0
    }

    /// Asks for what was shown before, where there is such a thing.
    fn refused(&mut self, operation: &OperationId) {
        self.welcome.n_refused += 1;
        let is_over = match self.welcome.elsewhere(operation) {
            Some(request) if self.welcome.works => {
                let again = self.exchange(&request, Credentials::Own);
                again.outcome.is_ok_and(|answer| answer.status == 401)
            }
            Some(_) | None => !self.welcome.works && self.welcome.n_refused >= MOST_REFUSED,
        };
        if is_over {
            self.welcome.works = false;
            self.welcome.is_over = true;
        }
    }
}
