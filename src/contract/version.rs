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

#[cfg(test)]
mod tests {
    use super::super::sample;
    use super::*;
    use crate::wire::Method;

    fn since(first: &str) -> Statement {
        between(Some(first), None)
    }

    fn between(first: Option<&str>, last: Option<&str>) -> Statement {
        let version = |text: &str| text.parse().unwrap();
        Statement {
            constraint: Constraint::Microversion {
                min: first.map(version),
                max: last.map(version),
            },
            at: sample::at(),
            rule: "test".to_owned(),
        }
    }

    /// A kettle of which the operation as a whole and the fields of its answer have windows.
    fn kettle(whole: Vec<Statement>, fields: &[(&str, Vec<Statement>)]) -> Operation {
        let mut operation = sample::operation("GET /v2/kettles/{kettle_id}", "", "kettle.lid");
        operation.statements = whole;
        let kettle = &mut operation.response.as_mut().unwrap().fields[0];
        let plain = kettle.children.remove(0);
        kettle
            .children
            .extend(fields.iter().map(|(name, said)| Field {
                name: (*name).to_owned(),
                statements: said.clone(),
                ..plain.clone()
            }));
        operation
    }

    fn usual(whole: Vec<Statement>, fields: &[(&str, Vec<Statement>)]) -> String {
        let version = kettle(whole, fields).usual_version();
        version.map_or("any".to_owned(), |version| version.to_string())
    }

    #[test]
    fn the_usual_version_has_the_most_and_lost_nothing() {
        assert_eq!(usual(vec![], &[]), "any");
        assert_eq!(usual(vec![since("2.26")], &[]), "2.26");
        let lid = ("lid", vec![since("2.3")]);
        let spout = ("spout", vec![since("2.47")]);
        let cord = ("cord", vec![between(None, Some("2.46"))]);
        assert_eq!(usual(vec![], &[lid.clone(), spout.clone()]), "2.47");
        assert_eq!(usual(vec![], &[lid, spout, cord.clone()]), "2.3");
        assert_eq!(usual(vec![], &[cord]), "any");
    }

    fn protocol() -> VersionProtocol {
        let header = |name: &str, service: Option<&str>| VersionHeader {
            name: name.to_owned(),
            service: service.map(str::to_owned),
        };
        VersionProtocol {
            headers: vec![
                header("X-Kettle-Version", None),
                header("Kitchen-Version", Some("kettle")),
            ],
            default: Some(Version::new(2, 1)),
            at: sample::at(),
        }
    }

    #[test]
    fn a_request_is_of_the_version_that_it_asks_for() {
        let of = |name: &'static str, value: &str| {
            let mut request = Request::new(Method::Get, "/");
            request.headers.set(name, value);
            protocol().of(&request).map(|version| version.to_string())
        };
        assert_eq!(of("x-kettle-version", "2.10").as_deref(), Some("2.10"));
        assert_eq!(
            of("Kitchen-Version", "oven 1.2, kettle 2.9").as_deref(),
            Some("2.9")
        );
        assert_eq!(of("Kitchen-Version", "oven 1.2"), None);
        assert_eq!(of("X-Kettle-Version", "latest"), None);
        assert_eq!(of("Accept", "2.9").as_deref(), Some("2.1"));
    }

    #[test]
    fn it_is_asked_for_once_and_where_it_matters() {
        let asked = |operation: &Operation, named: Option<&'static str>| {
            let mut contract = sample::contract(vec![operation.clone()]);
            contract.versions = Some(protocol());
            let mut request = Request::new(Method::Get, "/");
            if let Some(name) = named {
                request.headers.set(name, "kettle 2.9");
            }
            contract.ask_usual_version(operation, &mut request);
            let lines = request.headers.0.iter();
            lines
                .map(|(name, value)| format!("{name}: {value}"))
                .collect::<Vec<_>>()
                .join("\n")
        };
        let plain = kettle(vec![], &[]);
        let windowed = kettle(vec![since("2.26")], &[]);
        assert_eq!(asked(&plain, None), "");
        assert_eq!(asked(&windowed, None), "X-Kettle-Version: 2.26");
        assert_eq!(
            asked(&windowed, Some("Kitchen-Version")),
            "Kitchen-Version: kettle 2.9"
        );
    }

    #[test]
    fn versions_are_numbers() {
        let version = |text: &str| text.parse::<Version>();
        assert!(version("2.9").unwrap() < version("2.10").unwrap());
        for text in ["2", "2.", ".9", "2.+9", "2.9.1", "2.99999", ""] {
            assert_eq!(version(text), Err(NotAVersion(text.to_owned())));
        }
        assert_eq!(Version::new(2, 0).before(), None);
    }
}
