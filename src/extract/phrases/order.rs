//! Which of two values comes first: times that must be later or earlier than another field's.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, Relation};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.later",
        language: Zh,
        meaning: "later or earlier than another field",
        cues: &["晚于", "早于", "小于", "大于"],
        pattern: r"(?P<not>不(?:能|可|得|允许)?)?(?:{必须}?(?P<how>晚于|早于)(?:或等于)?|{必须}(?P<strictly>大于|小于))\s*(?:参数|\p{Han}{0,4}时间)?(?P<field>[A-Za-z_][A-Za-z0-9_]*)",
        read: |hit| {
            order(
                hit,
                hit.group("how") == "晚于" || hit.group("strictly") == "大于",
                !hit.group("not").is_empty(),
            )
        },
    },
    Rule {
        name: "en.later",
        language: En,
        meaning: "later or earlier than another field",
        cues: &["later than", "earlier than"],
        pattern: r#"(?:{must}(?P<not> not)?|can(?P<never>not| not)) be (?P<how>later|earlier) than (?:or equal to )?(?:the )?(?:value of )?"?(?:(?P<field>[a-z]+_[a-z0-9_]+)|(?P<word>[a-z]{3,20})"?(?P<next>\.|,|;|$))"?"#,
        read: |hit| {
            // "Later than now": what time it is says no field.
            const TIMES: [&str; 7] = [
                "now",
                "today",
                "tomorrow",
                "yesterday",
                "midnight",
                "noon",
                "then",
            ];
            (!TIMES.contains(&hit.group("word").to_lowercase().as_str())).then_some(())?;
            let is_later = hit.group("how").eq_ignore_ascii_case("later");
            let is_negated = ["not", "never"]
                .iter()
                .any(|name| !hit.group(name).is_empty());
            order(hit, is_later, is_negated)
        },
    },
    Rule {
        name: "zh.unlike",
        language: Zh,
        meaning: "another value than that of a field",
        cues: &["相同", "一样", "不同"],
        pattern: r#"{不能}(?:与|和)\s*(?:参数)?"?(?P<field>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数|字段)?(?:的值)?(?:相同|一样)|{必须}(?:与|和)\s*(?:参数)?"?(?P<other>[A-Za-z_][A-Za-z0-9_]*)"?\s*(?:参数|字段)?(?:的值)?不同"#,
        read: unlike,
    },
    Rule {
        name: "en.unlike",
        language: En,
        meaning: "another value than that of a field",
        cues: &[
            "different from",
            "differ from",
            "same as",
            "equal to",
            "identical to",
        ],
        pattern: r#"(?:{must} (?:be different from|differ from)|{cannot} be (?:the same as|equal to|identical to)) (?:(?:the value of|that of) (?:the )?"?(?P<value>[a-z][a-z0-9_]*)"?|(?:the )?"?(?P<field>[a-z]+_[a-z0-9_]+|[a-z]+[A-Z][A-Za-z0-9]*|[a-z]{3,})"?)(?: parameter| field)?(?P<next>\.|,|;|$)"#,
        read: unlike,
    },
    Rule {
        name: "en.within-attribute",
        language: En,
        meaning: "no more than what an attribute of a thing says",
        cues: &["exceed", "than the "],
        pattern: r"{cannot} (?:exceed|be (?:greater|larger|more) than) the (?:number of )?(?P<attribute>[a-z][a-z_]{2,30}) of the (?P<thing>[a-z]{2,20})(?P<next>\.|,|;|$)",
        read: |hit| {
            let to = format!(
                "{}.{}",
                hit.group("thing").to_lowercase(),
                hit.group("attribute").to_lowercase()
            );
            let how = Relation::AtMost;
            hit.about_field()
                .then(|| Constraint::Relative { how, to }.into())
        },
    },
    Rule {
        name: "zh.interval",
        language: Zh,
        meaning: "how far it may be from another field: a remark",
        cues: &["间隔", "时间差", "跨度", "相差"],
        pattern: r"(?:且|并且|两者|,)\s*(?:的)?(?:时间|查询)?(?:间隔|时间差|跨度){不能}?(?:超过|大于|不超过|不大于)\s*[0-9]+\s*(?:\p{Han}{1,2})?|(?:与|和)\s*(?P<field>[A-Za-z_][A-Za-z0-9_]*)\s*的?(?:时间)?(?:间隔|时间差|跨度|相差)(?:时间)?(?:不能|不得|不可|必须|应|至少)?(?:超过|大于|小于|少于|不超过|不小于|不少于|为)?\s*[0-9]+\s*(?:\p{Han}{1,2})?",
        read: interval,
    },
    Rule {
        name: "en.interval",
        language: En,
        meaning: "how far it may be from another field: a remark",
        cues: &["interval between", "difference between", "time between"],
        pattern: r#"(?:interval|difference|time) between "?[a-z_][a-z0-9_]*"? and "?(?P<field>[a-z_][a-z0-9_]*)"? (?:cannot|must|can|should)[^.]*"#,
        read: interval,
    },
];

