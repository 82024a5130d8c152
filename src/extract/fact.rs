//! The lines of the inventory: what each kind of fact says, its keys in their order.
//!
//! Main type: [`Fact`]. It borrows what was read, and is written straight into its line.

use std::borrow::Cow;

use serde::Serialize;
use serde_json::Value;

use crate::source::Provenance;

/// A fact with the place that it was read at.
pub(super) type Placed<'a> = (Provenance, Fact<'a>);

/// What was read.
#[derive(Serialize)]
#[serde(untagged)]
pub(super) enum Fact<'a> {
    Operation {
        method: &'static str,
        path: String,
        action: Option<&'a str>,
        path_params: Vec<&'a str>,
        query: Vec<&'a str>,
        success: Vec<u16>,
        request: Vec<&'a str>,
        response: Vec<&'a str>,
        async_job: bool,
        deprecated: bool,
        microversion: Option<String>,
        per_minute: Option<u32>,
    },
    Table {
        number: Option<&'a str>,
        operation: Option<&'a str>,
        role: &'static str,
        rows: Vec<Row<'a>>,
    },
    Constraint(Promise<'a>),
    Reference {
        field: Option<String>,
        to: Option<&'a str>,
        resolved: Option<&'a str>,
        problem: Option<&'a str>,
    },
    Dispute {
        operation: Option<String>,
        field: Option<String>,
        fact: &'static str,
        claims: Vec<Claim<'a>>,
    },
    ErrorCode {
        status: Option<u16>,
        code: &'a str,
    },
    Ruling {
        edition: &'a str,
        operation: Option<String>,
        direction: Option<&'static str>,
        field: Option<String>,
        fact: &'a str,
        value: &'a str,
        before: &'a [String],
        reason: &'a str,
        who: &'a str,
        when: &'a str,
    },
}

/// A row of a table.
#[derive(Serialize)]
pub(super) struct Row<'a> {
    pub(super) name: &'a str,
    #[serde(rename = "type")]
    pub(super) kind: Option<&'a str>,
    pub(super) required: Option<bool>,
    pub(super) line: u32,
}

/// What one source of a dispute says.
#[derive(Serialize)]
pub(super) struct Claim<'a> {
    pub(super) claim: &'a str,
    pub(super) doc: Cow<'a, str>,
    pub(super) line: u32,
}

/// One constraint.
#[derive(Clone, Serialize)]
pub(super) struct Promise<'a> {
    pub(super) operation: Option<&'a str>,
    pub(super) direction: &'static str,
    pub(super) field: Option<String>,
    pub(super) rule: &'static str,
    pub(super) value: Value,
    pub(super) unit: Option<&'static str>,
    /// Whether there may be other values.
    #[serde(skip_serializing_if = "is_false")]
    pub(super) open: bool,
    /// The case that it holds in.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) when: Option<&'a str>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes it so")]
fn is_false(flag: &bool) -> bool {
    !flag
}

impl Fact<'_> {
    fn kind(&self) -> &'static str {
        match self {
            Fact::Operation { .. } => "operation",
            Fact::Table { .. } => "table",
            Fact::Constraint(_) => "constraint",
            Fact::Reference { .. } => "reference",
            Fact::Dispute { .. } => "dispute",
            Fact::ErrorCode { .. } => "error_code",
            Fact::Ruling { .. } => "ruling",
        }
    }
}

/// A fact in a line, with its place behind its kind.
pub(super) fn line((at, fact): &Placed<'_>) -> String {
    let line = Line {
        kind: fact.kind(),
        doc: &at.text(),
        line: at.line,
        fact,
    };
    serde_json::to_string(&line).expect("all keys of a fact are texts")
}

#[derive(Serialize)]
struct Line<'a> {
    kind: &'static str,
    doc: &'a str,
    line: u32,
    #[serde(flatten)]
    fact: &'a Fact<'a>,
}
