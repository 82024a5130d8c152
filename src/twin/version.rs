//! Microversions of the compute API: which one a request asks for, and what exists in it.

use std::fmt;
use std::str::FromStr;

use super::fault::Fault;
use crate::contract::{Constraint, Statement};
use crate::wire::{Headers, Request};

/// The header of the first microversions, and the one since 2.27.
const OLD: &str = "X-OpenStack-Nova-API-Version";
const NEW: &str = "OpenStack-API-Version";

/// A microversion: `2.26`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Version(u16, u16);

/// The version of a request that asks for none, and the last documented one.
pub(super) const FIRST: Version = Version(2, 1);
pub(super) const LAST: Version = Version(2, 60);
/// Since when the answer to making an image names it in the body.
pub(super) const SINCE_IMAGE_ID: Version = Version(2, 45);

impl fmt::Display for Version {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0, self.1)
    }
}

impl FromStr for Version {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let (major, minor) = text.split_once('.').ok_or(())?;
        let number = |text: &str| {
            let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
            if digits {
                text.parse().map_err(|_| ())
            } else {
                Err(())
            }
        };
        Ok(Self(number(major)?, number(minor)?))
    }
}

/// The version that a request asks for. The newer header counts where both are given.
pub(super) fn asked(request: &Request) -> Result<Version, Fault> {
    let newer = request.headers.get(NEW).and_then(|value| {
        let mut services = value.split(',').map(str::trim);
        services.find_map(|service| service.strip_prefix("compute "))
    });
    let Some(text) = newer.or_else(|| request.headers.get(OLD)) else {
        return Ok(FIRST);
    };
    let text = text.trim();
    if text.eq_ignore_ascii_case("latest") {
        return Ok(LAST);
    }
    let version: Version = text.parse().map_err(|()| {
        Fault::malformed_version(&format!("`{text}` is no version; write it as 2.26"))
    })?;
    if (FIRST..=LAST).contains(&version) {
        Ok(version)
    } else {
        Err(Fault::unknown_version(&format!(
            "version {version} is not served; {FIRST} to {LAST} are"
        )))
    }
}

/// Whether a request asks for a version at all.
pub(super) fn is_asked(request: &Request) -> bool {
    [NEW, OLD]
        .iter()
        .any(|name| request.headers.get(name).is_some())
}

/// Says which version an answer is of.
pub(super) fn told(version: Version, headers: &mut Headers) {
    headers.set(OLD, version.to_string());
    headers.set(NEW, format!("compute {version}"));
    headers.set("Vary", format!("{NEW}, {OLD}"));
}

/// Whether something with these statements exists in a version.
pub(super) fn exists(statements: &[Statement], version: Option<Version>) -> bool {
    let Some(version) = version else { return true };
    statements.iter().all(|statement| {
        let Constraint::Microversion { min, max } = &statement.constraint else {
            return true;
        };
        let bound = |text: &Option<String>| text.as_deref().and_then(|text| text.parse().ok());
        bound(min).is_none_or(|min: Version| min <= version)
            && bound(max).is_none_or(|max: Version| version <= max)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::Method;

    fn check(headers: &[(&'static str, &str)], expected: Result<Version, u16>) {
        let mut request = Request::new(Method::Get, "/");
        for (name, value) in headers {
            request.headers.set(name, *value);
        }
        let seen = asked(&request).map_err(|fault| fault.status());
        assert_eq!(seen, expected, "{headers:?}");
    }

    #[test]
    fn both_headers_ask_for_a_version() {
        check(&[], Ok(FIRST));
        check(&[(OLD, "2.26")], Ok(Version(2, 26)));
        check(&[(NEW, "compute 2.27")], Ok(Version(2, 27)));
        check(&[(NEW, "volume 3.1, compute 2.9")], Ok(Version(2, 9)));
        check(&[(NEW, "volume 3.1")], Ok(FIRST));
        check(&[(OLD, "2.3"), (NEW, "compute 2.9")], Ok(Version(2, 9)));
        check(&[(OLD, "latest")], Ok(LAST));
        check(&[(OLD, "2.61")], Err(406));
        check(&[(OLD, "1.9")], Err(406));
        check(&[(OLD, "two")], Err(400));
        check(&[(OLD, "2.+3")], Err(400));
    }
}
