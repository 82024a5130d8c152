//! Ranges and numbers that stand behind a range, or before it.

use std::sync::LazyLock;

use crate::contract::Decimal;
use crate::extract::pattern::{Pattern, compile};

/// "From 1 to 9, or 40, or 60 to 70": the numbers and ranges that go on, and how far they reach. Behind a mere
/// comma a range goes on, and a number does not.
pub(super) fn other_ranges(after: &str) -> (Vec<(Decimal, Decimal)>, usize) {
    static OTHER: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"^\s*(?:,?\s*(?:(?i:or|and)\s+(?i:from )?|或者?|和|以及)\s*(?P<min>-?[0-9]+)(?:\s*(?:-|~|到|至|(?i:to))\s*(?P<max>-?[0-9]+))?|[,、]\s*(?P<low>-?[0-9]+)\s*(?:-|~|到|至|(?i:to))\s*(?P<high>-?[0-9]+))(?P<next>\s*(?:[,.。；;)、]|$)| (?i:or|and) |或|和)",
        )
    });
    let mut found = Vec::new();
    let mut read_to = 0;
    while let Some(other) = OTHER.captures(&after[read_to..]) {
        let end = |names: [&str; 2]| {
            let found = names.into_iter().find_map(|name| other.name(name));
            found.and_then(|end| Decimal::parse(end.as_str()))
        };
        let (Some(min), max) = (end(["min", "low"]), end(["max", "high"])) else {
            break;
        };
        found.push((min, max.unwrap_or(min)));
        read_to += other.name("next").map_or(0, |next| next.start());
    }
    (found, read_to)
}

/// The number that is as good as what a range lets in: "0, or from 10 to 20".
pub(super) fn number_before(before: &str) -> Option<Decimal> {
    static BEFORE: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?:^|[^0-9.~-])(?P<number>-?[0-9]+)\s*(?:,? or|或者?|、)\s*(?:(?i:the value )?(?i:is |must be |can be )?)$",
        )
    });
    Decimal::parse(BEFORE.captures(before)?.name("number")?.as_str())
}

/// Puts ranges in order, and tells whether a whole number lies between two of them.
pub(super) fn has_gaps(parts: &mut [(Decimal, Decimal)]) -> bool {
    parts.sort_unstable();
    let mut pairs = parts.windows(2);
    pairs.any(|pair| pair[0].1.plus(1).is_some_and(|next| next < pair[1].0))
}
