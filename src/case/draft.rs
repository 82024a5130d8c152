//! A request with holes: what a Case sends once the runner has filled in what it was lent.

use serde_json::Value;

use super::scenario::Kept;
use crate::contract::Version;

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
    /// Which microversion it asks for.
    pub version: AskedVersion,
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
    /// What it keeps under each of these names, parted by commas.
    Joined(Vec<String>),
}

impl Given {
    /// The same as JSON. What is joined is known when the first of its parts is, and no sooner.
    pub(super) fn template(&self) -> Template {
        match self {
            Given::Literal(text) => Template::Literal(Value::from(text.as_str())),
            Given::Lent(name) => Template::Lent(name.clone()),
            Given::Kept(name) => Template::Kept(name.clone()),
            Given::Joined(names) => match names.first() {
                Some(name) => Template::Kept(name.clone()),
                None => Template::Literal(Value::from("")),
            },
        }
    }
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

impl Template {
    /// Whether all is kept that it takes from there.
    pub(super) fn keeps(&self, kept: &Kept) -> bool {
        match self {
            Template::Kept(name) => kept.contains_key(name),
            Template::Literal(_) | Template::Lent(_) => true,
            Template::Object(members) => members.iter().all(|(_, member)| member.keeps(kept)),
            Template::Array(items) => items.iter().all(|item| item.keeps(kept)),
        }
    }

    /// Puts another text in the place of this one, wherever it stands as a whole value.
    pub(super) fn replace(&mut self, text: &str, other: &str) {
        match self {
            Template::Literal(value) => replace(value, text, other),
            Template::Lent(_) | Template::Kept(_) => {}
            Template::Object(members) => {
                for (_, member) in members {
                    member.replace(text, other);
                }
            }
            Template::Array(items) => items.iter_mut().for_each(|item| item.replace(text, other)),
        }
    }
}

fn replace(value: &mut Value, text: &str, other: &str) {
    match value {
        Value::String(known) if known == text => other.clone_into(known),
        Value::Array(items) => items.iter_mut().for_each(|item| replace(item, text, other)),
        Value::Object(members) => {
            for (_, member) in members {
                replace(member, text, other);
            }
        }
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Which microversion a request asks for, where its operation depends on one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum AskedVersion {
    /// The one that has all of the operation.
    #[default]
    Usual,
    /// None: what it gets is the documented default.
    Unnamed,
    /// This one.
    This(Version),
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
