//! A Twin in the same process: no network, and time passes when asked to.

use std::time::Duration;

use super::{Lent, Restored, Target};
use crate::twin::Twin;
use crate::wire::{FailureKind, Request, Response, SendFailure};

/// Where a `curl` finds the same Twin, once `proofhouse twin --port 8774` runs.
const ENDPOINT: &str = "http://127.0.0.1:8774";

/// A Twin as a Target.
#[derive(Clone, Debug)]
pub struct InProcess {
    twin: Twin,
    pristine: Twin,
    lent: Lent,
    token: String,
}

impl InProcess {
    /// This Twin, which is lent as it is now.
    pub fn new(twin: Twin) -> Self {
        let mut lent = twin.lent();
        let token = lent
            .remove("token")
            .and_then(|tokens| tokens.into_iter().next());
        Self {
            pristine: twin.clone(),
            twin,
            lent: Lent(lent),
            token: token.unwrap_or_default(),
        }
    }
}

impl Target for InProcess {
    fn name(&self) -> &str {
        "twin"
    }

    fn endpoint(&self) -> &str {
        ENDPOINT
    }

    fn send(&mut self, request: &Request) -> Result<Response, SendFailure> {
        let response = self.twin.respond(request);
        let promised = response.headers.get("Content-Length");
        let promised = promised.and_then(|length| length.parse::<usize>().ok());
        match promised {
            Some(promised) if promised > response.body.len() => Err(SendFailure {
                kind: FailureKind::BrokenAnswer,
                detail: format!("{} of {promised} bytes came", response.body.len()),
            }),
            Some(_) | None => Ok(response),
        }
    }

    fn authorize(&self, request: &mut Request) {
        request.headers.set("X-Auth-Token", self.token.as_str());
    }

    fn wait(&mut self, time: Duration) {
        self.twin.advance(time);
    }

    fn lent(&self) -> &Lent {
        &self.lent
    }

    fn restore(&mut self) -> Restored {
        self.twin = self.pristine.clone();
        Restored::Whole
    }
}
