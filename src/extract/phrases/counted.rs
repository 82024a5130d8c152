//! What counts against a quota of which no number is told.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::things::{known, phrase};
use crate::contract::Constraint;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.counted",
        language: Zh,
        meaning: "counts against a quota",
        cues: &["配额", "额度"],
        pattern: r"(?:占用|计入|计算在|消耗|扣减)(?P<of>[^,。；]{0,20}?)的?(?:配额|额度)(?:中|内)?",
        read: counted,
    },
    Rule {
        name: "en.counted",
        language: En,
        meaning: "counts against a quota",
        cues: &["quota"],
        pattern: r"(?:counts?|counted) (?:against|towards?|in|into) (?:the |your )?(?P<of>[a-z][a-z -]{2,30}?) quota\b|(?:occup(?:y|ies)|consumes?|uses) (?:the |your )?(?P<used>[a-z][a-z -]{2,30}?) quota\b",
        read: counted,
    },
];

fn counted(hit: &Hit) -> Option<Heard> {
    let before = hit.before.trim_end();
    let is_free = ["不", "不会", "无需", " not"]
        .iter()
        .any(|not| before.ends_with(not));
    if is_free {
        return None;
    }
    let printed = [hit.group("of"), hit.group("used")].concat();
    // Whose it is stands before what is counted.
    let noun = printed.rsplit('的').next().unwrap_or_default();
    let of = known(noun).or_else(|| phrase(noun))?;
    Some(Constraint::Quota { of, max: None }.into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.counted",
        "-",
        "熄灭的灯仍会占用该灯塔灯位的配额。",
        "quota of 灯塔灯位",
    ),
    (
        "zh.counted",
        "-",
        "熄灭的灯仍会占用该灯塔磁盘的配额。",
        "quota of volume",
    ),
    (
        "en.counted",
        "-",
        "A lamp that was put out still counts against the lamp quota of the tower.",
        "quota of lamp",
    ),
];
