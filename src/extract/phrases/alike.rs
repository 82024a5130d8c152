//! What the items of a list must have in common, and what only the first of them must be.

use super::other::remark;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::things::{phrase, thing};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.all-of-same",
        language: Zh,
        meaning: "items that must all be in the same place, or alike in something",
        cues: &["同一", "相同"],
        pattern: r"(?:保证|确保|必须|需要?)(?:各组?|所有|全部|每个)(?P<of>\p{Han}{2,6}?){必须}?(?:都|均)?(?:属于|位于|处于|在)(?:同一个?|相同的?)(?P<what>\p{Han}{2,6}|[A-Z]{2,5})(?:内|中|下)?(?P<next>[。；,]|$)",
        read: of_the_same,
    },
    Rule {
        name: "en.all-of-same",
        language: En,
        meaning: "items that must all be in the same place, or alike in something",
        cues: &["the same"],
        pattern: r"(?:ensure|make sure) that (?:all|the) (?P<of>[a-z ]{2,20}?) (?:all )?(?:belong to|are (?:located )?in|use|share|have) the same (?P<what>[a-z]+(?: [a-z]+)?)(?P<next>\.|,|;|$)",
        read: of_the_same,
    },
    Rule {
        name: "zh.first-of-kind",
        language: Zh,
        meaning: "what the first item must be",
        cues: &["第一个"],
        pattern: r"第一个\p{Han}{1,10}?{必须}(?:是|为)\s*(?P<kind>[A-Za-z][A-Za-z0-9_-]*)\s*(?:类型|格式)?",
        read: first,
    },
    Rule {
        name: "en.first-of-kind",
        language: En,
        meaning: "what the first item must be",
        cues: &["the first"],
        pattern: r"the first [a-z]+(?: (?:in|of) the [a-z]+)? must be (?:an? |of )?(?P<kind>[a-z][a-z0-9_-]*) [a-z]+",
        read: first,
    },
];

fn of_the_same(hit: &Hit) -> Option<Heard> {
    let printed = phrase(hit.group("what").trim_end_matches(['内', '中', '下']))?;
    let what = match printed.is_ascii() {
        true => printed,
        false => thing(&printed, false),
    };
    hit.about_field()
        .then(|| remark(&format!("all of the same {what}")))
        .flatten()
}

fn first(hit: &Hit) -> Option<Heard> {
    let words = format!("the first must be {}", hit.group("kind"));
    hit.about_field().then(|| remark(&words)).flatten()
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.all-of-same",
        "Array of String",
        "灯的列表。若点亮多盏灯，需保证各组灯盏都属于同一港口。",
        "other: all of the same 港口",
    ),
    (
        "en.all-of-same",
        "Array of String",
        "The lamps. Ensure that all lamps belong to the same harbour.",
        "other: all of the same harbour",
    ),
    (
        "zh.first-of-kind",
        "Array of String",
        "灯的列表。第一个灯盏必须为gas类型的灯。",
        "other: the first must be gas",
    ),
    (
        "en.first-of-kind",
        "Array of String",
        "The lamps. The first lamp in the list must be a gas lamp.",
        "other: the first must be gas",
    ),
];
