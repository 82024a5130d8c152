//! What an operation does not do, of which no other rule knows more: a remark, so that it is not unread.

use super::rule::{Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, NOT_SUPPORTED};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.impossible",
        language: Zh,
        meaning: "what the operation does not do: a remark",
        cues: &["不支持", "仅支持", "只支持"],
        pattern: r"^[^。；]{0,60}?(?P<not>不支持|(?:仅|只)支持)[^。；]{2,60}[。；]?$",
        read: |hit| {
            let words = match hit.group("not") {
                "不支持" => NOT_SUPPORTED,
                _ => "nothing else is supported",
            };
            let remark = Constraint::Other(words.to_owned());
            (!hit.about_field()).then(|| remark.into())
        },
    },
    Rule {
        name: "en.impossible",
        language: En,
        meaning: "what the operation does not do: a remark",
        cues: &["supported", "cannot be used to"],
        pattern: r"^[^.]{3,90} (?:is|are) not supported\.?$|^(?:currently, )?(?P<only>only) [a-z][a-z ]{2,60}? (?:is|are) supported\.?$|^this (?:API|operation|interface) cannot be used to [^.]*",
        read: |hit| {
            let words = match hit.group("only") {
                "" => NOT_SUPPORTED,
                _ => "nothing else is supported",
            };
            let remark = Constraint::Other(words.to_owned());
            (!hit.about_field()).then(|| remark.into())
        },
    },
];

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.impossible",
        "-",
        "Currently, only lighting by hand is supported.",
        "other: nothing else is supported",
    ),
    (
        "en.impossible",
        "-",
        "Lighting lamps by hand is not supported.",
        "other: not supported",
    ),
    (
        "zh.impossible",
        "-",
        "目前仅支持点亮租来的灯塔。",
        "other: nothing else is supported",
    ),
    (
        "zh.impossible",
        "-",
        "点灯时不支持挂上旗帜，推荐先挂旗。",
        "other: not supported",
    ),
];
