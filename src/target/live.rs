//! A live server behind HTTP. Everything that comes back is bounded in size and time.
#![expect(
    clippy::disallowed_methods,
    reason = "a live target waits in real time"
)]

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use tokio::runtime::Runtime;

use super::{Lent, Permission, Target};
use crate::wire::{FailureKind, Headers, Method, Request, Response, SendFailure};

/// How to reach a live server, and what may be done there.
#[derive(Clone)]
pub struct LiveOptions {
    /// Scheme, host and port, and perhaps a path before all others.
    pub endpoint: String,
    /// The token of `X-Auth-Token`. Never shown.
    pub token: Option<String>,
    /// What the run may do. None: read only, but anything on a Twin.
    pub permission: Option<Permission>,
    /// What the run may use.
    pub lent: Lent,
    /// The longest time for one whole answer.
    pub patience: Duration,
    /// The largest body that is read.
    pub most_body: usize,
}

impl LiveOptions {
    /// The usual limits: 30 seconds and 8 MiB an answer.
    pub fn new(endpoint: &str) -> Self {
        Self {
            endpoint: endpoint.trim_end_matches('/').to_owned(),
            token: None,
            permission: None,
            lent: Lent::default(),
            patience: Duration::from_secs(30),
            most_body: 8 * 1024 * 1024,
        }
    }
}

impl fmt::Debug for LiveOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("LiveOptions")
            .field("endpoint", &self.endpoint)
            .field("token", &self.token.as_ref().map(|_| "(secret)"))
            .field("permission", &self.permission)
            .finish_non_exhaustive()
    }
}

/// Why a live target cannot be used at all.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The endpoint is not a URL.
    #[error("`{0}` is not an http or https URL")]
    NotAUrl(String),
    /// Nobody answers there.
    #[error("nobody answers at `{endpoint}`")]
    Unreachable {
        /// The endpoint.
        endpoint: String,
        /// What happened.
        #[source]
        cause: SendFailure,
    },
    /// The client itself cannot be made.
    #[error("failed to prepare an HTTP client")]
    Client(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A live server.
pub struct Live {
    options: LiveOptions,
    client: reqwest::Client,
    runtime: Runtime,
    is_twin: bool,
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live")
            .field("options", &self.options)
            .field("is_twin", &self.is_twin)
            .finish_non_exhaustive()
    }
}

impl Live {
    /// Connects: asks for `/`, and recognises a Twin by its name. A Twin tells what it lends and
    /// may be written to.
    ///
    /// # Errors
    /// When the endpoint is no URL, or nobody answers there.
    pub fn connect(options: LiveOptions) -> Result<Self, ConnectError> {
        let url = reqwest::Url::parse(&options.endpoint)
            .ok()
            .filter(|url| matches!(url.scheme(), "http" | "https"));
        if url.is_none_or(|url| !url.has_host()) {
            return Err(ConnectError::NotAUrl(options.endpoint));
        }
        let client = reqwest::Client::builder()
            // A redirect could carry the token to another host; it is an answer like any other.
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(10))
            .timeout(options.patience)
            .no_proxy()
            .build()
            .map_err(|cause| ConnectError::Client(cause.into()))?;
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(|cause| ConnectError::Client(cause.into()))?;
        let mut live = Self {
            options,
            client,
            runtime,
            is_twin: false,
        };
        match live.send(&Request::new(Method::Get, "/")) {
            Ok(hello) => live.greet(&hello),
            Err(cause) if cause.kind == FailureKind::Unreachable => {
                let endpoint = live.options.endpoint.clone();
                return Err(ConnectError::Unreachable { endpoint, cause });
            }
            // Somebody is there, who may still answer what is documented.
            Err(_) => {}
        }
        Ok(live)
    }

    fn greet(&mut self, hello: &Response) {
        self.is_twin = hello
            .headers
            .get("server")
            .is_some_and(|name| name.starts_with("proofhouse-twin"));
        if !self.is_twin {
            return;
        }
        let lent = self.send(&Request::new(Method::Get, "/-/lent"));
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
        self.options.token = self.options.token.take().or(token);
        for (name, values) in lent.0 {
            self.options.lent.0.entry(name).or_insert(values);
        }
    }

    async fn exchange(&self, request: &Request) -> Result<Response, SendFailure> {
        let method =
            reqwest::Method::from_bytes(request.method.as_str().as_bytes()).map_err(unsendable)?;
        let url = format!("{}{}", self.options.endpoint, request.target);
        let mut sending = self.client.request(method, url).body(request.body.clone());
        for (name, value) in &request.headers.0 {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(unsendable)?;
            let value = HeaderValue::from_bytes(value.as_bytes()).map_err(unsendable)?;
            sending = sending.header(name, value);
        }
        let answer = sending.send().await.map_err(|error| failure(&error))?;
        let status = answer.status().as_u16();
        let headers = headers(answer.headers());
        let body = self.body(answer).await?;
        Ok(Response {
            status,
            headers,
            body,
        })
    }

    async fn body(&self, mut answer: reqwest::Response) -> Result<Bytes, SendFailure> {
        let mut body = BytesMut::new();
        while let Some(chunk) = answer.chunk().await.map_err(|error| failure(&error))? {
            if body.len() + chunk.len() > self.options.most_body {
                let detail = format!("more than {} bytes", self.options.most_body);
                return Err(SendFailure {
                    kind: FailureKind::TooLarge,
                    detail,
                });
            }
            body.extend_from_slice(&chunk);
        }
        Ok(body.freeze())
    }
}

