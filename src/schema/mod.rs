//! Contract in, JSON Schema out; compiled validators.
//!
//! Main entries: [`request`], [`response`] and [`files`] give plain JSON Schema 2020-12 that any
//! validator accepts; [`Validator`] holds bodies against the same schemas and says for each
//! deviation which field, which rule and which line of the document it is about. Decides alone
//! whether a value meets a Constraint; shares nothing with the Twin. Knows nothing of HTTP.
//!
//! Where sources disagree, [`Mode::Lenient`] (the mode of the files) accepts every claim and
//! [`Mode::Strict`] holds to the tables.
//!
//! # What the standard cannot say
//!
//! These annotations are ignored by other validators. Ours enforces those marked with `*`.
//!
//! | keyword | on | meaning |
//! | --- | --- | --- |
//! | `x-minBytes`*, `x-maxBytes`* | text | least and most bytes of its UTF-8 |
//! | `x-format`* | text | `json`: it parses as JSON |
//! | `x-examples`* | any | an open enum: another value is worth a note, never a violation |
//! | `x-expectation`* | a field of a response | `likely` or `optional`; what is `expected` is in `required` |
//! | `x-source` | all | the line that introduces it |
//! | `x-sources` | all | keyword to the line that says it |
//! | `x-disputes` | all | facts on which sources disagree, with every claim and its line |
//! | `x-printed` | a field | its name as printed, where the print is damaged |
//! | `x-mixture` | text | characters of at least so many of these sets |
//! | `x-standard` | text | the standard that it is of, where that is only told by its number |
//! | `x-template` | text | a pattern as printed, where it is no regular expression |
//! | `x-requiredIf`, `x-exclusiveWith`, `x-precedence`, `x-relative` | a field | relations between fields |
//! | `x-within` | a field | what holds in one case only, or for one part of the value |
//! | `x-minVersion`, `x-maxVersion` | a field | its microversion window |
//! | `x-unique` | a value | no two of the same among its siblings |
//! | `x-states`, `x-quota`, `x-perMinute`, `x-idempotent`, `x-async` | all | what the server does, not what a body is |
//! | `x-note` | all | said, but hardly checkable: units, advice |
//! | `x-operation` | the root | method and path |

mod disputes;
mod emit;
mod keywords;
mod marks;
mod patterns;
mod shape;
mod validator;
mod watch;
mod words;

use serde_json::Value;

use marks::Marks;
pub use validator::{Validator, Violation, undocumented};
pub use words::promise;

use crate::contract::{Body, Contract, Direction, Dispute, Operation};

/// An operation together with the disputes of its Contract.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The operation.
    pub operation: &'a Operation,
    /// Disputes; those of other operations are passed over.
    pub disputes: &'a [Dispute],
}

impl<'a> Subject<'a> {
    /// An operation of this contract.
    pub fn new(contract: &'a Contract, operation: &'a Operation) -> Self {
        Self {
            operation,
            disputes: &contract.disputes,
        }
    }

    fn body(&self, direction: Direction) -> Option<&'a Body> {
        match direction {
            Direction::Request => self.operation.request.as_ref(),
            Direction::Response => self.operation.response.as_ref(),
            Direction::Behaviour => None,
        }
    }
}

/// What a schema holds to where sources disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Any claim of a dispute will do.
    Lenient,
    /// The tables alone.
    Strict,
}

/// The schema of the request's body, where one is documented.
pub fn request(subject: &Subject<'_>) -> Option<Value> {
    schema(subject, Direction::Request, "request")
}

/// The schema of the body that comes with a documented `status`. Where no status of success is
/// documented, any will do.
pub fn response(subject: &Subject<'_>, status: u16) -> Option<Value> {
    let success = &subject.operation.success;
    let documented = success.is_empty() || success.iter().any(|(known, _)| *known == status);
    let name = format!("response-{status}");
    documented.then(|| schema(subject, Direction::Response, &name))?
}

/// The schema files of `contracts`: path under `schemas/`, and text. They stand in the folders
/// that `store` writes to.
pub fn files(contracts: &[Contract]) -> Vec<(String, String)> {
    let names = contracts
        .iter()
        .map(|contract| contract.edition.id.as_str());
    let editions = crate::contract::folders(names);
    let mut files = Vec::new();
    for (contract, edition) in contracts.iter().zip(editions) {
        for (operation, folder) in contract.operations.iter().zip(contract.operation_folders()) {
            let subject = Subject::new(contract, operation);
            let mut keep = |name: &str, schema: Option<Value>| {
                let path = format!("{edition}/{folder}/{name}.json");
                files.extend(schema.map(|schema| (path, printed(&schema))));
            };
            keep("request", request(&subject));
            for (status, _) in &operation.success {
                keep(&format!("response-{status}"), response(&subject, *status));
            }
            if operation.success.is_empty() {
                keep(
                    "response",
                    schema(&subject, Direction::Response, "response"),
                );
            }
        }
    }
    files
}

fn printed(schema: &Value) -> String {
    let mut text = serde_json::to_string_pretty(schema).expect("a value is printed without errors");
    text.push('\n');
    text
}

fn schema(subject: &Subject<'_>, direction: Direction, name: &str) -> Option<Value> {
    let body = subject.body(direction)?;
    let folder = crate::contract::folders([subject.operation.id.as_str()].into_iter()).concat();
    let emission = emit::emit(subject, body, direction, Mode::Lenient, Marks::new(false));
    Some(emission.into_document(&format!("{folder}/{name}.json"), &subject.operation.route()))
}

#[cfg(test)]
mod tests;
