//! Values and counts that a sentence tells in words: a media type, "one or more", a time of day with its zone.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::tokens::scalar;
use crate::contract::{Constraint, Direction, Kind, Scalar};

/// A media type, and its parameters.
macro_rules! media {
    () => {
        r#""?(?P<media>(?i:application|text|multipart|image|audio|video)/[A-Za-z0-9.+-]+(?:; ?charset=[A-Za-z0-9-]+)?)"?"#
    };
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.media-type",
        language: Zh,
        meaning: "the one media type that a field takes",
        cues: &[
            "application/",
            "text/",
            "multipart/",
            "image/",
            "audio/",
            "video/",
        ],
        pattern: concat!(
            r"(?:(?:指定|固定)(?:的)?(?:类型|格式)?|内容(?:应|需|须)?填|{必须}(?:设置|填写|指定)?)(?:为|是)\s*",
            media!(),
            r"(?P<next>[,。；]|$)"
        ),
        read: |hit| {
            let value = Constraint::Const(Scalar::Text(hit.group("media").to_owned()));
            hit.about_field().then(|| value.into())
        },
    },
    Rule {
        name: "zh.only-usable",
        language: Zh,
        meaning: "the one value that can be used so far",
        cues: &["只有", "仅有"],
        pattern: r#"(?:当前|目前|现在)(?:只有|仅有)\s*"?(?P<value>[A-Za-z][A-Za-z0-9_.-]*)"?\s*可(?:用|选|填)"#,
        read: |hit| {
            let values = vec![scalar(hit.group("value"), hit.kind())];
            let open = false;
            hit.about_field()
                .then(|| Constraint::Enum { values, open }.into())
        },
    },
    Rule {
        name: "zh.values-of-each-key",
        language: Zh,
        meaning: "how many values each key of a list has at most",
        cues: &["每个key"],
        pattern: r"每个key(?:下面|下|对应|中)?的?values?(?:的?(?:个数|数量))?(?:{至多})(?:为|是)?\s*(?P<max>[0-9]+)\s*个",
        read: |hit| {
            let (min, max) = (None, hit.number("max"));
            let count = Constraint::ItemCount { min, max };
            hit.is_list().then(|| Heard::about("values", count))
        },
    },
    Rule {
        name: "en.one-or-more",
        language: En,
        meaning: "a list that is not empty",
        cues: &["one or more"],
        pattern: r"^(?:please )?(?:select|choose|enter|specify|specifies|provide|list|name) one or more [a-z]",
        read: one_or_more,
    },
    Rule {
        name: "zh.one-or-more",
        language: Zh,
        meaning: "a list that is not empty",
        cues: &["一个或多", "一个或者多", "一个或若干"],
        pattern: r"^(?:请)?(?:选择|填写|指定|输入|传入|添加)一个或者?(?:多个|若干)",
        read: one_or_more,
    },
    Rule {
        name: "en.no-empty-list",
        language: En,
        meaning: "a list that is not empty",
        cues: &["empty"],
        pattern: r"{cannot} be (?:an )?empty (?:list|array)\b",
        read: |hit| one_or_more(hit).filter(|_| hit.about_field()),
    },
    Rule {
        name: "en.block-or-address",
        language: En,
        meaning: "a block of addresses or one of them: a remark",
        cues: &["cidr"],
        pattern: r"\bin (?:the )?CIDR (?:format|notation) or (?:an? )?IP address(?:es)?\b",
        read: |hit| {
            let remark = Constraint::Other("a block of addresses or one of them".to_owned());
            hit.about_field().then(|| remark.into())
        },
    },
    Rule {
        name: "zh.clock-and-zone",
        language: Zh,
        meaning: "a time of day and what stands beside it: a remark",
        cues: &["hh:mm"],
        pattern: r#"格式{必须}?(?:为|是|:)\s*"?(?:HH|hh):(?:mm|MM)(?P<beside> [zZ]|\s*[-~]\s*(?:HH|hh):(?:mm|MM))"?"#,
        read: clock,
    },
    Rule {
        name: "en.clock-and-zone",
        language: En,
        meaning: "a time of day and what stands beside it: a remark",
        cues: &["hh:mm"],
        pattern: r#"\b(?:in the format(?: of)?|format(?: is|:|{must} be)?) "?HH:mm(?P<beside> z|\s*[-~]\s*HH:mm)"?"#,
        read: clock,
    },
];

/// Of a request alone: what an answer tells of may be none.
fn one_or_more(hit: &Hit) -> Option<Heard> {
    let (min, max) = (Some(1), None);
    let after = hit.after.to_lowercase();
    let may_be_none = ["empty", "blank", "空"]
        .iter()
        .any(|word| after.contains(word));
    let is_asked = hit.subject.direction == Direction::Request && !may_be_none;
    (is_asked && hit.is_list()).then(|| Constraint::ItemCount { min, max }.into())
}

fn clock(hit: &Hit) -> Option<Heard> {
    let remark = match hit.group("beside").trim() {
        "z" | "Z" => "a time of day and its zone",
        _ => "from one time of day to another",
    };
    let is_text = hit.about_field() && *hit.kind() == Kind::String;
    is_text.then(|| Constraint::Other(remark.to_owned()).into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.values-of-each-key",
        "Array of String",
        "灯的标记，最多包含10个key，每个key下面的value最多9个。",
        "items ..=10\nvalues: items ..=9",
    ),
    (
        "en.block-or-address",
        "String",
        "Where it shines. The value can be in the CIDR format or IP addresses.",
        "other: a block of addresses or one of them",
    ),
    (
        "zh.only-usable",
        "String",
        "灯的键。当前只有wick_name可用，后续扩展。",
        "enum wick_name",
    ),
    (
        "zh.media-type",
        "String",
        "灯语的写法，该字段内容填为“text/lamp;charset=utf-8”",
        "const text/lamp;charset=utf-8",
    ),
    (
        "en.one-or-more",
        "Array of String",
        "Select one or more lamps for the tower.",
        "items 1..",
    ),
    (
        "zh.one-or-more",
        "Array of String",
        "选择一个或多个灯。",
        "items 1..",
    ),
    (
        "en.no-empty-list",
        "Array of String",
        "The lamps. This list cannot be an empty list.",
        "items 1..",
    ),
    (
        "zh.clock-and-zone",
        "String",
        "点灯的时刻，格式为“HH:mm z”，“HH:mm”表示整点，“z”表示时区。",
        "other: a time of day and its zone",
    ),
    (
        "en.clock-and-zone",
        "String",
        "When it is lit, in the format hh:mm-HH:MM.",
        "other: from one time of day to another",
    ),
];
