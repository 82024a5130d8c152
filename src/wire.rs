//! What goes over the wire, as plain data: [`Request`], [`Response`], [`Exchange`].
//!
//! Knows no transport. Header names compare without case; bodies are shared bytes.

use std::borrow::Cow;
use std::fmt;
use std::str::FromStr;
use std::time::Duration;

use bytes::Bytes;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use wildmatch::WildMatchPattern;

/// Stands for the target's own token in a request that is kept or shown, so that no secret reaches
/// a Finding; as a shell word it is where a `curl` takes the token from.
pub const OWN_TOKEN: &str = "$PROOFHOUSE_TOKEN";

/// An HTTP method.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "the names are the meaning")]
pub enum Method {
    Get,
    Head,
    Post,
    Put,
    Patch,
    Delete,
    Options,
}

impl Method {
    /// The method in capitals.
    pub fn as_str(self) -> &'static str {
        match self {
            Method::Get => "GET",
            Method::Head => "HEAD",
            Method::Post => "POST",
            Method::Put => "PUT",
            Method::Patch => "PATCH",
            Method::Delete => "DELETE",
            Method::Options => "OPTIONS",
        }
    }

    /// Whether HTTP promises that the method changes nothing.
    pub fn is_safe(self) -> bool {
        matches!(self, Method::Get | Method::Head | Method::Options)
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A word that is not an HTTP method this project knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not an HTTP method")]
pub struct UnknownMethod(pub String);

impl FromStr for Method {
    type Err = UnknownMethod;

    fn from_str(word: &str) -> Result<Self, UnknownMethod> {
        [
            Method::Get,
            Method::Head,
            Method::Post,
            Method::Put,
            Method::Patch,
            Method::Delete,
            Method::Options,
        ]
        .into_iter()
        .find(|method| method.as_str() == word)
        .ok_or_else(|| UnknownMethod(word.to_owned()))
    }
}

/// Header lines in the order given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Headers(pub Vec<(Cow<'static, str>, String)>);

impl Headers {
    /// The first value of `name`, compared without case.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }

    /// Replaces every value of `name`.
    pub fn set(&mut self, name: &'static str, value: impl Into<String>) {
        self.remove(name);
        self.0.push((Cow::Borrowed(name), value.into()));
    }

    /// Removes every value of `name`.
    pub fn remove(&mut self, name: &str) {
        self.0.retain(|(key, _)| !key.eq_ignore_ascii_case(name));
    }
}

/// A request as it is sent, without the endpoint in front.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    /// The method.
    pub method: Method,
    /// Path and query, percent-encoded: `/v1/p/servers?limit=1`.
    pub target: String,
    /// The header lines.
    pub headers: Headers,
    /// The body, empty when there is none.
    pub body: Bytes,
}

impl Request {
    /// A request without headers or body.
    pub fn new(method: Method, target: impl Into<String>) -> Self {
        Self {
            method,
            target: target.into(),
            headers: Headers::default(),
            body: Bytes::new(),
        }
    }

    /// The target up to the `?`, still encoded.
    pub fn path(&self) -> &str {
        self.target
            .split_once('?')
            .map_or(self.target.as_str(), |(path, _)| path)
    }

    /// The decoded pairs of the query, in order.
    pub fn query(&self) -> impl Iterator<Item = (Cow<'_, str>, Cow<'_, str>)> {
        self.target
            .split_once('?')
            .map_or("", |(_, query)| query)
            .split('&')
            .filter(|pair| !pair.is_empty())
            .map(|pair| {
                let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
                (decode(name), decode(value))
            })
    }
}

fn decode(text: &str) -> Cow<'_, str> {
    percent_decode_str(text).decode_utf8_lossy()
}

/// What a server answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Response {
    /// The status code.
    pub status: u16,
    /// The header lines.
    pub headers: Headers,
    /// The body, empty when there is none.
    pub body: Bytes,
}

/// What people call the id that a server gave an exchange: the first that an answer has is taken.
const REQUEST_ID: [&str; 4] = [
    "X-Request-Id",
    "X-Openstack-Request-Id",
    "X-Compute-Request-Id",
    "Request-Id",
];

