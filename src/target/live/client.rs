//! One exchange over HTTP. Everything that comes back is bounded in size and time.

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use secrecy::{ExposeSecret as _, SecretString};

use super::LiveOptions;
use crate::wire::{FailureKind, Headers, Request, Response, SendFailure};

/// A client that follows no redirect, keeps no cookie, unpacks nothing.
#[derive(Clone, Debug)]
pub(super) struct Client {
    http: reqwest::Client,
    is_proxied: bool,
    most_body: usize,
}

/// Why there is no client.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// The private authority's certificates are unusable.
    #[error("read the certificates of the private authority (PEM)")]
    Certificates(#[source] reqwest::Error),
    /// The proxy's URL is unusable.
    #[error("use the proxy `{proxy}`")]
    Proxy {
        /// The proxy.
        proxy: String,
        /// What is wrong with it.
        #[source]
        cause: reqwest::Error,
    },
    /// Anything else.
    #[error("prepare an HTTP client")]
    Other(#[source] reqwest::Error),
}

impl Client {
    pub(super) fn new(options: &LiveOptions) -> Result<Self, ClientError> {
        let mut builder = reqwest::Client::builder()
            // A redirect could carry the token to another host; it is an answer like any other.
            .redirect(reqwest::redirect::Policy::none())
            // What may be tried again, and when, is decided in one place.
            .retry(reqwest::retry::never())
            .connect_timeout(Duration::from_secs(10).min(options.patience))
            .timeout(options.patience);
        builder = match &options.proxy {
            None => builder.no_proxy(),
            Some(url) => builder.proxy(proxy(url, options.proxy_auth.as_ref())?),
        };
        if let Some(pem) = &options.ca {
            let certificates = reqwest::Certificate::from_pem_bundle(pem);
            for certificate in certificates.map_err(ClientError::Certificates)? {
                builder = builder.add_root_certificate(certificate);
            }
        }
        Ok(Self {
            http: builder.build().map_err(ClientError::Other)?,
            is_proxied: options.proxy.is_some(),
            most_body: options.most_body,
        })
    }

    /// Sends a request to a service and reads the whole answer.
    pub(super) async fn exchange(
        &self,
        url: &str,
        request: &Request,
    ) -> Result<Response, SendFailure> {
        let method =
            reqwest::Method::from_bytes(request.method.as_str().as_bytes()).map_err(unsendable)?;
        let url = format!("{url}{}", request.target);
        let mut sending = self.http.request(method, url).body(request.body.clone());
        for (name, value) in &request.headers.0 {
            let name = HeaderName::from_bytes(name.as_bytes()).map_err(unsendable)?;
            let value = HeaderValue::from_bytes(value.as_bytes()).map_err(unsendable)?;
            sending = sending.header(name, value);
        }
        let answer = sending
            .send()
            .await
            .map_err(|error| failure(&error, false))?;
        let status = answer.status().as_u16();
        if self.is_proxied && status == 407 {
            // No server on the other side says so.
            return Err(SendFailure {
                kind: FailureKind::Unreachable,
                detail: "the proxy wants to know who asks, and answered 407: see `proxy_auth`"
                    .to_owned(),
            });
        }
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
        while let Some(chunk) = answer
            .chunk()
            .await
            .map_err(|error| failure(&error, true))?
        {
            if body.len() + chunk.len() > self.most_body {
                let detail = format!("more than {} bytes", self.most_body);
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

fn proxy(url: &str, login: Option<&(String, SecretString)>) -> Result<reqwest::Proxy, ClientError> {
    let proxy = reqwest::Proxy::all(url).map_err(|cause| ClientError::Proxy {
        proxy: url.to_owned(),
        cause,
    })?;
    Ok(match login {
        None => proxy,
        Some((user, password)) => proxy.basic_auth(user, password.expose_secret()),
    })
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

/// What went wrong, without the URL: it is known, and could hold a secret. A connection that ends
/// before an answer begins is an outage; one that ends inside an answer broke it.
fn failure(error: &reqwest::Error, has_begun: bool) -> SendFailure {
    let mut causes = Vec::new();
    let mut cause = std::error::Error::source(error);
    let mut is_lost = error.is_connect();
    while let Some(deeper) = cause {
        let io = deeper
            .downcast_ref::<std::io::Error>()
            .map(std::io::Error::kind);
        is_lost |= !has_begun && io.is_some_and(is_loss);
        causes.push(deeper.to_string());
        cause = deeper.source();
    }
    // Hyper tells of a closed connection, and of HTTP/2's GOAWAY, in words only.
    let gone = ["connection closed", "connection error received"];
    let says_gone = |cause: &String| gone.iter().any(|words| cause.contains(words));
    is_lost |= !has_begun && causes.iter().any(says_gone);
    let kind = if error.is_timeout() {
        FailureKind::TimedOut
    } else if is_lost {
        FailureKind::Unreachable
    } else {
        FailureKind::BrokenAnswer
    };
    let detail = causes.pop().unwrap_or_else(|| "no cause given".to_owned());
    SendFailure { kind, detail }
}

fn is_loss(kind: std::io::ErrorKind) -> bool {
    use std::io::ErrorKind::{BrokenPipe, ConnectionAborted, ConnectionReset, NotConnected};
    matches!(
        kind,
        BrokenPipe | ConnectionAborted | ConnectionReset | NotConnected
    )
}