fn order(hit: &Hit, is_later: bool, is_negated: bool) -> Option<Heard> {
    let how = match is_later != is_negated {
        true => Relation::AtLeast,
        false => Relation::AtMost,
    };
    let to = [hit.group("field"), hit.group("word")].concat();
    hit.about_field()
        .then(|| Constraint::Relative { how, to }.into())
}

fn unlike(hit: &Hit) -> Option<Heard> {
    let to = ["field", "value", "other"]
        .map(|name| hit.group(name))
        .concat();
    let how = Relation::Unlike;
    let is_own = hit.subject.name == Some(to.as_str());
    (hit.about_field() && !is_own).then(|| Constraint::Relative { how, to }.into())
}

fn interval(hit: &Hit) -> Option<Heard> {
    let words = match hit.group("field") {
        "" => "not far from the other".to_owned(),
        field => format!("not far from {field}"),
    };
    let remark = Constraint::Other(words);
    hit.about_field().then(|| remark.into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.later",
        "String",
        "When the lamp goes out. It must be later than lit.",
        "at least lit",
    ),
    (
        "en.within-attribute",
        "Integer",
        "The oil. It cannot exceed the max_oil of the lamp.",
        "at most lamp.max_oil",
    ),
    (
        "en.within-attribute",
        "Integer",
        "The place of the wick. It must not be greater than the number of wicks of the lamp.",
        "at most lamp.wicks",
    ),
    (
        "en.unlike",
        "String",
        "The lamp to go to. It must be different from the value of from_lamp.",
        "other than from_lamp",
    ),
    (
        "en.unlike",
        "String",
        "Where the light ends. The end cannot be the same as the start.",
        "other than start",
    ),
    (
        "zh.unlike",
        "String",
        "灯光的去处，不能与from_lamp相同。",
        "other than from_lamp",
    ),
    (
        "zh.interval",
        "String",
        "点灯时间，查询跨度不超过90天。",
        "other: not far from the other",
    ),
    (
        "zh.later",
        "String",
        "点灯时间，单位毫秒，必须小于dark_at。",
        "other: unit ms\nat most dark_at",
    ),
    (
        "zh.interval",
        "String",
        "熄灯时间，必须晚于lit_at，且间隔不超过90天。",
        "at least lit_at\nother: not far from the other",
    ),
    (
        "en.within-attribute",
        "Integer",
        "The oil. It cannot exceed the capacity of the lamp.",
        "at most lamp.capacity",
    ),
    (
        "zh.later",
        "String",
        "熄灯时间，必须晚于lit_at。",
        "at least lit_at",
    ),
    (
        "zh.later",
        "String",
        "点灯时间，不能晚于out_at。",
        "at most out_at",
    ),
    (
        "en.later",
        "String",
        "When the lamp is lit. It must be earlier than out_at.",
        "at most out_at",
    ),
    (
        "zh.interval",
        "String",
        "熄灯时间，与lit_at的间隔不能超过24小时。",
        "other: not far from lit_at",
    ),
    (
        "en.interval",
        "String",
        "When it goes out. The interval between lit_at and out_at cannot exceed 24 hours.",
        "other: not far from out_at",
    ),
];
