//! What a value must be compared with what there is when a request comes.

use std::sync::LazyLock;

use super::other::remark;
use super::rule::{Hit, Language::En, Language::Zh, Rule};
use crate::contract::BOUND_TO_NOW;
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.bound-to-now",
        language: Zh,
        meaning: "a value that must be more, less or other than what there is",
        cues: &[
            "当前", "现有", "原", "增大", "增加", "调大", "减小", "减少", "调小",
        ],
        pattern: r"(?:只能|仅能|只支持|仅支持|只允许)(?:减小|减少|调小|变小)(?:,?不(?:能|可|允许|支持)(?:再)?(?:增大|增加|调大|变大))?|(?:必须|需要?|应|只能|不能|不可)(?:大于|小于|高于|低于|多于|少于|超过|晚于|早于|不同于|不等于|等于|与)(?:等于)?[^。,；\d]{0,6}(?:当前|现有|原有?的?)[^。,；\d]{0,12}|{不能}(?:是|为|与)[^。,；\d]{0,12}(?:当前|现在|原来?)(?:所在|所属|使用)的[^。,；\d]{0,8}",
        read: |hit| match what_stands_before(hit) {
            Some(what) => remark(&format!("{BOUND_TO_NOW}: {what}")),
            None => remark(BOUND_TO_NOW),
        },
    },
    Rule {
        name: "en.bound-to-now",
        language: En,
        meaning: "a value that must be more, less or other than what there is",
        cues: &[
            "current",
            "existing",
            "original",
            "only be",
            "number of",
            "{must} be",
        ],
        pattern: r#"(?:can|may) only be (?:decreased|reduced|lowered)|{cannot} be (?:less|fewer|smaller|lower) than the number of [a-z][a-z ]{1,30}|(?:must|can(?: only|not)?|should) (?:not )?be (?:set to (?:a value )?|an? (?:[a-z]+ )?(?:time|date|value) )?(?:at least [0-9]+ [a-z]+ )?(?:greater|larger|more|higher|less|smaller|lower|fewer|later|earlier|different|other|the same)(?: than| from| as)?(?: or equal to)? (?:the |its )?(?:current|existing|original)\b[^.]{0,30}|{cannot} be (?:the |its )?(?:current|existing|original) [a-z]+|{must} be (?:set to )?the "?[a-z_]+"? (?:value )?(?:that was )?(?:in|of|from|returned (?:in|by)) the (?:previous |last )?(?:response|answer|query|page)\b|ranges? from the (?:current|existing|original) [a-z]+"#,
        read: |_| remark(BOUND_TO_NOW),
    },
];

/// What a sentence about an operation says it of: "the new height".
fn what_stands_before(hit: &Hit) -> Option<String> {
    static WHAT: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"^(?:请求中)?(?:\p{Han}{2}后的|新的?|目标)(?P<what>\p{Han}{2,8})$")
    });
    let found = WHAT
        .captures(hit.before.trim())
        .filter(|_| !hit.about_field());
    found.map(|found| found["what"].to_owned())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.bound-to-now",
        "String",
        "Where to go on. It must be set to the next_lamp value in the response.",
        "other: bound to what it is now",
    ),
    (
        "en.bound-to-now",
        "String",
        "When to light it. It must be at least 30 minutes later than the current time.",
        "other: bound to what it is now",
    ),
    (
        "en.bound-to-now",
        "Integer",
        "The wicks. The value cannot be less than the number of lamps in the tower.",
        "other: bound to what it is now",
    ),
    (
        "zh.bound-to-now",
        "Integer",
        "灯高，只能减小，不能增大。",
        "other: bound to what it is now",
    ),
    (
        "en.bound-to-now",
        "String",
        "The tower. It cannot be the current tower.",
        "other: bound to what it is now",
    ),
    (
        "en.bound-to-now",
        "String",
        "The time must be later than the current time.",
        "other: bound to what it is now",
    ),
    (
        "en.bound-to-now",
        "String",
        "When to light the lamp. It must be a UTC time later than the current time.",
        "other: bound to what it is now",
    ),
    (
        "zh.bound-to-now",
        "String",
        "点灯时间，必须晚于当前时间。",
        "other: bound to what it is now",
    ),
    (
        "zh.bound-to-now",
        "-",
        "目标灯塔不能是灯当前所在的灯塔，否则返回400。",
        "other: bound to what it is now: 灯塔",
    ),
    (
        "zh.bound-to-now",
        "-",
        "加高后的高度必须大于灯塔当前的高度。",
        "other: bound to what it is now: 高度",
    ),
    (
        "en.bound-to-now",
        "Integer",
        "The new height must be greater than the current height.",
        "other: bound to what it is now",
    ),
];
