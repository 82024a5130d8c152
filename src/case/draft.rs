//! A request with holes: what a Case sends once the runner has filled in what it was lent.

use serde_json::Value;

/// A request before lent values are filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Path parameters by name.
    pub path: Vec<(String, Given)>,
    /// Query parameters in order.
    pub query: Vec<(String, Given)>,
    /// Headers beyond the usual ones.
    pub headers: Vec<(String, Given)>,
    /// The body, where there is one.
    pub body: Option<Template>,
    /// Who asks.
    pub credentials: Credentials,
}

/// A text that is known now, or one that the target lends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// This text.
    Literal(String),
    /// The next value that the target lends under this name: `server_id`.
    Lent(String),
    /// The value that the scenario keeps under this name. Stands in scenarios only.
    Kept(String),
}

/// JSON with holes.
#[derive(Clone, Debug, PartialEq)]
pub enum Template {
    /// This value.
    Literal(Value),
    /// The next text that the target lends under this name.
    Lent(String),
    /// The value that the scenario keeps under this name. Stands in scenarios only.
    Kept(String),
    /// An object, in this order.
    Object(Vec<(String, Template)>),
    /// A list.
    Array(Vec<Template>),
}

/// Who asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Credentials {
    /// The target's own credentials.
    Own,
    /// No credentials at all.
    None,
    /// A token that no server can have issued.
    Invalid,
}
