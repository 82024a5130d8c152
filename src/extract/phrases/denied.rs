//! What an operation does not do, of which no other rule knows more: a remark, so that it is not unread.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::things::phrase;
use crate::contract::{Constraint, NOT_SUPPORTED};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.impossible",
        language: Zh,
        meaning: "what the operation does not do: a remark",
        cues: &["不支持", "仅支持", "只支持"],
        pattern: r"^(?P<lead>[^。；]{0,60}?)(?P<not>不支持|(?:仅|只)支持)(?:在[^,。；]{2,10}?(?:中|时|期间))?(?P<what>[^。；]{2,60})[。；]?$",
        read: |hit| denied(hit, hit.group("not") != "不支持"),
    },
    Rule {
        name: "en.impossible",
        language: En,
        meaning: "what the operation does not do: a remark",
        cues: &["support", "cannot be used to"],
        pattern: r"^(?P<what>[^.]{3,90}?) (?:is|are) not supported\.?$|^(?:currently, )?(?P<only>only) (?P<alone>[a-z][a-z ]{2,60}?) (?:is|are) supported\.?$|^this (?:API|operation|interface) (?:does not|cannot) support (?P<such>[a-z][a-z -]{2,30}?)(?: (?:if|when|after|during) [^.]*)?\.?$|^(?P<of>[a-z][a-z -]{2,30}?) do(?:es)? not support (?P<lacks>[a-z][a-z -]{2,30}?)\.?$|^this (?:API|operation|interface) cannot be used to [^.]*",
        read: |hit| denied(hit, !hit.group("only").is_empty()),
    },
];

/// What is denied, or that all else is, told with what it is where that takes few words.
fn denied(hit: &Hit, is_all_else: bool) -> Option<Heard> {
    let printed = ["what", "alone", "such", "lacks"].map(|name| hit.group(name));
    let printed = printed.concat();
    // Behind a comma stands what to do instead.
    let of = phrase(printed.split(',').next().unwrap_or_default());
    let words = match (of, is_all_else) {
        (Some(what), false) if let Some(of) = whom(hit) => {
            format!("{NOT_SUPPORTED} for {of}: {what}")
        }
        (Some(of), false) => format!("{NOT_SUPPORTED}: {of}"),
        (Some(of), true) => format!("nothing but {of} is supported"),
        (None, false) => NOT_SUPPORTED.to_owned(),
        (None, true) => "nothing else is supported".to_owned(),
    };
    (!hit.about_field()).then(|| Constraint::Other(words).into())
}

/// The things that it is denied to, where a sort of things is told before.
fn whom(hit: &Hit) -> Option<String> {
    let lead = hit.group("lead").rsplit(',').next().unwrap_or_default();
    // "This API", "for now" and "when it burns" are no sort of things.
    const OTHERS: [&str; 10] = [
        "接口", "API", "当前", "目前", "暂", "时", "后", "功能", "场景", "仅",
    ];
    let is_sort = !OTHERS.iter().any(|word| lead.contains(word));
    match hit.group("of") {
        "" => phrase(lead).filter(|_| is_sort),
        of => phrase(of),
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.impossible",
        "-",
        "双层灯车不支持挂接。",
        "other: not supported for 双层灯车: 挂接",
    ),
    (
        "zh.impossible",
        "-",
        "油灯系统不支持在点亮过程中换芯。",
        "other: not supported for 油灯系统: 换芯",
    ),
    (
        "en.impossible",
        "-",
        "This API does not support lighting by hand if there is wind.",
        "other: not supported: lighting by hand",
    ),
    (
        "en.impossible",
        "-",
        "Stone towers do not support gas lamps.",
        "other: not supported for stone towers: gas lamps",
    ),
    (
        "en.impossible",
        "-",
        "Currently, only lighting by hand is supported.",
        "other: nothing but lighting by hand is supported",
    ),
    (
        "en.impossible",
        "-",
        "Lighting lamps by hand is not supported.",
        "other: not supported: lighting lamps by hand",
    ),
    (
        "zh.impossible",
        "-",
        "目前仅支持点亮租来的灯塔。",
        "other: nothing but 点亮租来的灯塔 is supported",
    ),
    (
        "zh.impossible",
        "-",
        "点灯时不支持挂上旗帜，推荐先挂旗。",
        "other: not supported: 挂上旗帜",
    ),
];
