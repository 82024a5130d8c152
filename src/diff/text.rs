//! Changes as text for people: by operation, the worst first.

use super::{Change, Effect};
use crate::contract::Claim;
use crate::source::printable;

/// All changes of two editions, and what they add up to.
pub fn text(changes: &[Change]) -> String {
    let mut text = String::new();
    for group in changes.chunk_by(|a, b| a.operation == b.operation) {
        let operation = group.first().and_then(|change| change.operation.as_deref());
        text.push_str(&printable(operation.unwrap_or("all operations")));
        text.push('\n');
        for change in group {
            text.push_str(&printable(&line(change)));
            text.push('\n');
        }
        text.push('\n');
    }
    text.push_str(&summary(changes));
    text.push('\n');
    text
}

/// `  breaking    request kettle.litres range: 1 to 20 -> 1 to 40  (…)`
fn line(change: &Change) -> String {
    format!(
        "  {:<10}  {}: {}  ({})",
        change.effect.word(),
        subject(change),
        said(change),
        sources(change)
    )
}

/// `request kettle.litres range`
pub(super) fn subject(change: &Change) -> String {
    let field = change
        .field
        .as_ref()
        .map(|field| format!("{} {field} ", change.part.word()));
    format!("{}{}", field.unwrap_or_default(), change.fact)
}

/// `1 to 20 -> 1 to 40`, `added: Integer, required`, `removed: 204`
pub(super) fn said(change: &Change) -> String {
    match (&change.old, &change.new) {
        (Some(old), Some(new)) => format!("{} -> {}", old.claim, new.claim),
        (None, Some(new)) => format!("added: {}", new.claim),
        (Some(old), None) => format!("removed: {}", old.claim),
        (None, None) => String::new(),
    }
}

/// `kettles-2030:70, kettles-2031:69`
pub(super) fn sources(change: &Change) -> String {
    let place = |claim: &Claim<String>| format!("{}:{}", claim.at.text(), claim.at.line);
    let places = change.old.iter().chain(&change.new).map(place);
    places.collect::<Vec<_>>().join(", ")
}

/// `2 breaking, 1 compatible, 0 editorial changes`
pub(super) fn summary(changes: &[Change]) -> String {
    let counts = Effect::ALL.iter().map(|effect| {
        let n = changes
            .iter()
            .filter(|change| change.effect == *effect)
            .count();
        format!("{n} {}", effect.word())
    });
    format!("{} changes", counts.collect::<Vec<_>>().join(", "))
}
