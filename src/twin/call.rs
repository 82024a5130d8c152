//! A request that was understood, and the answer to it.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::defect::{Defect, DefectClass};
use super::fault::Fault;
use super::render;
use super::version;
use super::world::Caller;
use crate::contract::{Constraint, Operation, Step, Version};

/// A request that was understood.
pub(super) struct Call<'a> {
    pub(super) operation: &'a Operation,
    /// The path parameters, by the names of the Twin's own table.
    pub(super) parameters: &'a BTreeMap<&'a str, String>,
    /// The value of the path's last parameter.
    pub(super) last: String,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Value,
    pub(super) caller: Caller,
    pub(super) version: Option<Version>,
    /// Scheme and host that links must start with.
    pub(super) base: String,
    pub(super) path: String,
    /// The token that the call is about, beside the caller's own.
    pub(super) subject: Option<String>,
    pub(super) request_id: String,
    pub(super) now: Timestamp,
    pub(super) defect: Option<&'a Defect>,
}

/// What a handler says: the facts of the answer.
pub(super) struct Answer {
    pub(super) facts: Value,
    /// The status, where it is not the usual one.
    pub(super) status: Option<u16>,
    pub(super) headers: Vec<(&'static str, String)>,
}

/// What becomes of a call.
pub(super) type Outcome = Result<Answer, Fault>;

impl From<Value> for Answer {
    fn from(facts: Value) -> Self {
        Self {
            facts,
            status: None,
            headers: Vec::new(),
        }
    }
}

impl Answer {
    /// Nothing is said but that it was done.
    pub(super) fn nothing() -> Self {
        Self::from(Value::Null)
    }

    pub(super) fn with_header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }
}

impl Call<'_> {
    /// The value of a path parameter.
    pub(super) fn parameter(&self, name: &str) -> &str {
        self.parameters.get(name).map_or("", String::as_str)
    }

    /// The first value of a query parameter.
    pub(super) fn asked(&self, name: &str) -> Option<&str> {
        let mut query = self.query.iter();
        let found = query.find(|(known, value)| known == name && !value.is_empty());
        found.map(|(_, value)| value.as_str())
    }

    /// The word that answers to this call have for a state, under the name of a field.
    pub(super) fn word(&self, name: &str, state: &str) -> String {
        render::word(self.operation, name, state)
    }

    /// Whether the answer to this call has a field of this name in its version.
    pub(super) fn shows(&self, name: &str) -> bool {
        let mut shown = self.operation.response.iter().flat_map(|body| &body.fields);
        shown.any(|field| field.name == name && version::exists(&field.statements, self.version))
    }

    pub(super) fn project(&self) -> &str {
        &self.caller.project
    }

    /// A link to something of this project behind the compute API.
    pub(super) fn link(&self, path: &str) -> String {
        format!("{}/v2.1/{}/{path}", self.base, self.caller.project)
    }

    /// Whether the Twin is ill in this way, for this operation.
    pub(super) fn is_ill(&self, class: DefectClass) -> bool {
        self.defect
            .is_some_and(|defect| defect.class == class && defect.operation == self.operation.id)
    }

    /// Whether the request gives the field that the Twin is ill with.
    pub(super) fn gives_its_field(&self) -> bool {
        let field = self.defect.and_then(|defect| defect.field.as_ref());
        field.is_some_and(|field| self.asked(field.leaf()).is_some() || gives(&self.body, &field.0))
    }

    /// The aggregate limit that the document puts on this operation, or the usual one.
    pub(super) fn limit(&self, usual: u64) -> u64 {
        let statements = self.operation.statements.iter();
        let documented = statements.filter_map(|statement| {
            if let Constraint::Quota { max, .. } = statement.constraint {
                max
            } else {
                None
            }
        });
        let limit = documented.min().unwrap_or(usual);
        if self.is_ill(DefectClass::LimitTooHigh) {
            limit.saturating_add(1)
        } else if self.is_ill(DefectClass::LimitTooLow) {
            limit.saturating_sub(1)
        } else {
            limit
        }
    }
}

/// Whether a body has a value where a path leads, in any item of the lists on the way.
fn gives(body: &Value, steps: &[Step]) -> bool {
    match steps {
        [] => !body.is_null(),
        [Step::Name(name), rest @ ..] => body.get(name).is_some_and(|inner| gives(inner, rest)),
        [Step::Items, rest @ ..] => {
            let mut items = body.as_array().into_iter().flatten();
            items.any(|item| gives(item, rest))
        }
        [Step::Key(_), rest @ ..] => {
            let mut entries = body.as_object().into_iter().flat_map(Map::values);
            entries.any(|entry| gives(entry, rest))
        }
    }
}
