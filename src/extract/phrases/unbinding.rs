//! Sentences that tell of numbers and hold nobody to them: what was so once, and what is cut to fit.

use super::other::remark;
use super::rule::{Language::En, Language::Zh, Rule};

/// What is told of the past: a remark.
const PAST: &str = "told of the past";

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.told-of-the-past",
        language: Zh,
        meaning: "what held in an earlier version or in the system before this one",
        cues: &["旧系统", "老系统", "版本"],
        pattern: r"(?:旧系统|老系统|历史版本|旧版本|老版本|早期版本)(?:中|里|下)?[^与和。；()]{0,60}",
        read: |_| remark(PAST),
    },
    Rule {
        name: "en.told-of-the-past",
        language: En,
        meaning: "what held in an earlier version or in the system before this one",
        cues: &[
            "earlier",
            "previous",
            "older",
            "former",
            "was ",
            "were ",
            "in version",
        ],
        pattern: r"\bin (?:the )?(?:earlier|previous|older|former) (?:versions?|releases?|systems?)\b[^.;()]*|\b(?:was|were) (?:once |formerly )?(?:limited|restricted) to [^.;,()]*|^in version [0-9.]+,[^.;]*? (?:could|was|were|had) [^.;]*",
        read: |_| remark(PAST),
    },
    Rule {
        name: "en.cut-to-fit",
        language: En,
        meaning: "what is too long is cut, not refused",
        cues: &["cut off", "truncated", "shortened", "cut to"],
        pattern: r"(?:of more|longer) than (?P<max>[0-9]+) (?P<unit>characters|bytes) (?:is|are|will be) (?:cut(?: off| to)?|truncated|shortened)\b[^.;]*",
        read: |hit| {
            remark(&format!(
                "cut after {} {}",
                hit.group("max"),
                hit.group("unit")
            ))
        },
    },
];

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.told-of-the-past",
        "String",
        "灯牌（旧系统中最长9个字符），1~40个字符。",
        "other: told of the past\nlength 1..=40 characters",
    ),
    (
        "zh.told-of-the-past",
        "-",
        "老版本每座灯塔最多点3盏灯。",
        "other: told of the past",
    ),
    (
        "en.told-of-the-past",
        "String",
        "The number on the lamp, which was limited to 9 characters on paper.",
        "other: told of the past",
    ),
    (
        "en.told-of-the-past",
        "-",
        "In version 2, a tower could have 3 lamps only.",
        "other: told of the past",
    ),
    (
        "en.cut-to-fit",
        "String",
        "The motto. Mottos longer than 30 characters are cut off.",
        "other: cut after 30 characters",
    ),
];
