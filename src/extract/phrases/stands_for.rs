//! Numbers that stand for something else: no limit, nothing, or what their sentence says.

use super::other::{field_remark, remark};
use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::Constraint;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.unlimited",
        language: Zh,
        meaning: "a value that means no limit",
        cues: &["不限", "限制", "表示任意", "表示所有", "表示全部"],
        pattern: r#"(?:值为)?"?(?P<value>-?[0-9]+)"?\s*(?:(?:时,?\s*)?(?:代表|表示|指|为)|时,?)\s*(?:不限|无限制|没有限制|无\p{Han}{0,4}限制)[^。]{0,12}|为"?(?P<all>-?[0-9]+)"?\s*(?:时,?\s*)?表示(?:任意|所有|全部)"#,
        read: |hit| {
            let words = match hit.group("all") {
                "" => format!("{} means unlimited", hit.group("value")),
                all => format!("{all} means any"),
            };
            Some(Constraint::Other(words).into())
        },
    },
    Rule {
        name: "zh.no-limit-by-default",
        language: Zh,
        meaning: "a default that means no limit",
        cues: &["不限", "无限制", "没有限制"],
        pattern: r"^?(?:,\s*(?:代表|表示|即)|\(\s*(?:代表|表示|即)?)(?:不限制?|无限制|没有限制)[^。,；]{0,8}",
        read: no_limit,
    },
    Rule {
        name: "en.no-limit-by-default",
        language: En,
        meaning: "a default that means no limit",
        cues: &["no limit", "unlimited", "not limited"],
        pattern: r"(?:, (?:indicating|which (?:means|indicates))|\((?:indicating|meaning)?)(?: that)?(?: there is| it is)? ?(?:no limit|unlimited|not limited)",
        read: no_limit,
    },
    Rule {
        name: "zh.number-means",
        language: Zh,
        meaning: "a number that switches something off, or stands for something",
        cues: &["表示", "代表"],
        pattern: r"(?:^|[,。；])\s*(?:取值?|值?为|设置为)?\s*(?P<value>-?[0-9]{1,3})\s*(?:值)?(?:时)?,?\s*(?:表示|代表)(?P<what>(?:不|关闭|禁用|停用|永久|永不|立即|无)\p{Han}{1,9})[。；]?$",
        read: |hit| {
            // Beside another number with its meaning it is one of several values.
            let is_alone = !["表示", "代表"]
                .iter()
                .any(|verb| hit.before.contains(verb));
            let words = format!("{} means {}", hit.group("value"), hit.group("what"));
            is_alone.then(|| field_remark(hit, &words)).flatten()
        },
    },
    Rule {
        name: "en.unlimited",
        language: En,
        meaning: "a value that means no limit",
        cues: &["not limited", "unlimited", "no limit"],
        pattern: r"(?P<value>-?[0-9]+) (?:indicates|means)(?: that)? [^.]*?(?:not limited|unlimited|no limit)",
        read: |hit| {
            Some(Constraint::Other(format!("{} means unlimited", hit.group("value"))).into())
        },
    },
    Rule {
        name: "en.number-means",
        language: En,
        meaning: "a number that switches something off, or stands for something",
        cues: &["indicates that", "means that", "is set to"],
        pattern: r"(?:^|\. )(?:(?:the )?value )?(?P<value>-?[0-9]{1,3}) (?:indicates|means) that (?P<what>no[a-z]* [^.,;]{3,32}|(?:the )?[a-z ]{3,24} (?:is|are) (?:not [a-z]+|disabled|off)|(?:the )?[a-z ]{3,24} never [a-z]+)\.?$|(?:^|\. )if (?:this parameter|the value|it) is (?:set to )?(?P<set>-?[0-9]{1,3}), (?P<then>(?:the )?[a-z ]{3,40} (?:is|are) (?:not [a-z]+|disabled|off))\.?$",
        read: |hit| {
            let [value, what] = [["value", "set"], ["what", "then"]]
                .map(|names| names.map(|name| hit.group(name)).concat());
            field_remark(hit, &format!("{value} means {what}"))
        },
    },
    Rule {
        name: "en.code-and-rest",
        language: En,
        meaning: "one value means something, all others something else",
        cues: &["non-"],
        pattern: r"^non-(?P<value>[a-z0-9]+) (?:indicates|means) [^.]*",
        read: |hit| {
            Some(
                Constraint::Other(format!(
                    "{} and all else differ in meaning",
                    hit.group("value")
                ))
                .into(),
            )
        },
    },
];

/// The number that stands before a match.
fn no_limit(hit: &Hit) -> Option<Heard> {
    let number = hit.before.trim_end_matches(['"', ' ']);
    let start = number.rfind(|c: char| !(c.is_ascii_digit() || c == '-'));
    let number = &number[start.map_or(0, |at| number.ceil_char_boundary(at + 1))..];
    let remark = || remark(&format!("{number} means unlimited"));
    (!number.is_empty()).then(remark).flatten()
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.number-means",
        "Integer",
        "How long it burns. 0 indicates that the lamp never dies.",
        "other: 0 means the lamp never dies",
    ),
    (
        "en.number-means",
        "Integer",
        "If this parameter is set to 0, the night watch is disabled.",
        "other: 0 means the night watch is disabled",
    ),
    (
        "zh.number-means",
        "Integer",
        "灯亮几秒，0表示永不熄灭。",
        "other: 0 means 永不熄灭",
    ),
    (
        "en.no-limit-by-default",
        "Integer",
        "How many lamps. The default value is -1, indicating that there is no limit.",
        "default -1\nother: -1 means unlimited",
    ),
    (
        "zh.no-limit-by-default",
        "Integer",
        "最多几盏灯，默认值为-1（不限制）。",
        "default -1\nother: -1 means unlimited",
    ),
    (
        "zh.unlimited",
        "Integer",
        "末灯的号，first为-1，last为-1表示任意一盏。",
        "other: -1 means any",
    ),
    (
        "zh.unlimited",
        "Integer",
        "-1代表不限数目。",
        "other: -1 means unlimited",
    ),
    (
        "zh.no-limit-by-default",
        "Integer",
        "最多几盏灯，默认为-1，表示不限制。",
        "default -1\nother: -1 means unlimited",
    ),
    (
        "zh.number-means",
        "Integer",
        "灯册存几天。取0值，表示不存灯册。",
        "other: 0 means 不存灯册",
    ),
    (
        "en.unlimited",
        "String",
        "Specifies the oil. 0 indicates the oil is not limited.",
        "other: 0 means unlimited",
    ),
    (
        "en.number-means",
        "Integer",
        "How many days it burns. The value 0 indicates that nothing is burnt.",
        "other: 0 means nothing is burnt",
    ),
    (
        "en.code-and-rest",
        "String",
        "- 0 indicates a main lamp.\n- Non-0 indicates a spare lamp.",
        "other: 0 and all else differ in meaning",
    ),
];
