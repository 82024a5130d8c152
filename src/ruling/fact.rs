//! What a ruling can settle: the words of `fact`, and what `ruling` may hold for each.

use serde_json::{Value, json};

use crate::contract::{Constraint, Fact, Kind, Presence};
use crate::extract::claims;
use crate::store;

/// A settled fact with its value.
#[derive(Clone, Debug, PartialEq)]
pub enum Subject {
    /// The kind of the field.
    Kind(Kind),
    /// Whether the field must be there.
    Presence(Presence),
    /// Whether the value may be null.
    Nullable(bool),
    /// The name of the field.
    Name(String),
    /// The statuses of success of the operation.
    Success(Vec<u16>),
    /// A constraint of this kind holds; none: no constraint of this kind holds.
    Constraint {
        /// The kind of constraint, as `schemas/` call it.
        word: &'static str,
        /// What holds.
        holds: Option<Constraint>,
    },
    /// A dispute is over, and nothing changes: what is read is right, or does not matter.
    Settled {
        /// The fact that was disputed.
        fact: Fact,
        /// What a person found, in words.
        finding: String,
    },
}

/// The kinds of constraints, as `schemas/` call them.
const CONSTRAINTS: [&str; 20] = [
    "length",
    "charset",
    "forbidden_characters",
    "pattern",
    "enum",
    "const",
    "format",
    "range",
    "item_count",
    "unique",
    "not_empty",
    "required_if",
    "exclusive_with",
    "precedence",
    "relative",
    "default",
    "state_precondition",
    "quota",
    "idempotent",
    "rate_limit",
];

/// Facts of disputes that can be ended without changing what was read.
const SETTLED: [Fact; 5] = [
    Fact::Value,
    Fact::Constraint,
    Fact::Structure,
    Fact::ExampleCorrupt,
    Fact::Operation,
];

/// Every word that `fact` may be.
pub(super) fn words() -> Vec<&'static str> {
    let own = ["kind", "presence", "nullable", "name", "success"].into_iter();
    let settled = SETTLED.iter().map(|fact| fact.word());
    own.chain(CONSTRAINTS).chain(settled).collect()
}

impl Subject {
    /// Reads what `ruling` holds for a fact; the error says what it should hold.
    pub(super) fn read(fact: &str, value: &Value) -> Result<Self, String> {
        let text = || value.as_str().ok_or_else(|| "text".to_owned());
        match fact {
            "kind" => store::kind(text()?)
                .map(Subject::Kind)
                .ok_or_else(|| "a kind, like `Integer` or `Array of String`".to_owned()),
            "presence" => match text()? {
                "required" => Ok(Subject::Presence(Presence::Required)),
                "optional" => Ok(Subject::Presence(Presence::Optional)),
                _ => Err("`required` or `optional`".to_owned()),
            },
            "nullable" => {
                let truth = value.as_bool().ok_or("true or false")?;
                Ok(Subject::Nullable(truth))
            }
            "name" => match text()? {
                "" => Err("a name".to_owned()),
                name => Ok(Subject::Name(name.to_owned())),
            },
            "success" => statuses(value)
                .map(Subject::Success)
                .ok_or_else(|| "a list of statuses of success, like `[200, 202]`".to_owned()),
            other => match CONSTRAINTS.iter().find(|known| **known == other) {
                Some(word) => constraint(word, value),
                None => settled(other, text()?),
            },
        }
    }

