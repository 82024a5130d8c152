//! Flaws as JSON for programs. The format has a version and only ever grows.

use serde_json::{Value, json};

use super::{Flaw, Place, Severity};

/// The version of the format.
const VERSION: u64 = 1;

/// All flaws, in the order given.
pub fn json(flaws: &[Flaw]) -> Value {
    let counts: serde_json::Map<String, Value> = Severity::ALL
        .iter()
        .map(|severity| {
            let n = flaws
                .iter()
                .filter(|flaw| flaw.severity() == *severity)
                .count();
            (severity.word().to_owned(), n.into())
        })
        .collect();
    json!({
        "version": VERSION,
        "counts": counts,
        "flaws": flaws.iter().map(flaw).collect::<Vec<_>>(),
    })
}

fn flaw(flaw: &Flaw) -> Value {
    json!({
        "id": flaw.fingerprint(),
        "code": flaw.category.code(),
        "severity": flaw.severity().word(),
        "title": flaw.title,
        "why": flaw.category.matters(),
        "suggestion": flaw.category.settle(),
        "count": flaw.places.len(),
        "operations": flaw.operations(),
        "places": flaw.places.iter().map(place).collect::<Vec<_>>(),
    })
}

fn place(place: &Place) -> Value {
    let claims = place.claims.iter().map(|claim| {
        json!({
            "claim": claim.claim,
            "document": claim.at.text(),
            "line": claim.at.line,
            "table": claim.at.table.as_deref(),
            "row": claim.at.row,
        })
    });
    json!({
        "operations": place.operations,
        "field": place.field,
        "claims": claims.collect::<Vec<_>>(),
    })
}
