//! Flaws as SARIF 2.1.0, which code hosts and editors show beside the text.
//!
//! One result per flaw: its locations are the first claims of all places, because all of them have
//! to be corrected; what contradicts them is related.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::title::attributed;
use super::{Category, Flaw, Shelf};
use crate::contract::Claim;

/// All flaws, in the order given. `version` is that of this program.
pub fn sarif(flaws: &[Flaw], shelf: &Shelf, version: &str) -> Value {
    let used: BTreeSet<Category> = flaws.iter().map(|flaw| flaw.category).collect();
    let rules: Vec<Category> = used.into_iter().collect();
    let results: Vec<Value> = flaws
        .iter()
        .map(|flaw| result(flaw, &rules, shelf))
        .collect();
    json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "proofhouse",
                "version": version,
                "rules": rules.iter().map(|category| rule(*category)).collect::<Vec<_>>(),
            }},
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    })
}

fn rule(category: Category) -> Value {
    json!({
        "id": category.code(),
        "shortDescription": { "text": category.promised() },
        "fullDescription": { "text": category.matters() },
        "help": { "text": category.explanation() },
        "defaultConfiguration": { "level": category.severity().word() },
    })
}

fn result(flaw: &Flaw, rules: &[Category], shelf: &Shelf) -> Value {
    let firsts = flaw.places.iter().filter_map(|place| place.claims.first());
    let others = flaw
        .places
        .iter()
        .flat_map(|place| place.claims.iter().skip(1));
    let related: Vec<Value> = others
        .enumerate()
        .map(|(id, claim)| {
            let mut location = location(claim, shelf);
            location["id"] = id.into();
            location["message"] = json!({ "text": attributed(flaw.category, claim) });
            location
        })
        .collect();
    json!({
        "ruleId": flaw.category.code(),
        "ruleIndex": rules.iter().position(|known| *known == flaw.category),
        "level": flaw.severity().word(),
        "message": { "text": format!("{}. {}", flaw.title, flaw.category.settle()) },
        "locations": firsts.map(|claim| location(claim, shelf)).collect::<Vec<_>>(),
        "relatedLocations": related,
        "occurrenceCount": flaw.places.len(),
        "partialFingerprints": { "flaw/v1": flaw.fingerprint() },
    })
}

fn location(claim: &Claim<String>, shelf: &Shelf) -> Value {
    json!({
        "physicalLocation": {
            "artifactLocation": { "uri": uri(&shelf.path(&claim.at)) },
            "region": { "startLine": claim.at.line.max(1) },
        },
    })
}

/// A path as a relative or absolute URI reference.
fn uri(path: &str) -> String {
    use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
    const UNSAFE: &AsciiSet = &CONTROLS
        .add(b' ')
        .add(b'"')
        .add(b'#')
        .add(b'%')
        .add(b'<')
        .add(b'>')
        .add(b'?')
        .add(b'[')
        .add(b'\\')
        .add(b']')
        .add(b'^')
        .add(b'`')
        .add(b'{')
        .add(b'|')
        .add(b'}')
        .add(b':');
    utf8_percent_encode(path, UNSAFE).to_string()
}
