//! The JSON Schema of `rulings.toml`, with which editors complete and check it.

use serde_json::{Map, Value, json};

use super::fact::{self, example};
use super::file::KEYS;

/// The schema, as it is committed beside the README.
pub fn json_schema() -> Value {
    let facts: Vec<Value> = fact::words()
        .into_iter()
        .map(|word| json!({ "const": word, "description": format!("ruling: {}", wanted(word)) }))
        .collect();
    let properties: Map<String, Value> = KEYS
        .iter()
        .map(|key| ((*key).to_owned(), property(key, &facts)))
        .collect();
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Rulings of Proofhouse",
        "description": "Facts of a contract that a person settled or corrected, each with a reason",
        "type": "object",
        "additionalProperties": false,
        "properties": {
            "ruling": {
                "type": "array",
                "items": {
                    "type": "object",
                    "additionalProperties": false,
                    "required": ["edition", "operation", "fact", "ruling", "reason", "who", "when"],
                    "dependentRequired": { "field": ["direction"] },
                    "properties": properties,
                },
            },
        },
    })
}

fn property(key: &str, facts: &[Value]) -> Value {
    let text =
        |description: &str| json!({ "type": "string", "minLength": 1, "description": description });
    match key {
        "edition" => text("The id of the edition whose fact it is"),
        "operation" => text("The operation, by id or `METHOD path`"),
        "direction" => json!({
            "enum": ["request", "response"],
            "description": "Whose side the field is on",
        }),
        "field" => text("The path of the field, as `proofhouse show` prints it"),
        "fact" => json!({ "oneOf": facts, "description": "What is settled" }),
        "ruling" => json!({ "description": "What holds; what it may be depends on `fact`" }),
        "was" => json!({
            "type": "array",
            "items": { "type": "string" },
            "description": "What the documents said when it was decided; the ruling is stale when they say something else",
        }),
        "reason" => text("Why it is so"),
        "who" => text("Who decided it"),
        _ => text("The day on which it was decided"),
    }
}

fn wanted(word: &str) -> String {
    match word {
        "kind" => "a kind, like `Integer` or `Array of String`".to_owned(),
        "presence" => "`required` or `optional`".to_owned(),
        "nullable" => "true or false".to_owned(),
        "name" => "a name".to_owned(),
        "success" => "a list of statuses".to_owned(),
        other => example(other).to_owned(),
    }
}