impl Response {
    /// The id under which the server's people find the exchange: of one of the usual names, else of
    /// any that ends like them.
    pub fn request_id(&self) -> Option<&str> {
        let usual = REQUEST_ID.iter().find_map(|name| self.headers.get(name));
        let like = || {
            let mut headers = self.headers.0.iter();
            headers.find_map(|(name, value)| {
                let name = name.replace('-', "").to_ascii_lowercase();
                let is_id = name.ends_with("requestid") || name.ends_with("traceid");
                is_id.then_some(value.as_str())
            })
        };
        usual.or_else(like).filter(|id| !id.trim().is_empty())
    }

    /// What an answer says to a person: its message where it has one, else how its text begins.
    pub fn words(&self) -> Option<String> {
        /// A person reads no more of it.
        const MOST: usize = 160;
        let words = match serde_json::from_slice(&self.body) {
            Ok(body) => message(&body)?.to_owned(),
            Err(_) => String::from_utf8_lossy(&self.body).into_owned(),
        };
        let words: Vec<&str> = words.split_whitespace().collect();
        let words: String = words.join(" ").chars().take(MOST).collect();
        (!words.is_empty()).then_some(words)
    }
}

/// The first text that is called a message.
fn message(body: &Value) -> Option<&str> {
    let Value::Object(members) = body else {
        return None;
    };
    let own = members.iter().find_map(|(name, value)| {
        let name = name.to_ascii_lowercase();
        let is_message = name.ends_with("message") || name.ends_with("msg");
        value.as_str().filter(|_| is_message)
    });
    own.or_else(|| members.values().find_map(message))
}

/// A part of a server: the paths that one URL takes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Service {
    /// Scheme, host and port, and perhaps a path before all others; no slash at the end.
    pub url: String,
    /// The paths it takes, `*` for any characters. None: all.
    pub paths: Vec<String>,
}

impl Service {
    /// Whether it takes a path.
    pub fn takes(&self, path: &str) -> bool {
        self.paths.is_empty() || self.paths.iter().any(|pattern| fits(pattern, path))
    }
}

/// Whether `text` fits a pattern in which `*` stands for any characters.
pub fn fits(pattern: &str, text: &str) -> bool {
    WildMatchPattern::<'*', '\0'>::new(pattern).matches(text)
}

/// Why no whole answer came back.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{kind}: {detail}")]
pub struct SendFailure {
    /// The family of the failure.
    pub kind: FailureKind,
    /// What the transport said, with secrets removed.
    pub detail: String,
}

/// The families of failure. An outage says nothing about the Contract; a broken answer does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FailureKind {
    /// No connection could be made.
    Unreachable,
    /// No whole answer in time.
    TimedOut,
    /// The answer stopped before its end, or is not HTTP.
    BrokenAnswer,
    /// The answer is larger than the limit of the run.
    TooLarge,
}

impl fmt::Display for FailureKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FailureKind::Unreachable => "unreachable",
            FailureKind::TimedOut => "timed out",
            FailureKind::BrokenAnswer => "broken answer",
            FailureKind::TooLarge => "answer too large",
        })
    }
}

/// One request and what came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchange {
    /// What was sent.
    pub request: Request,
    /// What came back, or why nothing did.
    pub outcome: Result<Response, SendFailure>,
    /// From the first byte sent to the last byte read.
    pub elapsed: Duration,
}

impl Exchange {
    /// The response, when there is a whole one.
    pub fn response(&self) -> Option<&Response> {
        self.outcome.as_ref().ok()
    }

    /// The status for people: `202`, or why there is none.
    pub fn seen(&self) -> String {
        match &self.outcome {
            Ok(response) => response.status.to_string(),
            Err(failure) => failure.kind.to_string(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headers: &[(&'static str, &str)], id: Option<&str>) {
        let mut response = Response {
            status: 200,
            headers: Headers::default(),
            body: Bytes::new(),
        };
        for (name, value) in headers {
            response.headers.set(name, *value);
        }
        assert_eq!(response.request_id(), id, "{headers:?}");
    }

    #[test]
    fn the_servers_name_for_an_exchange_is_found() {
        check(&[("Date", "today"), ("x-request-id", "r1")], Some("r1"));
        check(
            &[("X-Trace-Id", "t1"), ("X-Compute-Request-Id", "r1")],
            Some("r1"),
        );
        check(&[("X-Kettle-RequestId", "k1")], Some("k1"));
        check(&[("X-Request-Id", " ")], None);
        check(&[("X-Request-Identity", "me")], None);
    }
}
