//! What cannot be changed any more once a thing is there, and states that it comes to.

use super::other::remark;
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::things::phrase;
use crate::contract::{Constraint, GROWS, NEVER_CHANGED, leading_to};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.never-changed",
        language: Zh,
        meaning: "what cannot be changed any more",
        cues: &["修改", "变更", "更改", "改变", "更换"],
        pattern: r"(?:^(?P<of>\p{Han}{2,10}?)在(?:创建|新建|建成|添加|注册|建立)(?:成功|完成)?(?:之)?后|(?:成功|完成)?(?:之)?后|一经\p{Han}{2,4}|一旦\p{Han}{2,4}),?(?:则|便|就)?(?P<what>\p{Han}{0,8}?)(?:将|都|均)?(?:不(?:可以?|能|支持|允许|得)|无法)(?:再)?(?:次)?(?:被|进行)?(?:修改|变更|更改|改变|更换)|^(?:该|此|本)?(?:参数|字段|属性)?{不能}(?:修改|变更|更改)[。；]?$|^(?P<names>(?:[a-z][A-Za-z0-9_]+|\p{Han}{2,8}?)(?:\s*[、和及与]\s*(?:[a-z][A-Za-z0-9_]+|\p{Han}{2,8}?))+)\s*(?:字段|参数|属性)?(?:均|都)?{不能}(?:再)?(?:被|进行)?(?:修改|变更|更改)(?P<next>[,。；]|$)",
        read: never_changed,
    },
    Rule {
        name: "en.never-changed",
        language: En,
        meaning: "what cannot be changed any more",
        cues: &["changed", "modified", "updated", "immutable"],
        pattern: r"(?:^(?:(?:the|this|a|an) )?(?P<what>[a-z_][a-z_, ]{2,80}?)(?: of (?:a|an|the) [a-z ]{2,24}?)? )?{cannot} be (?:changed|modified|updated|edited) (?:after|once|later)[^.]*|^(?:all )?other (?:attributes|parameters|fields|properties), such as (?P<such>[a-z_, ]{2,80}?), {cannot} be (?:changed|modified|updated|edited)|\bis immutable\b[^.]*|^the (?P<own>[a-z_]+(?:,? (?:and )?(?:the )?[a-z_]+){0,3}?) of (?:a|an|the) [a-z ]{2,24}? {cannot} be (?:changed|modified|updated|edited)\.?$|^(?P<names>[a-z]+_[a-z0-9_]+|[a-z0-9_]+(?:, [a-z0-9_]+)*,? and [a-z0-9_]+)(?: of (?:a|an|the) [a-z ]{2,24}?)? {cannot} be (?:changed|modified|updated|edited)\.?$",
        read: never_changed,
    },
    Rule {
        name: "zh.only-grows",
        language: Zh,
        meaning: "what can grow and never shrink",
        cues: &["只能", "仅能", "仅支持", "只支持", "只允许"],
        pattern: r"(?:只能|仅能|仅支持|只支持|只允许)(?:扩大|扩容|增大|增加|变大|调大)(?:,?(?:而)?{不能}(?:再)?(?:缩小|缩容|减小|减少|变小|调小))?",
        read: |_| remark(GROWS),
    },
    Rule {
        name: "en.only-grows",
        language: En,
        meaning: "what can grow and never shrink",
        cues: &[
            "scaled",
            "expanded",
            "increased",
            "extended",
            "enlarged",
            "raised",
        ],
        pattern: r"(?:^the (?P<what>[a-z][a-z_ ]{2,30}?) )?(?:can|may) (?:only be (?:scaled up|expanded|increased|extended|enlarged|raised)\b|be (?:scaled up|expanded|increased|extended),? (?:but|and) (?:it )?cannot be (?:scaled down|shrunk|reduced|decreased))",
        read: |hit| match hit.group("what") {
            what if !what.is_empty() && !hit.about_field() => {
                let field = what.replace(' ', "_");
                Some(Heard::about(field, Constraint::Other(GROWS.to_owned())))
            }
            _ => remark(GROWS),
        },
    },
    Rule {
        name: "zh.comes-to",
        language: Zh,
        meaning: "a state that a thing comes to",
        cues: &[
            "变为",
            "变成",
            "变更为",
            "转为",
            "进入",
            "更新为",
            "恢复为",
            "恢复到",
            "置为",
            "初始状态",
        ],
        pattern: r#"(?:^|[,。；的])初始状态(?:为|是)\s*"?(?P<initial>[A-Z][A-Z_]{2,24})"?|(?:变为|变成|变更为|转为|进入|更新为|恢复为|恢复到|(?:重|会被|将被)置为)\s*"?(?P<state>[A-Z][A-Z_]{2,24})"?"#,
        read: comes_to,
    },
    Rule {
        name: "en.comes-to",
        language: En,
        meaning: "a state that a thing comes to",
        cues: &[
            "changes to",
            "become",
            "enters",
            "turns",
            "transitions",
            "initial ",
        ],
        pattern: r#"(?:\binitial (?:status|state) (?:of [a-z ]{3,30} )?is|changes? to|becomes?|enters?|turns? (?:in)?to|transitions? to)(?: the)? "?(?P<state>[a-z_]{3,24})"?(?: state| status)?"#,
        read: comes_to,
    },
];

