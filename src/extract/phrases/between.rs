//! Numbers between two ends that signs compare them with.

use super::numbers::bounds;
use super::rule::{Language::Zh, Rule};
use crate::contract::Kind;

pub(super) const RULES: &[Rule] = &[Rule {
    name: "zh.range-in-signs",
    language: Zh,
    meaning: "a number between two ends that signs compare it with",
    cues: &["≥", ">="],
    pattern: r"(?:取值范围|取值|范围)?(?:为|是)?\s*:?\s*(?:≥|>=)\s*(?P<min>-?[0-9]+(?:\.[0-9]+)?)[^。；,]{0,30}?(?:且|并且|,|和|同时)\s*(?:≤|<=)\s*(?P<max>-?[0-9]+(?:\.[0-9]+)?)",
    read: |hit| {
        let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
        let ends = [hit.decimal("min")?, hit.decimal("max")?];
        (is_number && ends[0] <= ends[1])
            .then(|| bounds(hit, Some(ends[0]), Some(ends[1])))
            .flatten()
    },
}];

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[(
    "zh.range-in-signs",
    "Integer",
    "灯油，单位L，取值范围为>=30L（约一夜）且<=90L。",
    "other: unit L\nrange 30..=90",
)];
