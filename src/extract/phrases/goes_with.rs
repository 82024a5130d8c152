//! What is removed together with the thing that it belongs to.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::things::{phrase, thing};
use crate::contract::going_with;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.goes-with",
        language: Zh,
        meaning: "what a removal takes along",
        cues: &["一并", "一同", "随之", "级联", "同时"],
        pattern: r"删除[^。；,]{0,12}?(?:后|时),?(?:[^。；,]{1,12}?的)?(?P<what>\p{Han}{1,10}(?:、\p{Han}{1,10}){0,4}?)(?:都|也|均|将|会)*(?:一并|一同|同时|随之|级联)(?:被)?(?:删除|清除)|(?:同时|一并|级联)(?:会)?删除(?:其|它)(?:下|中|内)?(?:的)?(?:所有|全部)?的?(?P<its>\p{Han}{1,10}(?:、\p{Han}{1,10}){0,4})(?:[。；,]|$)",
        read: goes_with,
    },
    Rule {
        name: "en.goes-with",
        language: En,
        meaning: "what a removal takes along",
        cues: &["deleted", "deletes", "removed", "removes"],
        pattern: r"(?i)\b(?:its|their|the) (?P<what>[a-z-]{2,24}(?:,? and [a-z-]{2,24}|, [a-z-]{2,24}){0,3}) (?:is|are|will be) (?:also |automatically )?(?:deleted|removed) (?:as well|too|along with it|together with it|with it)|(?:also|automatically) (?:deletes|removes) (?:all )?(?:of )?(?:its|their) (?P<its>[a-z-]{2,24}(?:,? and [a-z-]{2,24}|, [a-z-]{2,24}){0,3})(?:[.;,]|$)",
        read: goes_with,
    },
];

/// What is denied, or so in one case or by choice, is not promised.
fn goes_with(hit: &Hit) -> Option<Heard> {
    const OPEN: [&str; 16] = [
        "不", "未", "没", "无", "如果", "若", "当", "是否", "可", "选择", "if ", "whether ",
        "unless ", "can ", "may ", "option",
    ];
    let printed = [hit.group("what"), hit.group("its")].concat();
    let whole = hit.captures.get(0).map_or("", |whole| whole.as_str());
    let said = [hit.before, whole].concat().to_lowercase();
    if OPEN.iter().any(|word| said.contains(word)) {
        return None;
    }
    let printed = printed.to_lowercase().replace(" and ", ",");
    let each = printed.split(['、', '和', '与', '及', ',']).map(str::trim);
    let names: Vec<String> = each
        .filter(|name| phrase(name).is_some())
        .map(|name| thing(name, true))
        .collect();
    (!hit.about_field() && !names.is_empty()).then(|| going_with(&names).into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.goes-with",
        "-",
        "灯塔删除后，灯塔的旗帜和灯罩一并删除。",
        "other: goes with it: 旗帜, 灯罩",
    ),
    (
        "zh.goes-with",
        "-",
        "删除灯塔，同时会删除其下的所有灯罩。",
        "other: goes with it: 灯罩",
    ),
    (
        "en.goes-with",
        "-",
        "When a lighthouse is deleted, its lamps and flags are deleted as well.",
        "other: goes with it: lamps, flags",
    ),
    (
        "en.goes-with",
        "-",
        "Deleting a lighthouse also deletes its lamps.",
        "other: goes with it: lamps",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::{print, read_as};

    #[test]
    fn what_is_denied_or_a_choice_goes_along_with_nothing() {
        for said in [
            "灯塔删除后，灯塔的旗帜不会一并删除。",
            "删除灯塔时，可以选择同时删除其所有灯罩。",
            "If lamps is true, its lamps are deleted as well.",
        ] {
            let read = read_as("-", said).statements;
            let told: Vec<String> = read.iter().map(print).collect();
            assert!(!told.concat().contains("goes with"), "{said}: {told:?}");
        }
    }
}