fn never_changed(hit: &Hit) -> Option<Heard> {
    let groups = ["of", "what", "such", "own", "names"].map(|name| hit.group(name));
    let printed = groups.concat();
    let printed = printed.replace(", and ", ", ").replace(" and ", ", ");
    let printed = printed.replace(['、', '和', '及', '与'], ", ");
    let named = printed
        .split(", ")
        .map(|word| word.trim_start_matches("the "));
    let named: Vec<String> = named.filter_map(phrase).collect();
    if named.is_empty() || hit.about_field() {
        return remark(NEVER_CHANGED);
    }
    let each = named
        .iter()
        .filter_map(|what| remark(&format!("{NEVER_CHANGED}: {what}")));
    each.reduce(|mut all, one| {
        all.constraints.extend(one.constraints);
        all
    })
}

/// Words for what comes otherwise than by what an operation does when all is well.
const OTHERWISE: [&str; 14] = [
    "失败", "异常", "超时", "到期", "过期", "回滚", "若", "如果", "fail", "expire", "time out",
    "timeout", "roll", "if ",
];

/// Only what is printed in capitals is surely a state, and only where nothing else leads to it.
fn comes_to(hit: &Hit) -> Option<Heard> {
    let state = [hit.group("state"), hit.group("initial")].concat();
    let is_state = !state.contains(|c: char| c.is_ascii_lowercase());
    let before = hit.before.to_lowercase();
    let is_own = !OTHERWISE.iter().any(|word| before.contains(word));
    (!hit.about_field() && is_state && is_own).then(|| leading_to(&state).into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.only-grows",
        "-",
        "The height can only be increased.",
        "height: other: can only grow",
    ),
    (
        "en.never-changed",
        "-",
        "The glass and the height of a lamp cannot be modified.",
        "other: cannot be changed later: glass\nother: cannot be changed later: height",
    ),
    (
        "en.never-changed",
        "-",
        "height and oil_type of a lamp cannot be modified.",
        "other: cannot be changed later: height\nother: cannot be changed later: oil_type",
    ),
    (
        "en.only-grows",
        "-",
        "A tower can be extended but cannot be shrunk.",
        "other: can only grow",
    ),
    (
        "zh.only-grows",
        "-",
        "灯塔只能扩大，不能缩小。",
        "other: can only grow",
    ),
    (
        "zh.never-changed",
        "String",
        "灯罩的颜色，点亮后不可修改。",
        "other: cannot be changed later",
    ),
    (
        "zh.never-changed",
        "-",
        "灯塔建成后，灯室类型不支持变更。",
        "other: cannot be changed later: 灯室类型",
    ),
    (
        "zh.never-changed",
        "-",
        "灯室类型在建成后不支持修改。",
        "other: cannot be changed later: 灯室类型",
    ),
    (
        "zh.never-changed",
        "-",
        "灯罩和oil_type不支持更改，带上时报错。",
        "other: cannot be changed later: 灯罩\nother: cannot be changed later: oil_type",
    ),
    (
        "en.never-changed",
        "String",
        "The colour of the shade, which cannot be changed after the lamp is lit.",
        "other: cannot be changed later",
    ),
    (
        "en.never-changed",
        "-",
        "The fuel of a lamp cannot be changed once it is lit.",
        "other: cannot be changed later: fuel",
    ),
    (
        "en.never-changed",
        "-",
        "The fuel type, the glass, and the height of a lamp cannot be changed after it has been hung.",
        "other: cannot be changed later: fuel type\nother: cannot be changed later: glass\nother: cannot be changed later: height",
    ),
    (
        "en.never-changed",
        "-",
        "Other attributes, such as the fuel, cannot be modified.",
        "other: cannot be changed later: fuel",
    ),
    (
        "zh.comes-to",
        "-",
        "新灯的初始状态为DARK。",
        "other: comes to state DARK",
    ),
    (
        "en.comes-to",
        "-",
        "The initial status of a lamp is DARK.",
        "other: comes to state DARK",
    ),
    (
        "zh.comes-to",
        "-",
        "点亮时灯塔的状态变为GLOWING。",
        "other: comes to state GLOWING",
    ),
    (
        "zh.comes-to",
        "-",
        "熄灭后灯塔的状态恢复为DARK，lit_at被清空。",
        "other: comes to state DARK",
    ),
    (
        "en.comes-to",
        "-",
        "When the lamp burns, the tower enters the GLOWING state.",
        "other: comes to state GLOWING",
    ),
];
