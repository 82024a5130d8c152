//! What is written down and that nobody checks.

use super::other::field_remark;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::NOT_CHECKED;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.not-checked",
        language: Zh,
        meaning: "a field whose value is not checked",
        cues: &["校验", "检查"],
        pattern: r"(?P<lead>[^。；,]{0,24}?)不(?:会)?(?:再)?(?:做|作|进行|对)?(?P<what>\p{Han}{0,12}?)(?:校验|检查)(?P<next>[。；,]|$)",
        read: not_checked,
    },
    Rule {
        name: "zh.other-kind-taken",
        language: Zh,
        meaning: "what is of another kind is taken for something, not refused",
        cues: &["非"],
        pattern: r"(?:指定|输入|传入|填写)(?:了|为)?非\s*(?:[A-Za-z]{3,10}|\p{Han}{2,4}?)\s*(?:类型|型)的?(?:字符串|字符|值|内容)?(?:时)?(?P<next>,?(?:则|将)?(?:默认|按))",
        read: |hit| field_remark(hit, NOT_CHECKED),
    },
    Rule {
        name: "en.not-checked",
        language: En,
        meaning: "a field whose value is not checked",
        cues: &[
            "not checked",
            "not validated",
            "not verified",
            "not check",
            "not validate",
        ],
        pattern: r"(?i)(?P<lead>[^.;,]{0,60}?)\b(?:(?:is|are) not (?:checked|validated|verified)|(?:does|will) not (?:check|validate|verify) (?:it|(?:the|its|this) (?P<what>[a-z -]{2,40}?)))(?P<next>[.;,]|$)",
        read: not_checked,
    },
];

/// Of what is not checked in one case, or of another thing, nothing is said.
fn not_checked(hit: &Hit) -> Option<Heard> {
    const ITSELF: [&str; 14] = [
        "",
        "其",
        "该",
        "值",
        "内容",
        "格式",
        "合法性",
        "有效性",
        "口令强度",
        "密码强度",
        "content",
        "format",
        "value",
        "strength",
    ];
    let what = hit.group("what").split(" of ").next().unwrap_or_default();
    if !ITSELF.contains(&what.trim()) {
        return None;
    }
    let before = format!("{}{}", hit.before, hit.group("lead")).to_lowercase();
    let mut conditions = [
        "如果", "若", "当", "是否", "为", "if ", "when ", "whether ", "unless ", "mode", "for ",
    ]
    .into_iter();
    let is_conditional = conditions.any(|word| before.contains(word));
    (!is_conditional)
        .then(|| field_remark(hit, NOT_CHECKED))
        .flatten()
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.not-checked",
        "String",
        "灯的口令。该接口不做口令强度校验，请使用强口令。",
        "other: not checked",
    ),
    (
        "zh.not-checked",
        "String",
        "灯牌的值。熄灯时不校验。",
        "other: not checked",
    ),
    (
        "zh.other-kind-taken",
        "Boolean",
        "灯塔是否亮灯。若填写非布尔型的内容，则按熄灯对待。",
        "other: not checked",
    ),
    (
        "en.not-checked",
        "String",
        "The note on the lamp. Its content is not checked.",
        "other: not checked",
    ),
    (
        "en.not-checked",
        "String",
        "The word for the lamp. This API does not check the strength of it.",
        "other: not checked",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::{print, read_as};

    #[test]
    fn what_is_checked_or_is_not_in_one_case_alone_is_held_to() {
        for said in [
            "灯高。如果灯是铜的，则不校验。",
            "灯高。灯为铜制时不校验。",
            "是否不校验。",
            "The height. If the lamp is made of brass, it is not checked.",
            "灯高。系统会校验。",
            "灯高。不能跳过校验。",
            "灯名。不区分大小写进行校验。",
            "The lid of the lamp. This API does not check the existence of the lid.",
        ] {
            let read = read_as("String", said).statements;
            let told: Vec<String> = read.iter().map(print).collect();
            assert!(!told.concat().contains("not checked"), "{said}: {told:?}");
        }
    }
}
