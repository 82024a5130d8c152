//! How a text may not begin and end, said of both ends at once.

use super::rule::{Language::Zh, Rule};
use crate::contract::{Constraint, Kind};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.no-outer-blanks",
        language: Zh,
        meaning: "no blanks in front and behind",
        cues: &["空格", "空白"],
        pattern: r"(?:首尾|首末|头尾|前后|两端|开头和结尾)(?:的)?(?:字符)?(?:均|都)?{不能}(?:为|是|有|含有?|包含|出现|使用|输入)?(?:空格|空白)(?:字?符)?",
        read: |hit| {
            let is_text = hit.about_field() && *hit.kind() == Kind::String;
            let pattern = Constraint::Pattern("^[^ ](.*[^ ])?$".to_owned());
            is_text.then(|| pattern.into())
        },
    },
    Rule {
        name: "zh.no-address",
        language: Zh,
        meaning: "no address in place of a name: a remark",
        cues: &["ip"],
        pattern: r"{不能}(?:使用|为|是|采用)?\s*IP\s*地址(?P<next>[,。；]|$)",
        read: |hit| {
            let remark = Constraint::Other("not an IP address".to_owned());
            hit.about_field().then(|| remark.into())
        },
    },
];

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.no-outer-blanks",
        "String",
        "灯名，首尾字符不能为空格。",
        "pattern ^[^ ](.*[^ ])?$",
    ),
    (
        "zh.no-address",
        "String",
        "灯塔的名字，禁止使用IP地址。",
        "other: not an IP address",
    ),
];
