//! A live server behind HTTP: the only door to the network.
//!
//! Main type: [`Live`]. Whatever is asked goes through [`Live::send`]: there it gets real
//! credentials, waits for its turn, is journalled before it makes something, and is tried again
//! where that is safe. What comes back is bounded and holds no secret.
#![expect(
    clippy::disallowed_methods,
    reason = "a live target waits in real time"
)]

mod auth;
mod client;
mod endpoint;
pub mod journal;
mod lend;
mod limits;
mod look;
mod made;
mod options;
mod pace;
mod relation;
mod remove;
mod secret;
mod send;
mod sign;
mod stop;
mod things;

pub use auth::{Auth, IssueError, Password, Project};
pub use client::ClientError;
pub use lend::LendError;
pub use limits::Deed;
pub use options::{LiveOptions, OptionsError};
pub use pace::per_minute;
pub use remove::Leftover;
pub use secret::SecretError;
pub use sign::Keys;
pub use stop::StopSign;

use std::collections::BTreeSet;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use jiff::Timestamp;
use secrecy::SecretString;
use tokio::runtime::Runtime;

use super::{Halt, Lent, Pauses, Restored, Target, Used};
use crate::contract::{Creation, Operation, creations};
use crate::wire::{FailureKind, Method, OWN_TOKEN, Request, Response, SendFailure, Service};
use auth::Issued;
use client::Client;
use journal::Journal;
use pace::Pace;
use secret::Secrets;

/// After so many requests in a row that nobody answered, no further case begins.
const MOST_LOST: u32 = 5;