    /// The word of `fact`.
    pub fn word(&self) -> &'static str {
        match self {
            Subject::Kind(_) => "kind",
            Subject::Presence(_) => "presence",
            Subject::Nullable(_) => "nullable",
            Subject::Name(_) => "name",
            Subject::Success(_) => "success",
            Subject::Constraint { word, .. } => word,
            Subject::Settled { fact, .. } => fact.word(),
        }
    }

    /// What holds, in a few words.
    pub fn value(&self) -> String {
        match self {
            Subject::Kind(kind) => kind.to_string(),
            Subject::Presence(Presence::Required) => "required".to_owned(),
            Subject::Presence(Presence::Optional) => "optional".to_owned(),
            Subject::Presence(Presence::Unstated) => "unstated".to_owned(),
            Subject::Nullable(true) => "may be null".to_owned(),
            Subject::Nullable(false) => "never null".to_owned(),
            Subject::Name(name) => name.clone(),
            Subject::Success(statuses) => {
                let statuses: Vec<String> = statuses.iter().map(u16::to_string).collect();
                statuses.join(", ")
            }
            Subject::Constraint {
                holds: Some(holds), ..
            } => claims::say(holds),
            Subject::Constraint { word, holds: None } => format!("no {word}"),
            Subject::Settled { finding, .. } => finding.clone(),
        }
    }

    /// Whether a dispute about this fact ends with it.
    pub(super) fn settles(&self, fact: Fact) -> bool {
        match self {
            Subject::Kind(_) | Subject::Nullable(_) => fact == Fact::Kind,
            Subject::Presence(_) => fact == Fact::Presence,
            Subject::Name(_) => fact == Fact::Name,
            Subject::Success(_) => fact == Fact::Operation,
            Subject::Constraint { .. } => matches!(fact, Fact::Constraint | Fact::Value),
            Subject::Settled { fact: settled, .. } => fact == *settled,
        }
    }
}

fn statuses(value: &Value) -> Option<Vec<u16>> {
    let items = value.as_array()?.iter();
    let statuses: Option<Vec<u16>> = items
        .map(|item| item.as_u64().and_then(|status| u16::try_from(status).ok()))
        .map(|status| status.filter(|status| (200..300).contains(status)))
        .collect();
    statuses.filter(|statuses| !statuses.is_empty())
}

fn settled(word: &str, finding: &str) -> Result<Subject, String> {
    let fact = SETTLED.into_iter().find(|fact| fact.word() == word);
    let fact = fact.ok_or_else(|| "another fact".to_owned())?;
    Ok(Subject::Settled {
        fact,
        finding: finding.to_owned(),
    })
}

/// A constraint as `schemas/` write it, with the usual short forms; false takes it back.
fn constraint(word: &'static str, value: &Value) -> Result<Subject, String> {
    if *value == Value::Bool(false) {
        return Ok(Subject::Constraint { word, holds: None });
    }
    let plain = matches!(word, "unique" | "not_empty" | "idempotent");
    let written = match (word, value) {
        (word, Value::Bool(true)) if plain => json!(word),
        ("enum", Value::Array(_)) => json!({ word: { "open": false, "values": value } }),
        ("format", Value::String(_)) => json!({ word: { "is": value, "or_empty": false } }),
        ("rate_limit", Value::Number(_)) => json!({ word: { "per_minute": value } }),
        ("length", Value::Object(limits)) if !limits.contains_key("unit") => {
            let mut limits = limits.clone();
            limits.insert("unit".to_owned(), "characters".into());
            json!({ word: limits })
        }
        _ => json!({ word: value }),
    };
    let like = || format!("{}, or false where none holds", example(word));
    let holds = store::constraint(written).map_err(|_| like())?;
    Ok(Subject::Constraint {
        word,
        holds: Some(holds),
    })
}

/// What `ruling` may be for a kind of constraint, by example.
pub(super) fn example(word: &str) -> &'static str {
    match word {
        "length" => "limits, like `{ min = 1, max = 64 }` (`unit = \"bytes\"` where bytes count)",
        "charset" => "a list of characters and ranges, like `[\"a-z\", \"_\"]`",
        "forbidden_characters" => "all of them in one text, like `\"<>&\"`",
        "pattern" => "a regular expression in a text",
        "enum" => "a list of values, like `[\"on\", \"off\"]`",
        "const" | "default" => "a value",
        "format" => "a format, like `\"uuid\"` or `\"ipv4\"`",
        "range" => "limits, like `{ min = 1, max = 9 }`",
        "item_count" => "limits, like `{ max = 5 }`",
        "unique" | "not_empty" | "idempotent" => "true",
        "required_if" => "a condition in a text",
        "exclusive_with" | "precedence" => "a list of fields",
        "relative" => "a relation, like `{ how = \"at_most\", to = \"max\" }`",
        "state_precondition" => {
            "states, like `{ subject = \"lamp.state\", rule = \"one_of\", states = [\"off\"] }`"
        }
        "quota" => "a number of things, like `{ of = \"lamps per tower\", max = 40 }`",
        "rate_limit" => "calls a minute, like `600`",
        _ => "text that says what was found",
    }
}
