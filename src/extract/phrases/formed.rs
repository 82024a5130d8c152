//! Fields that are built by the rules of another field, which is named.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::formed_like;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.formed-like",
        language: Zh,
        meaning: "built by the same rules as another field",
        cues: &["格式", "形式", "规则", "要求"],
        pattern: r#"(?:格式|形式|命名规则|规则|要求)(?:同|(?:与|和))\s*(?:参数|字段)?"?(?P<field>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数|字段)?(?:的(?:格式|形式|规则|要求))?(?:相同|一致|一样)?(?P<next>[,。；]|$)"#,
        read: like,
    },
    Rule {
        name: "en.formed-like",
        language: En,
        meaning: "built by the same rules as another field",
        cues: &[
            "same format",
            "same form ",
            "same rules",
            "format is the same",
        ],
        pattern: r#"(?:(?:in|has|have|uses?|follows?) the same (?:format|form|rules)|the format is the same) as (?:that of )?(?:the )?"?(?P<field>[a-z][A-Za-z0-9_]*)"?(?: parameter| field)?(?P<next>\.|,|;|$)"#,
        read: like,
    },
];

fn like(hit: &Hit) -> Option<Heard> {
    let field = hit.group("field");
    let is_own = hit.subject.name == Some(field);
    (hit.about_field() && !is_own).then(|| formed_like(field).into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.formed-like",
        "String",
        "灯光的去处，格式同from_lamp，且不能与from_lamp相同。",
        "other: formed like from_lamp\nother than from_lamp",
    ),
    (
        "zh.formed-like",
        "String",
        "熄灯的时间，格式与lit_at一致。",
        "other: formed like lit_at",
    ),
    (
        "en.formed-like",
        "String",
        "When the lamp goes out, in the same format as lit_at.",
        "other: formed like lit_at",
    ),
];