/// Why a live target cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The endpoint is not a URL.
    #[error("`{0}` is not an http or https URL")]
    NotAUrl(String),
    /// The endpoint names a user or password, which would be in every report.
    #[error(
        "the endpoint at `{0}` has a user or a password in it; who asks is said by PROOFHOUSE_TOKEN, or by `auth` in proofhouse.toml"
    )]
    Credentials(String),
    /// Nobody answers there.
    #[error("nobody answers at `{endpoint}`{}", through(proxy.as_deref()))]
    Unreachable {
        /// The endpoint.
        endpoint: String,
        /// The proxy on the way, if any.
        proxy: Option<String>,
        /// What happened.
        #[source]
        cause: SendFailure,
    },
    /// The client itself cannot be made.
    #[error(transparent)]
    Client(#[from] ClientError),
    /// Nothing can wait for answers.
    #[error("prepare to wait for answers")]
    Runtime(#[source] std::io::Error),
    /// What is lent by name cannot be found.
    #[error(transparent)]
    Lend(#[from] LendError),
    /// No token can be had.
    #[error(transparent)]
    Token(#[from] IssueError),
}

fn through(proxy: Option<&str>) -> String {
    proxy.map_or(String::new(), |proxy| {
        format!(" through the proxy `{proxy}`")
    })
}

/// A live server.
pub struct Live {
    shared: Arc<Shared>,
    client: Client,
    runtime: Runtime,
    is_twin: bool,
    lent: Lent,
}

/// What everybody who asks one target shares.
struct Shared {
    options: LiveOptions,
    pace: Pace,
    creations: Vec<Creation>,
    state: Mutex<State>,
    start: Instant,
}

#[derive(Default)]
struct State {
    issued: Option<Issued>,
    secrets: Secrets,
    journal: Option<Journal>,
    n_requests: u64,
    n_created: u64,
    /// Requests in a row that nobody answered.
    n_lost: u32,
    interrupted: bool,
    /// Things made, by number in the journal, that could not be removed in this run.
    stuck: BTreeSet<u64>,
    /// How long the slowest removal took that succeeded.
    slowest_removal: Option<Duration>,
    /// Removals, and jobs of removals, that were waited for in vain.
    n_in_vain: u32,
    haste: remove::Haste,
    /// Why nothing can be journalled any more.
    broken: Option<String>,
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live")
            .field("options", &self.shared.options)
            .field("is_twin", &self.is_twin)
            .finish_non_exhaustive()
    }
}

impl Shared {
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// How long the run has gone on, with what went before.
    fn time(&self) -> Duration {
        self.options.used.time + self.start.elapsed()
    }
}

impl Live {
    /// Connects: asks for `/`, recognises a Twin by its name, gets a token where a password is
    /// given. A Twin tells what it lends and may be written to.
    ///
    /// # Errors
    /// When an endpoint is no URL, nobody answers there, or no token can be had.
    pub fn connect(options: LiveOptions) -> Result<Self, ConnectError> {
        let mut live = Self::unconnected(options)?;
        live.greet()?;
        Ok(live)
    }

    /// The target as it is described, without asking it anything: to foresee what a run would do.
    ///
    /// # Errors
    /// When an endpoint is no URL, or no client can be made.
    pub fn unconnected(options: LiveOptions) -> Result<Self, ConnectError> {
        let urls = options.services.iter().map(|service| &service.url);
        for url in urls.chain(&options.identity) {
            endpoint::fits(url)?;
        }
        let mut state = State {
            n_requests: options.used.requests,
            n_created: options.used.creations,
            ..State::default()
        };
        let proxy = options.proxy_auth.iter().map(|(_, password)| password);
        for secret in options.auth.secrets().into_iter().chain(proxy) {
            state.secrets.add(secret);
        }
        let contract = options.contract.as_deref();
        let shared = Shared {
            pace: Pace::new(contract, options.pause),
            creations: contract.map(creations).unwrap_or_default(),
            state: Mutex::new(state),
            start: Instant::now(),
            options,
        };
        let lent = shared.options.lent.clone();
        Self::sharing(Arc::new(shared), lent)
    }

    /// Another connection to the same target: same pace, same token, same journal, same budgets.
    ///
    /// # Errors
    /// When no client can be made.
    pub fn again(&self) -> Result<Self, ConnectError> {
        let mut live = Self::sharing(Arc::clone(&self.shared), self.lent.clone())?;
        live.is_twin = self.is_twin;
        Ok(live)
    }

    fn sharing(shared: Arc<Shared>, lent: Lent) -> Result<Self, ConnectError> {
        Ok(Self {
            client: Client::new(&shared.options)?,
            runtime: tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .map_err(ConnectError::Runtime)?,
            shared,
            is_twin: false,
            lent,
        })
    }

    fn greet(&mut self) -> Result<(), ConnectError> {
        // Who is refused a token is not told that nobody answers.
        self.renew()?;
        let hello = match self.once(&Request::new(Method::Get, "/")) {
            Ok(hello) => hello,
            Err(cause) if cause.kind == FailureKind::Unreachable => {
                return Err(ConnectError::Unreachable {
                    endpoint: self.endpoint().to_owned(),
                    proxy: self.shared.options.proxy.clone(),
                    cause,
                });
            }
            // Somebody is there, who may still answer what is documented.
            Err(_) => {
                self.prove_identity()?;
                return Ok(self.lend_by_name()?);
            }
        };
        let name = hello.headers.get("server");
        self.is_twin = name.is_some_and(|name| name.starts_with("proofhouse-twin"));
        self.prove_identity()?;
        if self.is_twin {
            self.take_what_the_twin_lends();
        }
        self.lend_by_name()?;
        Ok(())
    }

    /// Gets a token where a password is given, and learns the project's id from it.
    fn prove_identity(&mut self) -> Result<(), ConnectError> {
        self.renew()?;
        let project = self
            .shared
            .state()
            .issued
            .as_ref()
            .and_then(|issued| issued.project_id.clone());
        for name in ["project_id", "tenant_id"] {
            if let Some(project) = &project {
                self.lent
                    .0
                    .entry(name.to_owned())
                    .or_insert_with(|| vec![project.clone()]);
            }
        }
        Ok(())
    }

    fn take_what_the_twin_lends(&mut self) {
        let lent = self.once(&Request::new(Method::Get, "/-/lent"));
        let Ok(mut lent) = lent.map(|answer| {
            serde_json::from_slice(&answer.body)
                .map(Lent)
                .unwrap_or_default()
        }) else {
            return;
        };
        let token = lent
            .0
            .remove("token")
            .and_then(|tokens| tokens.into_iter().next());
        if let (Auth::None, Some(token)) = (&self.shared.options.auth, token) {
            let mut state = self.shared.state();
            let token = SecretString::from(token);
            state.secrets.add(&token);
            state.issued = Some(Issued::for_ever(token));
        }
        for (name, values) in lent.0 {
            self.lent.0.entry(name).or_insert(values);
        }
    }

    /// Gets a token where one is needed and there is none that lasts.
    fn renew(&self) -> Result<(), IssueError> {
        let Auth::Password(password) = &self.shared.options.auth else {
            return Ok(());
        };
        let issued = self.shared.state().issued.clone();
        if issued.is_some_and(|issued| !issued.is_stale(Timestamp::now())) {
            return Ok(());
        }
        let url = self
            .shared
            .options
            .identity
            .as_deref()
            .unwrap_or_else(|| self.endpoint());
        let request = password.request();
        let asked = self.client.exchange(url, &request);
        let answer = self.runtime.block_on(asked).map_err(IssueError::NoAnswer)?;
        let mut state = self.shared.state();
        let issued = Issued::read(&answer, &state.secrets)?;
        state.secrets.add(&issued.token);
        state.issued = Some(issued);
        Ok(())
    }

    /// The token that requests are sent with, for people who ask for it; none with keys.
    ///
    /// # Errors
    /// When the identity service issues none.
    pub fn token(&self) -> Result<Option<SecretString>, IssueError> {
        self.renew()?;
        if let Auth::Token(token) = &self.shared.options.auth {
            return Ok(Some(token.clone()));
        }
        Ok(self
            .shared
            .state()
            .issued
            .as_ref()
            .map(|issued| issued.token.clone()))
    }

    /// How much the server's clock is ahead of ours, in seconds, by the `Date` of its answer.
    ///
    /// # Errors
    /// When there is no answer.
    pub fn clock_skew(&mut self) -> Result<Option<i64>, SendFailure> {
        let answer = self.once(&Request::new(Method::Get, "/"))?;
        let date = answer
            .headers
            .get("Date")
            .and_then(|date| httpdate::parse_http_date(date).ok());
        let seconds = |time: SystemTime| {
            time.duration_since(SystemTime::UNIX_EPOCH)
                .map_or(0, |since| since.as_secs())
        };
        Ok(date.map(|date| seconds(date).cast_signed() - seconds(SystemTime::now()).cast_signed()))
    }

    /// Whether it says that it is a Twin.
    pub fn is_twin(&self) -> bool {
        self.is_twin
    }

    /// The service that takes a path.
    fn service(&self, path: &str) -> &str {
        let services = &self.shared.options.services;
        let taking = services.iter().find(|service| service.takes(path));
        taking
            .or(services.last())
            .map_or("", |service| service.url.as_str())
    }

    /// Readies a request that no case is about: with credentials, and of the version that has all of
    /// what it calls.
    fn ready(&self, request: &mut Request) {
        let contract = self.shared.options.contract.as_deref();
        if let Some(contract) = contract
            && let Some(operation) = contract.called_by(request)
        {
            contract.ask_usual_version(operation, request);
        }
        self.authorize(request);
    }

    /// Whether it is a Twin that need not be spared.
    fn is_hurried(&self) -> bool {
        self.is_twin && !self.shared.options.like_a_cloud
    }
}

impl Target for Live {
    fn name(&self) -> &str {
        &self.shared.options.name
    }

    fn endpoint(&self) -> &str {
        self.shared
            .options
            .services
            .last()
            .map_or("", |service| service.url.as_str())
    }

    fn services(&self) -> &[Service] {
        &self.shared.options.services
    }

    fn send(&mut self, request: &Request) -> Result<Response, SendFailure> {
        self.journalled(request)
    }

    fn most_at_once(&self) -> usize {
        limits::most_at_once(self)
    }

    fn send_all(&mut self, requests: &[Request]) -> Vec<Result<Response, SendFailure>> {
        self.deliver_all(requests)
    }

    fn authorize(&self, request: &mut Request) {
        let has_token = self.shared.state().issued.is_some();
        if has_token || !matches!(self.shared.options.auth, Auth::None) {
            // The real one takes its place on the way out.
            request.headers.set(auth::TOKEN, OWN_TOKEN);
        }
    }

    fn wait(&mut self, time: Duration) {
        if self.is_twin {
            let mut turn = Request::new(Method::Post, "/-/clock");
            turn.body = format!("{{\"advance_seconds\": {}}}", time.as_secs_f64()).into();
            // Where the clock cannot be turned, jobs will seem to hang, and that is what is told.
            let _ = self.once(&turn);
        } else {
            tracing::info!("wait {time:?}");
            std::thread::sleep(time);
        }
    }

    fn pauses(&self) -> Pauses {
        if self.is_twin {
            Pauses::USUAL
        } else {
            Pauses::REAL
        }
    }

    fn most_patience(&self) -> Duration {
        if self.is_quick() {
            Duration::from_secs(60 * remove::MINUTES_HERE)
        } else {
            Duration::MAX
        }
    }

    fn lent(&self) -> &Lent {
        &self.lent
    }

    fn forbids(&self, operation: &Operation, request: Option<&Request>) -> Option<String> {
        limits::forbids(self, operation, request)
    }

    fn halted(&self) -> Option<Halt> {
        limits::halted(self)
    }

    fn n_leftovers(&self) -> usize {
        let state = self.shared.state();
        state
            .journal
            .as_ref()
            .map_or(0, |journal| journal.open().len())
    }

    fn mark(&self) -> Option<&str> {
        Some(self.shared.options.run.as_str()).filter(|run| !run.is_empty())
    }

    fn used(&self) -> Used {
        let state = self.shared.state();
        Used {
            requests: state.n_requests,
            creations: state.n_created,
            time: self.shared.time(),
        }
    }

    fn restore(&mut self) -> Restored {
        if !self.is_hurried() {
            return match self.remove_what_was_made() {
                true => Restored::Own,
                false => Restored::Nothing,
            };
        }
        let reset = self.once(&Request::new(Method::Post, "/-/reset"));
        match reset.is_ok_and(|answer| answer.status == 200) {
            true => Restored::Whole,
            false => Restored::Nothing,
        }
    }
}
