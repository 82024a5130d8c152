//! Which microversions an operation is asked for: just below each of its windows, at it, and above.

use std::collections::BTreeSet;

use super::AskedVersion;
use super::boundary::Side;
use crate::contract::{
    Constraint, Contract, Field, Operation, Presence, Statement, Version, VersionProtocol, exists,
    window,
};

/// A version to ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct VersionAttempt {
    pub(super) slug: String,
    pub(super) title: String,
    pub(super) version: AskedVersion,
    /// Whether the version has the operation.
    pub(super) side: Side,
}

/// The versions around the window of the operation as a whole. None where the document says no way to
/// ask for one.
pub(super) fn of_operation(operation: &Operation, contract: &Contract) -> Vec<VersionAttempt> {
    let Some(versions) = &contract.versions else {
        return Vec::new();
    };
    let mut found = Vec::new();
    if window(&operation.statements) == (None, None) {
        return found;
    }
    for version in around([&operation.statements], versions) {
        found.push(VersionAttempt {
            slug: version.to_string(),
            title: format!("asked for in version {version}"),
            version: AskedVersion::This(version),
            side: side(operation, version),
        });
    }
    if let Some(default) = versions.default {
        found.push(VersionAttempt {
            slug: "unnamed".to_owned(),
            title: format!("asked for in no version, which means {default}"),
            version: AskedVersion::Unnamed,
            side: side(operation, default),
        });
    }
    found
}

/// The versions around the windows of what an answer shows, in which there is the operation.
pub(super) fn of_answer(operation: &Operation, contract: &Contract) -> Vec<VersionAttempt> {
    let Some(versions) = &contract.versions else {
        return Vec::new();
    };
    let fields = operation.response_fields();
    let said = fields.iter().map(|(_, field)| &field.statements);
    let wanted = |version: &Version| exists(&operation.statements, *version);
    let around = around(said, versions).into_iter().filter(wanted);
    let attempts = around.map(|version| VersionAttempt {
        slug: format!("answer-{version}"),
        title: format!("what it answers in version {version}"),
        version: AskedVersion::This(version),
        side: Side::Inside,
    });
    attempts.collect()
}

/// The first version that has a field of a request.
pub(super) fn of_field(field: &Field, constraint: &Constraint) -> Option<AskedVersion> {
    let Constraint::Microversion { min, max } = constraint else {
        return None;
    };
    let version = min.or(*max)?;
    exists(&field.statements, version).then_some(AskedVersion::This(version))
}

/// Whether a version has all that a request must have.
pub(super) fn has_what_is_required(operation: &Operation, version: AskedVersion) -> bool {
    let AskedVersion::This(version) = version else {
        return true;
    };
    let parameters = operation.parameters.iter().map(|known| &known.field);
    let body = operation.request_fields().into_iter();
    let mut fields = parameters.chain(body.map(|(_, field)| field));
    fields.all(|field| {
        let optional = field.presence == Presence::Optional;
        optional || exists(&field.statements, version)
    })
}

fn side(operation: &Operation, version: Version) -> Side {
    if exists(&operation.statements, version) {
        Side::Inside
    } else {
        Side::Outside
    }
}

/// The versions at both sides of each end of these windows, none before the documented first one.
fn around<'s>(
    said: impl IntoIterator<Item = &'s Vec<Statement>>,
    versions: &VersionProtocol,
) -> BTreeSet<Version> {
    let mut found = BTreeSet::new();
    for statements in said {
        let (first, last) = window(statements);
        found.extend(first);
        found.extend(first.and_then(Version::before));
        found.extend(last);
        found.extend(last.and_then(Version::after));
    }
    found.retain(|version| versions.default.is_none_or(|first| first <= *version));
    found
}
