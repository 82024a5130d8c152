//! Versions of an operation that one path has: what exists in which, and how a request asks for one.

use std::fmt;
use std::str::FromStr;

use super::{Constraint, Contract, Field, Operation, Statement};
use crate::source::Provenance;
use crate::wire::Request;

/// A microversion: `2.26`. Later ones are greater.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// Before the dot.
    pub major: u16,
    /// After it.
    pub minor: u16,
}

/// A text that is no microversion.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is no version; write it as 2.26")]
pub struct NotAVersion(pub String);

impl Version {
    /// A version by its two numbers.
    pub const fn new(major: u16, minor: u16) -> Self {
        Self { major, minor }
    }

    /// The version before this one, where its first number has one.
    pub fn before(self) -> Option<Self> {
        let minor = self.minor.checked_sub(1)?;
        Some(Self { minor, ..self })
    }

    /// The version after this one.
    pub fn after(self) -> Option<Self> {
        let minor = self.minor.checked_add(1)?;
        Some(Self { minor, ..self })
    }
}

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

impl FromStr for Version {
    type Err = NotAVersion;

    fn from_str(text: &str) -> Result<Self, NotAVersion> {
        let number = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            text.parse().ok().filter(|_| digits)
        };
        let parts = text.split_once('.');
        let numbers = parts.and_then(|(major, minor)| Some((number(major)?, number(minor)?)));
        let (major, minor) = numbers.ok_or_else(|| NotAVersion(text.to_owned()))?;
        Ok(Self { major, minor })
    }
}

/// How a request asks for a microversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionProtocol {
    /// The headers that do it, each of them enough; the first one named is the first here.
    pub headers: Vec<VersionHeader>,
    /// The version of a request that names none.
    pub default: Option<Version>,
    /// The line that says so, or else the first that names a header.
    pub at: Provenance,
}

/// A header that asks for a microversion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionHeader {
    /// Its name.
    pub name: String,
    /// The word that stands before the version: `compute`.
    pub service: Option<String>,
}

impl VersionHeader {
    /// Its value that asks for a version.
    pub fn value(&self, version: Version) -> String {
        match &self.service {
            Some(service) => format!("{service} {version}"),
            None => version.to_string(),
        }
    }

    /// The version that a value asks for.
    fn asked(&self, value: &str) -> Option<Version> {
        let mut services = value.split(',').map(str::trim);
        let version = match &self.service {
            Some(service) => services.find_map(|one| one.strip_prefix(service.as_str()))?,
            None => services.next()?,
        };
        version.trim().parse().ok()
    }
}

impl VersionProtocol {
    /// The version that a request is of, where the documents say it.
    pub fn of(&self, request: &Request) -> Option<Version> {
        let mut headers = self.headers.iter();
        let named = headers.find_map(|header| Some((header, request.headers.get(&header.name)?)));
        match named {
            Some((header, value)) => header.asked(value),
            None => self.default,
        }
    }

    /// Asks for a version, in the way that is named first, unless the request asks for one already.
    pub fn ask(&self, request: &mut Request, version: Version) {
        let is_named = |header: &VersionHeader| request.headers.get(&header.name).is_some();
        if self.headers.iter().any(is_named) {
            return;
        }
        if let Some(header) = self.headers.first() {
            let value = header.value(version);
            request.headers.0.push((header.name.clone().into(), value));
        }
    }
}

/// The versions that have something: from the first of these to the last.
pub fn window(statements: &[Statement]) -> (Option<Version>, Option<Version>) {
    let (mut first, mut last) = (None, None);
    for statement in statements {
        if let Constraint::Microversion { min, max } = statement.constraint {
            first = first.max(min);
            last = [last, max].into_iter().flatten().min();
        }
    }
    (first, last)
}

/// Whether a version has something of which this is said.
pub fn exists(statements: &[Statement], version: Version) -> bool {
    let (first, last) = window(statements);
    first.is_none_or(|first| first <= version) && last.is_none_or(|last| version <= last)
}

impl Operation {
    /// The version to ask for where all of an operation is wanted: the first that has the most without
    /// having lost anything. None where nothing depends on the version.
    pub fn usual_version(&self) -> Option<Version> {
        let windows = self.windows();
        let first_loss = windows.iter().filter_map(|(_, last)| *last).min();
        let news = windows.iter().filter_map(|(first, _)| *first);
        let kept = news.filter(|news| first_loss.is_none_or(|loss| *news <= loss));
        kept.max()
    }

    /// Whether anything of the operation depends on the version.
    pub fn has_versions(&self) -> bool {
        !self.windows().is_empty()
    }

    /// Windows that the operation, its parameters and the fields of its bodies have.
    fn windows(&self) -> Vec<(Option<Version>, Option<Version>)> {
        let mut found = Vec::new();
        let mut note = |said: &[Statement]| match window(said) {
            (None, None) => {}
            window => found.push(window),
        };
        note(&self.statements);
        for parameter in &self.parameters {
            note(&parameter.field.statements);
        }
        for body in self.request.iter().chain(&self.response) {
            visit(&body.fields, &mut note);
        }
        found
    }
}

fn visit(fields: &[Field], note: &mut impl FnMut(&[Statement])) {
    for field in fields {
        note(&field.statements);
        visit(&field.children, note);
    }
}

impl Contract {
    /// Has a request to an operation ask for the version that has all of it, where it depends on one.
    pub fn ask_usual_version(&self, operation: &Operation, request: &mut Request) {
        if let Some(versions) = &self.versions
            && let Some(usual) = operation.usual_version()
        {
            versions.ask(request, usual);
        }
    }
}
