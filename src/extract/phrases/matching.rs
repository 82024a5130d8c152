//! How texts are held against each other: with or without the case of their letters, whole or in part.

use super::other::{field_remark, finds_parts};
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::things::phrase;
use crate::contract::{CASE_COUNTS, CASE_IGNORED, FINDS_WHOLE};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.case",
        language: Zh,
        meaning: "whether capitals differ from small letters",
        cues: &["大小写"],
        pattern: r"(?P<not>不)?区分(?:字母)?大小写|大小写(?P<in>不)?敏感|(?P<over>忽略)大小写",
        read: |hit| {
            let ignored = ["not", "in", "over"]
                .iter()
                .any(|name| !hit.group(name).is_empty());
            field_remark(hit, case_word(ignored))
        },
    },
    Rule {
        name: "en.contains-this",
        language: En,
        meaning: "a filter that finds whatever has its value in it",
        cues: &["contain"],
        pattern: r"\b(?:whose [a-z]+|with [a-z]+ (?:that|which)) contains? (?:this|the given) (?:text|string|word|value)\b|\b(?:name|title)s? containing this (?:text|string|word|value)\b",
        read: finds_parts,
    },
    Rule {
        name: "en.case",
        language: En,
        meaning: "whether capitals differ from small letters",
        cues: &["case", "lower"],
        pattern: r"\b(?P<not>not )?case[ -](?P<in>in)?sensitive\b|\bupper(?: ?case)? and lower(?: ?case)?(?: letters)? (?:are|is) (?P<un>not )?(?:told apart|distinguished)\b",
        read: |hit| {
            let ignored = ["not", "in", "un"]
                .iter()
                .any(|name| !hit.group(name).is_empty());
            field_remark(hit, case_word(ignored))
        },
    },
    Rule {
        name: "zh.exact",
        language: Zh,
        meaning: "a text that must be all of another one",
        cues: &["完全", "精确", "严格"],
        pattern: r"{必须}?(?:与|和)?[^,。；]{0,16}?(?:完全|精确|严格)(?:一致|相同|匹配|查询|查找)",
        read: |hit| field_remark(hit, FINDS_WHOLE),
    },
    Rule {
        name: "zh.same-as",
        language: Zh,
        meaning: "a value that must be that of another thing",
        cues: &["一致", "相同"],
        pattern: r"{必须}(?:与|和|跟)(?P<of>[^,。；]{2,16}?)(?:保持)?(?:一致|相同)(?P<next>[,。；]|$)",
        read: same_as,
    },
    Rule {
        name: "en.same-as",
        language: En,
        meaning: "a value that must be that of another thing",
        cues: &["the same as", "match"],
        pattern: r"must (?:be the same as|match) (?:that of )?(?:the |an? )?(?P<of>[a-z][a-z ]{2,30}?)(?P<next>\.|,|;|$)",
        read: same_as,
    },
    Rule {
        name: "en.exact",
        language: En,
        meaning: "a text that must be all of another one",
        cues: &["exact"],
        pattern: r"(?:must )?exactly (?:match(?:es)?|the same|as)\b[^.]*|match(?:es)? [^.,]{2,40} exactly|\bexact match(?:ing)?\b|^(?:the )?exact [a-z]+ of the [a-z]+\b|\b(?:matched|compared) exactly\b|\bexactly matched\b",
        read: |hit| field_remark(hit, FINDS_WHOLE),
    },
];

/// Not "the same as this field": names are other rules' concern.
fn same_as(hit: &Hit) -> Option<Heard> {
    let of = phrase(hit.group("of")).filter(|of| !of.contains('_'))?;
    let words = format!("same as {of}");
    field_remark(hit, &words)
}

fn case_word(ignored: bool) -> &'static str {
    match ignored {
        true => CASE_IGNORED,
        false => CASE_COUNTS,
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.contains-this",
        "String",
        "Only lamps whose names contain this text are shown.",
        "other: finds what has it inside",
    ),
    (
        "en.case",
        "String",
        "Lamps with this name. Upper and lower case are not told apart.",
        "other: case-insensitive",
    ),
    (
        "en.exact",
        "String",
        "Exact name of the lamp to be found.",
        "other: matched exactly",
    ),
    (
        "zh.same-as",
        "String",
        "灯网的号，必须和灯塔所属网络一致。",
        "other: same as 灯塔所属网络",
    ),
    (
        "en.same-as",
        "String",
        "The oil. It must match the oil of the tower.",
        "other: same as oil of the tower",
    ),
    (
        "en.exact",
        "String",
        "Specifies the lamp's name, which is matched exactly.",
        "other: matched exactly",
    ),
    (
        "zh.case",
        "String",
        "灯名，不区分大小写。",
        "other: case-insensitive",
    ),
    (
        "zh.case",
        "String",
        "灯名，大小写敏感。",
        "other: case-sensitive",
    ),
    (
        "en.case",
        "String",
        "The name is case-insensitive.",
        "other: case-insensitive",
    ),
    (
        "en.case",
        "String",
        "The name is case sensitive.",
        "other: case-sensitive",
    ),
    (
        "zh.exact",
        "String",
        "灯名，必须与登记的灯名完全一致。",
        "other: matched exactly",
    ),
    (
        "en.exact",
        "String",
        "The lamp's name. It must exactly match that on the lamp.",
        "other: matched exactly",
    ),
];
