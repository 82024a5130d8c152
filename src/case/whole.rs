//! Requests as a whole: who asks, whether what they name exists, members that nobody documented.

use serde_json::Value;

use super::valid::scalar;
use super::{Credentials, Draft, Given, Template};
use crate::contract::{Contract, Field, Kind, Operation, Place, Segment};

/// A name that nobody documents.
const STRANGER: &str = "proofhouse_unknown";

/// A well-formed id that no server has given to anything.
const NOBODY: &str = "404c0ffe-dead-4bad-8bad-404404404404";

/// Whether the document says what becomes of requests without valid credentials.
pub(super) fn promises_authentication(operation: &Operation, contract: &Contract) -> bool {
    let listed = contract.statuses.iter().any(|status| status.code == 401);
    let coded = contract
        .error_codes
        .iter()
        .any(|code| code.status == Some(401));
    let header = operation.parameters.iter().any(|parameter| {
        let name = parameter.field.name.to_ascii_lowercase();
        parameter.place == Place::Header
            && (name.contains("token") || name.contains("authorization"))
    });
    // Before any literal of a path nobody is asked who they are: there, versions introduce themselves.
    let literal = |segment: &Segment| matches!(segment, Segment::Literal(_));
    let introduces = !operation.path.0.iter().any(literal);
    (listed || coded || header) && !introduces
}

/// Requests of somebody without valid credentials.
pub(super) fn strangers(draft: &Draft) -> [(&'static str, &'static str, Draft); 2] {
    let asked_by = |credentials| Draft {
        credentials,
        ..draft.clone()
    };
    [
        ("no-token", "without a token", asked_by(Credentials::None)),
        (
            "invalid-token",
            "with a token nobody issued",
            asked_by(Credentials::Invalid),
        ),
    ]
}

/// A well-formed id of something that does not exist. None where the parameter's values are listed.
pub(super) fn nobody(field: Option<&Field>) -> Option<String> {
    let Some(field) = field else {
        return Some(NOBODY.to_owned());
    };
    if super::valid::listed(field, 0).next().is_some() {
        return None;
    }
    if super::broken::keeps_all(field, &Value::from(NOBODY)) {
        let number = matches!(field.kind, Kind::Integer | Kind::Number);
        return Some(if number {
            "2147483647".to_owned()
        } else {
            NOBODY.to_owned()
        });
    }
    let unnamed = Field {
        name: String::new(),
        ..field.clone()
    };
    match scalar(&unnamed, &field.kind, 1).value {
        Template::Literal(Value::String(text)) => Some(text),
        Template::Literal(number @ Value::Number(_)) => Some(number.to_string()),
        Template::Literal(_)
        | Template::Lent(_)
        | Template::Kept(_)
        | Template::Object(_)
        | Template::Array(_) => None,
    }
}

/// The request with a member that nobody documented, in the body and in each of its objects, and
/// with such a query parameter.
pub(super) fn with_unknown(draft: &Draft) -> Vec<(&'static str, &'static str, Draft)> {
    let member = || (STRANGER.to_owned(), Template::Literal(Value::from("x")));
    let mut query = draft.clone();
    query
        .query
        .push((STRANGER.to_owned(), Given::Literal("x".to_owned())));
    let mut found = vec![(
        "query-parameter",
        "a query parameter nobody documented",
        query,
    )];
    if let Some(Template::Object(members)) = &draft.body {
        let mut outer = members.clone();
        outer.push(member());
        let mut inner = members.clone();
        let objects = inner.iter_mut().filter_map(|(_, value)| match value {
            Template::Object(members) => Some(members),
            Template::Literal(_) | Template::Lent(_) | Template::Kept(_) | Template::Array(_) => {
                None
            }
        });
        objects.for_each(|members| members.push(member()));
        let with = |members| Draft {
            body: Some(Template::Object(members)),
            ..draft.clone()
        };
        if inner != *members {
            found.push((
                "inner-member",
                "a member nobody documented, further inside",
                with(inner),
            ));
        }
        found.push(("member", "a member nobody documented", with(outer)));
    }
    found
}
