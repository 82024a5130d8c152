//! Microversions of the compute API: which one a request asks for, and what exists in it.

use serde_json::Value;

use super::call::Call;
use super::fault::Fault;
use crate::contract::{Constraint, Field, NotAVersion, Place, Statement, Version};
use crate::wire::{Headers, Request};

/// The header of the first microversions, and the one since 2.27.
const OLD: &str = "X-OpenStack-Nova-API-Version";
const NEW: &str = "OpenStack-API-Version";

/// The version of a request that asks for none, and the last documented one.
pub(super) const FIRST: Version = Version::new(2, 1);
pub(super) const LAST: Version = Version::new(2, 60);

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
    let version: Version = text
        .parse()
        .map_err(|error: NotAVersion| Fault::malformed_version(&error.to_string()))?;
    if (FIRST..=LAST).contains(&version) {
        Ok(version)
    } else {
        Err(Fault::unknown_version(&format!(
            "version {version} is not served; {FIRST} to {LAST} are"
        )))
    }
}

/// Says which version an answer is of.
pub(super) fn told(version: Version, headers: &mut Headers) {
    headers.set(OLD, version.to_string());
    headers.set(NEW, format!("compute {version}"));
    headers.set("Vary", format!("{NEW}, {OLD}"));
}

/// Leaves out of a call what its version does not have: query parameters and members of the body.
pub(super) fn leave_out_of(call: &mut Call<'_>) {
    let Some(version) = call.version else { return };
    for parameter in &call.operation.parameters {
        let field = &parameter.field;
        if parameter.place == Place::Query && !exists(&field.statements, Some(version)) {
            call.query.retain(|(name, _)| *name != field.name);
        }
    }
    if let Some(documented) = &call.operation.request {
        leave_out(&documented.fields, &mut call.body, version);
    }
}

fn leave_out(documented: &[Field], value: &mut Value, version: Version) {
    match value {
        Value::Object(members) => {
            for field in documented {
                if !exists(&field.statements, Some(version)) {
                    members.remove(&field.name);
                } else if let Some(member) = members.get_mut(&field.name) {
                    leave_out(&field.children, member, version);
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                leave_out(documented, item, version);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

/// Whether something with these statements exists in a version.
pub(super) fn exists(statements: &[Statement], version: Option<Version>) -> bool {
    let Some(version) = version else { return true };
    statements.iter().all(|statement| {
        let Constraint::Microversion { min, max } = &statement.constraint else {
            return true;
        };
        min.is_none_or(|min| min <= version) && max.is_none_or(|max| version <= max)
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
        check(&[(OLD, "2.26")], Ok(Version::new(2, 26)));
        check(&[(NEW, "compute 2.27")], Ok(Version::new(2, 27)));
        check(&[(NEW, "volume 3.1, compute 2.9")], Ok(Version::new(2, 9)));
        check(&[(NEW, "volume 3.1")], Ok(FIRST));
        check(
            &[(OLD, "2.3"), (NEW, "compute 2.9")],
            Ok(Version::new(2, 9)),
        );
        check(&[(OLD, "latest")], Ok(LAST));
        check(&[(OLD, "2.61")], Err(406));
        check(&[(OLD, "1.9")], Err(406));
        check(&[(OLD, "two")], Err(400));
        check(&[(OLD, "2.+3")], Err(400));
    }
}
