//! Sends requests: one after the other at the right pace, or several that only read at once; with real credentials,
//! and without secrets in what comes back.
//!
//! Main entries: [`Live::deliver`], [`Live::deliver_all`].
#![expect(
    clippy::disallowed_methods,
    reason = "a live target waits in real time"
)]

use std::time::{Instant, SystemTime};

use futures_util::future::join_all;
use jiff::Timestamp;
use tracing::Instrument as _;

use super::Live;
use super::auth::{self, dressed};
use crate::wire::{FailureKind, Request, Response, SendFailure};

impl Live {
    /// Sends a request as often as is safe and needed, at the right pace.
    pub(super) fn deliver(&mut self, request: &Request) -> Result<Response, SendFailure> {
        let mut first_failure = None;
        for n_tries in 1.. {
            self.wait_for_turn(request);
            let outcome = self.once(request);
            let jitter = fastrand::f64();
            let Some(pause) = self.shared.pace.again(request, &outcome, n_tries, jitter) else {
                // The first try may have done it, and then the second one finds nothing to do.
                let refused = matches!(&outcome, Ok(answer) if (400..500).contains(&answer.status));
                return match first_failure {
                    Some(failure) if refused && !request.method.is_safe() => failure,
                    _ => outcome,
                };
            };
            tracing::info!(n_tries, pause = ?pause, "will try again");
            first_failure.get_or_insert(outcome);
            std::thread::sleep(pause);
        }
        unreachable!("a request is tried a few times only")
    }

    fn wait_for_turn(&self, request: &Request) {
        if self.is_twin {
            return;
        }
        let contract = self.shared.options.contract.as_deref();
        let called = contract.and_then(|contract| contract.called_by(request));
        let id = called.map(|operation| &operation.id);
        while let Some(pause) = self.shared.pace.pause(id, self.shared.start.elapsed()) {
            tracing::debug!(pause = ?pause, "wait for a turn");
            std::thread::sleep(pause);
        }
    }

    /// One try: with real credentials, without secrets in what comes back.
    pub(super) fn once(&mut self, request: &Request) -> Result<Response, SendFailure> {
        self.renewed()?;
        let outcome = self.runtime.block_on(self.exchange(request));
        self.heed(&outcome);
        outcome
    }

    /// Sends requests that only read at once, and what got no lasting answer once more, in turn.
    pub(super) fn deliver_all(
        &mut self,
        requests: &[Request],
    ) -> Vec<Result<Response, SendFailure>> {
        for request in requests {
            self.wait_for_turn(request);
        }
        if let Err(failure) = self.renewed() {
            return vec![Err(failure); requests.len()];
        }
        let sent = requests.iter().map(|request| self.exchange(request));
        let outcomes = self.runtime.block_on(join_all(sent));
        outcomes.iter().for_each(|outcome| self.heed(outcome));
        let answered = requests.iter().zip(outcomes);
        answered
            .map(|(request, outcome)| {
                let again = self.shared.pace.again(request, &outcome, 1, 0.0);
                again.map_or(outcome, |_| self.deliver(request))
            })
            .collect()
    }

    fn renewed(&self) -> Result<(), SendFailure> {
        self.renew().map_err(|error| SendFailure {
            kind: FailureKind::Unreachable,
            detail: error.to_string(),
        })
    }

    /// Notes what an answer says of the pace, and whether there is any.
    fn heed(&self, outcome: &Result<Response, SendFailure>) {
        if let Ok(answer) = outcome
            && !self.is_twin
        {
            self.shared
                .pace
                .heed(answer, self.shared.start.elapsed(), SystemTime::now());
        }
        let lost = matches!(outcome, Err(failure) if failure.kind == FailureKind::Unreachable);
        let mut state = self.shared.state();
        state.n_lost = if lost { state.n_lost + 1 } else { 0 };
    }

    async fn exchange(&self, request: &Request) -> Result<Response, SendFailure> {
        let number = {
            let mut state = self.shared.state();
            state.n_requests += 1;
            state.n_requests
        };
        let span = tracing::info_span!("exchange", id = number);
        self.exchange_once(request).instrument(span).await
    }

    async fn exchange_once(&self, request: &Request) -> Result<Response, SendFailure> {
        let url = self.service(request.path());
        let sent = self.dressed(request, url);
        tracing::info!("{} {url}{}", request.method, request.target);
        tracing::debug!(headers = ?request.headers.0, body = %String::from_utf8_lossy(&request.body), "sent");
        let start = Instant::now();
        let mut outcome = self.client.exchange(url, &sent).await;
        let state = self.shared.state();
        match &mut outcome {
            Ok(answer) => {
                state.secrets.remove_from(answer);
                let n_bytes = answer.body.len();
                tracing::info!(
                    "{} with {n_bytes} bytes after {:?}",
                    answer.status,
                    start.elapsed()
                );
                tracing::debug!(headers = ?answer.headers.0, body = %String::from_utf8_lossy(&answer.body), "received");
            }
            Err(failure) => {
                failure.detail = state.secrets.removed(&failure.detail);
                tracing::info!("{failure} after {:?}", start.elapsed());
            }
        }
        outcome
    }

    fn dressed(&self, request: &Request, url: &str) -> Request {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let (host, prefix) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let project = self.lent.0.get("project_id").and_then(|ids| ids.first());
        let service = auth::Service {
            host,
            prefix,
            project_id: project.map(String::as_str),
        };
        let state = self.shared.state();
        let auth = &self.shared.options.auth;
        dressed(
            request,
            auth,
            state.issued.as_ref(),
            &service,
            Timestamp::now(),
        )
    }
}
