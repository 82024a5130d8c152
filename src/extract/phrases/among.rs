//! What holds among the members of a list, or of the objects in it.

use super::other::{field_remark, remark};
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.consecutive",
        language: Zh,
        meaning: "numbers that follow one on another",
        cues: &["连续"],
        pattern: r"{必须}(?:是|为|保证|保持)?连续",
        read: |hit| field_remark(hit, "consecutive"),
    },
    Rule {
        name: "en.consecutive",
        language: En,
        meaning: "numbers that follow one on another",
        cues: &["consecutive", "continuous"],
        pattern: r"{must} be (?:consecutive|continuous)\b",
        read: |hit| field_remark(hit, "consecutive"),
    },
    Rule {
        name: "zh.first-is",
        language: Zh,
        meaning: "what the first of a list is",
        cues: &["第一个", "首个"],
        pattern: r"(?:第一|首)[个块张台]\p{Han}{0,8}?(?:为|作为|是)(?P<as>\p{Han}{2,8})[。；]?$",
        read: first_is,
    },
    Rule {
        name: "en.first-is",
        language: En,
        meaning: "what the first of a list is",
        cues: &["the first "],
        pattern: r"^the first [a-z ]{2,20}? (?:is|will be)(?: used as| regarded as)? the (?P<as>[a-z][a-z ]{2,30}?)\.?$",
        read: first_is,
    },
    Rule {
        name: "zh.exactly-one",
        language: Zh,
        meaning: "one of several objects in which a field has a value",
        cues: &["有一个", "有且"],
        pattern: r#"有且(?:仅|只)有一个\p{Han}{0,8}(?:的)?\s*(?P<field>[a-z_][A-Za-z0-9_]*)\s*(?:的值)?为\s*"?(?P<value>[A-Za-z0-9_-]+)"?|(?P<own>[a-z_][A-Za-z0-9_]*)\s*的值(?:必须)?有(?:且仅有)?一个为\s*"?(?P<one>[A-Za-z0-9_-]+)"?"#,
        read: |hit| {
            let field = [hit.group("field"), hit.group("own")].concat();
            let value = [hit.group("value"), hit.group("one")].concat();
            remark(&format!("one has {field} == {value}"))
        },
    },
    Rule {
        name: "en.exactly-one",
        language: En,
        meaning: "one of several objects in which a field has a value",
        cues: &["one "],
        pattern: r#"(?:exactly|only) one (?:of the )?[a-z]+ (?:must have|can have|has) (?:the )?(?P<field>[a-z_][a-z0-9_]*) (?:set to|of) "?(?P<value>[a-z0-9_-]+)"?"#,
        read: |hit| {
            remark(&format!(
                "one has {} == {}",
                hit.group("field"),
                hit.group("value")
            ))
        },
    },
];

fn first_is(hit: &Hit) -> Option<Heard> {
    let of_list = || remark(&format!("the first is {}", hit.group("as")));
    hit.is_list().then(of_list).flatten()
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.first-is",
        "Array of String",
        "灯的列表。第一个灯为主灯。",
        "other: the first is 主灯",
    ),
    (
        "en.first-is",
        "Array of String",
        "The lamps. The first lamp is used as the main lamp.",
        "other: the first is main lamp",
    ),
    (
        "zh.consecutive",
        "Array of String",
        "灯位号，必须连续。",
        "other: consecutive",
    ),
    (
        "en.consecutive",
        "Array of String",
        "The lamp numbers, which must be consecutive.",
        "other: consecutive",
    ),
    (
        "zh.exactly-one",
        "Array of String",
        "灯的列表，有且仅有一个灯的main为true。",
        "other: one has main == true",
    ),
    (
        "zh.exactly-one",
        "Integer",
        "灯序。同时点多盏灯时，rank的值有一个为0。",
        "other: one has rank == 0",
    ),
    (
        "en.exactly-one",
        "Array of String",
        "The lamps. Exactly one lamp must have main set to true.",
        "other: one has main == true",
    ),
];
