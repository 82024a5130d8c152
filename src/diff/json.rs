//! Changes as JSON for programs. The format has a version and only ever grows.

use serde_json::{Map, Value, json};

use super::{Change, Effect};
use crate::contract::{Claim, FieldPath};

/// The version of the format.
const VERSION: u64 = 1;

/// All changes from the edition `old` to the edition `new`.
pub fn json(old: &str, new: &str, changes: &[Change]) -> Value {
    let counts: Map<String, Value> = Effect::ALL
        .iter()
        .map(|effect| {
            let n = changes
                .iter()
                .filter(|change| change.effect == *effect)
                .count();
            (effect.word().to_owned(), n.into())
        })
        .collect();
    json!({
        "version": VERSION,
        "old": old,
        "new": new,
        "counts": counts,
        "changes": changes.iter().map(change).collect::<Vec<_>>(),
    })
}

fn change(change: &Change) -> Value {
    json!({
        "effect": change.effect.word(),
        "operation": change.operation,
        "part": change.part.word(),
        "field": change.field.as_ref().map(FieldPath::to_string),
        "fact": change.fact,
        "old": change.old.as_ref().map(claim),
        "new": change.new.as_ref().map(claim),
    })
}

fn claim(claim: &Claim<String>) -> Value {
    json!({
        "claim": claim.claim,
        "document": claim.at.text(),
        "line": claim.at.line,
        "table": claim.at.table.as_deref(),
        "row": claim.at.row,
    })
}
