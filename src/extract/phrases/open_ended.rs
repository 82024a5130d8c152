//! Ranges of numbers that have no end of their own.

use super::numbers::bounds;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::Kind;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.range-open",
        language: Zh,
        meaning: "a number from A to the largest there is",
        cues: &["max", "∞", "无穷", "最大整数", "]"],
        pattern: OPEN,
        read: |hit| bounds(hit, hit.decimal("min"), None),
    },
    Rule {
        name: "en.range-open",
        language: En,
        meaning: "a number from A to the largest there is",
        cues: &["max"],
        pattern: OPEN,
        read: |hit| bounds(hit, hit.decimal("min"), None),
    },
    Rule {
        name: "zh.from-on",
        language: Zh,
        meaning: "a number that is counted from N on",
        cues: &["开始"],
        pattern: r"(?:^|[,:])\s*(?:取值|编号|序号)?从\s*(?P<min>[0-9]+)\s*开始(?:计数|编号|递增)?(?P<next>[,。；)]|$)",
        read: counted,
    },
    Rule {
        name: "en.from-on",
        language: En,
        meaning: "a number that is counted from N on",
        cues: &["from "],
        pattern: r"(?:starts?|starting|counted|numbered) from (?P<min>[0-9]+)(?P<next>\.|,|;|$)",
        read: counted,
    },
];

fn counted(hit: &Hit) -> Option<Heard> {
    let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
    is_number
        .then(|| bounds(hit, hit.decimal("min"), None))
        .flatten()
}

/// A range that ends where the numbers of its type do.
const OPEN: &str = r"(?:取值范围\s*(?:为|是|:)?|(?:value )?range:?|ranges? from)\s*\[?(?P<min>-?[0-9]+(?:\.[0-9]+)?)\s*(?:~|-|到|至|to|,)\s*(?:\+?∞|(?i:(?:int|integer|long)_?max|max_?int)\b|正?无穷大?|最大整数|[a-z]\])\]?";

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.from-on",
        "Integer",
        "The place of the lamp, starting from 1.",
        "range 1..",
    ),
    (
        "zh.range-open",
        "Integer",
        "灯高，取值范围[0,n]，其中n为灯塔的高度。",
        "range 0..",
    ),
    (
        "zh.range-open",
        "Integer",
        "灯数，取值范围：2~intmax。",
        "range 2..",
    ),
    (
        "en.range-open",
        "Integer",
        "The value ranges from 2 to intmax.",
        "range 2..",
    ),
];
