//! Values that stand alone: no word before them says that they are values.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::tokens;
use super::values::{alone, enumeration, with_default};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.one-of",
        language: Zh,
        meaning: "one of these values",
        cues: &["中的一个", "中的一种", "之一", "中一个"],
        pattern: r#"(?:只能|必须|可以|可)?(?:是|为|取)\s*(?P<list>"?[A-Za-z0-9_.-]+"?(?:\s*(?:、|,|和|或者|或)\s*"?[A-Za-z0-9_.-]+"?)+)\s*(?:中的?(?:一个|一种|任意一个)|(?:其中)?之一)"#,
        read: whole_list,
    },
    Rule {
        name: "zh.bare-list",
        language: Zh,
        meaning: "values after a colon, parted by 或",
        cues: &["或"],
        pattern: r"^[^:]{1,24}:\s*(?P<list>[A-Za-z0-9_-]+\s*(?:[,、]\s*[A-Za-z0-9_-]+\s*)*[,、]?\s*(?:或者|或)\s*[A-Za-z0-9_-]+)\s*[。；;]?$",
        read: |hit| enumeration(hit, tokens::list(hit.group("list"))?, false, 0),
    },
    Rule {
        name: "zh.bracketed-values",
        language: Zh,
        meaning: "the values that are supported, in brackets",
        cues: &["(支持", "(可选", "(取值"],
        pattern: r"\((?:支持|可选值?|取值)(?:为|有)?\s*:?\s*(?P<list>[A-Za-z0-9_-]+(?:\s*(?:,|、|/|和|或)\s*[A-Za-z0-9_-]+)+)\)",
        read: whole_list,
    },
    Rule {
        name: "zh.counted-values",
        language: Zh,
        meaning: "the values that are supported, and how many they are",
        cues: &["种"],
        pattern: r"支持\s*(?P<list>[A-Za-z0-9_-]+(?:\s*(?:,|、|/|和|或)\s*[A-Za-z0-9_-]+)+)\s*(?:这|共)?[两三四五六七八九十0-9]种",
        read: whole_list,
    },
    Rule {
        name: "zh.pair",
        language: Zh,
        meaning: "the two words for yes and no, run together where their lines were lost",
        cues: &["truefalse", "falsetrue"],
        pattern: r"^\s*(?P<one>true|false)(?P<two>true|false)(?P<next>\p{Han}|[,。]|$)",
        read: |hit| {
            let values = [hit.group("one"), hit.group("two")].map(str::to_owned);
            let differ = values[0] != values[1];
            (hit.about_field() && differ)
                .then(|| enumeration(hit, alone(values.to_vec()), false, 0))
                .flatten()
                .map(|heard| heard.reading_on(0))
        },
    },
    Rule {
        name: "en.bare-values",
        language: En,
        meaning: "nothing but values, parted by or",
        cues: &[" or "],
        pattern: r"^(?P<list>[a-z0-9_.-]+(?:, [a-z0-9_.-]+)*,? or [a-z0-9_.-]+)$",
        read: |hit| {
            let list = tokens::list(hit.group("list"))?;
            let is_whole = list.length == hit.whole().len() && hit.unit.text == hit.whole();
            is_whole.then(|| enumeration(hit, list, false, 0)).flatten()
        },
    },
    Rule {
        name: "en.bare-list",
        language: En,
        meaning: "values after a colon, parted by or",
        cues: &[" or "],
        pattern: r"^[^:]{1,120}:\s*(?P<list>[a-z0-9_-]+(?: \(default\))?(?:, [a-z0-9_-]+)*,? or [a-z0-9_-]+(?: \(default\))?)\.?$",
        read: |hit| {
            let list = tokens::list(hit.group("list"))?;
            let default = tokens::marked_default(hit.group("list"));
            with_default(enumeration(hit, list, false, 0)?, hit, default)
        },
    },
];

/// The values of a list that a field may have, where the list is nothing else.
fn whole_list(hit: &Hit<'_>) -> Option<Heard> {
    let list = tokens::list(hit.group("list"))?;
    let is_whole = list.length == hit.group("list").len();
    (hit.about_field() && is_whole)
        .then(|| enumeration(hit, alone(list.values), false, 0))
        .flatten()
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.counted-values",
        "String",
        "传讯，枚举类型，支持flag、horn、bell三种方式。",
        "enum flag horn bell",
    ),
    (
        "zh.bracketed-values",
        "String",
        "灯的排序方向（支持rise，fall），默认为fall。",
        "enum rise fall\ndefault fall",
    ),
    (
        "zh.pair",
        "String",
        "灯是否点亮。truefalse如果灯塔没有此参数，则表示不支持点亮。",
        "enum true false\ndefault not supported",
    ),
    (
        "zh.one-of",
        "String",
        "灯油种类，只能是oil、gas、wood_pile中的一个。",
        "enum oil gas wood_pile",
    ),
    (
        "zh.bare-list",
        "String",
        "燃料：oil，gas，或者wood。",
        "enum oil gas wood",
    ),
    ("en.bare-values", "Integer", "4 or 6", "enum 4 6"),
    (
        "en.bare-list",
        "String",
        "How the flags fly: HIGH (default) or LOW.",
        "enum HIGH LOW\ndefault HIGH",
    ),
    (
        "en.bare-list",
        "String",
        "Specifies the beams of the lamp: 16 or 24.",
        "enum 16 24",
    ),
];
