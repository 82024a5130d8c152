//! How texts are built: of parts that are named, or by the rules of another field.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, Kind, formed_like};

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
    Rule {
        name: "zh.joined-by",
        language: Zh,
        meaning: "a text of two parts with a sign between them",
        cues: &["连接", "分隔", "拼接", "隔开"],
        pattern: r#"(?:^|[,。；:\s])"?(?P<first>[A-Za-z_]+)"?\s*(?:与|和|、)\s*"?(?P<second>[A-Za-z_]+)"?\s*(?:之间)?(?:使用|用|以|通过)\s*(?:\p{Han}{2,3})?\s*\(?"?(?P<sign>[=:;|#/@-])"?\)?\s*(?:号)?(?:进行)?(?:连接|分隔|拼接|隔开)"#,
        read: joined,
    },
    Rule {
        name: "en.joined-by",
        language: En,
        meaning: "a text of two parts with a sign between them",
        cues: &["connected", "joined", "separated", "concatenated"],
        pattern: r#"\b(?:the )?(?P<first>[A-Za-z_]+) and (?:the )?(?P<second>[A-Za-z_]+) (?:are|is) (?:connected|joined|separated|concatenated) (?:by|using|with) (?:an? )?(?:[a-z]+ ){0,2}\(?"?(?P<sign>[=:;|#/@-])"?\)?"#,
        read: joined,
    },
];

/// The parts by their names: what stands in them is told elsewhere.
fn joined(hit: &Hit) -> Option<Heard> {
    let [first, sign, second] = ["first", "sign", "second"].map(|name| hit.group(name));
    let holds_text = *hit.kind() == Kind::String;
    (hit.about_field() && holds_text)
        .then(|| Constraint::Pattern(format!("{first}{sign}{second}")).into())
}

fn like(hit: &Hit) -> Option<Heard> {
    let field = hit.group("field");
    let is_own = hit.subject.name == Some(field);
    (hit.about_field() && !is_own).then(|| formed_like(field).into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.joined-by",
        "Array of String",
        "灯的标记，name与colour使用“=”连接。",
        "pattern name=colour",
    ),
    (
        "en.joined-by",
        "String",
        "Where the lamp is. The tower and the storey are separated by a colon (:).",
        "pattern tower:storey",
    ),
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