fn headers(map: &HeaderMap) -> Headers {
    let lines = map.iter().map(|(name, value)| {
        (
            Cow::Owned(name.as_str().to_owned()),
            String::from_utf8_lossy(value.as_bytes()).into_owned(),
        )
    });
    Headers(lines.collect())
}

fn unsendable(error: impl fmt::Display) -> SendFailure {
    SendFailure {
        kind: FailureKind::Unreachable,
        detail: format!("the request cannot be sent: {error}"),
    }
}

/// What went wrong, without the URL: it is known, and could hold a secret.
fn failure(error: &reqwest::Error) -> SendFailure {
    let kind = if error.is_timeout() {
        FailureKind::TimedOut
    } else if error.is_connect() {
        FailureKind::Unreachable
    } else {
        FailureKind::BrokenAnswer
    };
    let mut causes = Vec::new();
    let mut cause = std::error::Error::source(error);
    while let Some(deeper) = cause {
        causes.push(deeper.to_string());
        cause = deeper.source();
    }
    let detail = causes.pop().unwrap_or_else(|| "no cause given".to_owned());
    SendFailure { kind, detail }
}

impl Target for Live {
    fn name(&self) -> &str {
        &self.options.endpoint
    }

    fn endpoint(&self) -> &str {
        &self.options.endpoint
    }

    fn send(&mut self, request: &Request) -> Result<Response, SendFailure> {
        self.runtime.block_on(self.exchange(request))
    }

    fn authorize(&self, request: &mut Request) {
        if let Some(token) = &self.options.token {
            request.headers.set("X-Auth-Token", token.as_str());
        }
    }

    fn wait(&mut self, time: Duration) {
        if self.is_twin {
            let mut turn = Request::new(Method::Post, "/-/clock");
            turn.body = format!("{{\"advance_seconds\": {}}}", time.as_secs_f64()).into();
            // Where the clock cannot be turned, jobs will seem to hang, and that is what is told.
            let _ = self.send(&turn);
        } else {
            std::thread::sleep(time);
        }
    }

    fn lent(&self) -> &Lent {
        &self.options.lent
    }

    fn permission(&self) -> Permission {
        let usual = if self.is_twin {
            Permission::Write
        } else {
            Permission::Read
        };
        self.options.permission.unwrap_or(usual)
    }

    fn restore(&mut self) -> bool {
        self.is_twin
            && self
                .send(&Request::new(Method::Post, "/-/reset"))
                .is_ok_and(|answer| answer.status == 200)
    }
}
