//! The lines of a journal.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::super::world::Caller;
use super::super::{Rules, Twin};
use super::redact;
use crate::wire::{Headers, Request, Response, UnknownMethod};

/// The version of the format.
pub(super) const VERSION: u32 = 1;

/// The first line: what the Twin was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Opening {
    /// The version of the format.
    pub(super) version: u32,
    /// What decided its ids.
    pub seed: u64,
    /// The edition that it kept; none: the newest of each operation.
    pub edition: Option<String>,
    /// Its Defect, where it was ill.
    pub defect: Option<String>,
    /// Whether callers had to say who they are.
    authentication: bool,
    /// Whether documented permissions counted.
    permissions: bool,
    /// Whether documented rates counted.
    rate_limits: bool,
    /// The SHA-256 of its world.
    pub(super) world: String,
}

impl Opening {
    /// The first line of the journal of a Twin that keeps an edition and was not asked anything yet.
    pub fn of(twin: &Twin, edition: Option<&str>) -> Self {
        Self {
            version: VERSION,
            seed: twin.world.seed(),
            edition: edition.map(str::to_owned),
            defect: twin.defect.as_ref().map(|defect| defect.id.clone()),
            authentication: twin.rules.authentication,
            permissions: twin.rules.permissions,
            rate_limits: twin.rules.rate_limits,
            world: redact::fingerprint(&twin.world().to_string()),
        }
    }

    /// What its Twin asked of callers.
    pub fn rules(&self) -> Rules {
        Rules {
            authentication: self.authentication,
            permissions: self.permissions,
            rate_limits: self.rate_limits,
        }
    }

    /// The line.
    pub fn line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// A further line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Entry {
    /// A request and its answer.
    Exchange(Box<Exchanged>),
    /// The Twin was put back to its start.
    Reset {},
}

/// A request, its answer, and what is needed to try it again.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exchanged {
    /// The virtual time.
    time: String,
    /// The time by which signatures were dated.
    wall: Option<String>,
    /// Who the Twin took the caller for.
    caller: Option<Known>,
    pub(super) request: Sent,
    pub(super) response: Told,
}

/// Somebody whom the Twin knows.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Known {
    user: String,
    project: String,
}

/// A request without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Sent {
    pub(super) method: String,
    pub(super) target: String,
    headers: Vec<(String, String)>,
    body: Kept,
}

/// An answer without its secrets.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Told {
    pub(super) status: u16,
    headers: Vec<(String, String)>,
    pub(super) body: Kept,
}

/// A body: text, or base64 of what is none.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub(super) enum Kept {
    Text(String),
    Bytes { base64: String },
}

impl Kept {
    fn of(bytes: &[u8]) -> Self {
        match std::str::from_utf8(bytes) {
            Ok(text) => Kept::Text(redact::text(text)),
            Err(_) => Kept::Bytes {
                base64: STANDARD.encode(bytes),
            },
        }
    }

    fn bytes(&self) -> Vec<u8> {
        match self {
            Kept::Text(text) => text.clone().into_bytes(),
            // What is broken here was broken by hand, and is answered as such.
            Kept::Bytes { base64 } => STANDARD.decode(base64).unwrap_or_default(),
        }
    }
}

impl Entry {
    /// The line of an exchange with a Twin that took the caller for somebody.
    pub(in crate::twin) fn of(
        twin: &Twin,
        caller: Option<&Caller>,
        request: &Request,
        response: &Response,
    ) -> Self {
        Entry::Exchange(Box::new(Exchanged {
            time: twin.now().to_string(),
            wall: twin.wall.map(|wall| wall.to_string()),
            caller: caller.map(|caller| Known {
                user: caller.user.clone(),
                project: caller.project.clone(),
            }),
            request: Sent {
                method: request.method.to_string(),
                target: request.target.clone(),
                headers: redact::headers(&request.headers),
                body: Kept::of(&request.body),
            },
            response: Told::of(response),
        }))
    }

    /// The line.
    pub fn line(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

impl Exchanged {
    pub(super) fn time(&self) -> Option<Timestamp> {
        self.time.parse().ok()
    }

    pub(super) fn wall(&self) -> Option<Timestamp> {
        self.wall.as_ref().and_then(|wall| wall.parse().ok())
    }

    /// The caller, as the same person in another Twin.
    pub(super) fn caller(&self, twin: &Twin) -> Option<Caller> {
        let known = self.caller.as_ref()?;
        let mut users = twin.world.people.users.iter();
        let user = users.find(|user| user.id == known.user)?;
        Some(Caller {
            project: known.project.clone(),
            ..user.at_home()
        })
    }
}

impl Sent {
    /// The request, with the secrets of a Twin that has the same ones.
    pub(super) fn again(&self, twin: &Twin) -> Result<Request, UnknownMethod> {
        let mut request = Request::new(self.method.parse()?, self.target.clone());
        let people = &twin.world.people;
        let lines = self.headers.iter().map(|(name, value)| {
            let value = redact::known(value, people.tokens()).unwrap_or(value);
            (name.clone().into(), value.to_owned())
        });
        request.headers = Headers(lines.collect());
        let passwords = people.users.iter().map(|user| user.password.as_str());
        request.body = redact::with_passwords(self.body.bytes(), passwords).into();
        Ok(request)
    }
}

impl Told {
    pub(super) fn of(response: &Response) -> Self {
        Self {
            status: response.status,
            headers: redact::headers(&response.headers),
            body: Kept::of(&response.body),
        }
    }
}
