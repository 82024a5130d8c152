//! What is refused where there is too little of something: no request shows that beforehand.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Direction, refused_if_short};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.refused-if-short",
        language: Zh,
        meaning: "what is refused where there is too little of something",
        cues: &["不足", "不够", "已满", "超过", "超出"],
        pattern: r"(?P<short>[^。；,]{2,24}?(?:不足|不够|已满)|[^。；,]{0,12}\p{Han}{1,6}(?:超过|超出)[^。；,0-9]{2,12})时?,?(?:则|将|会|系统)?(?:返回|报)(?:错误码?|状态码|HTTP状态码)?\s*(?P<code>[A-Za-z][A-Za-z0-9-]*[._][A-Za-z0-9._]*[A-Za-z0-9]|[45][0-9]{2})",
        read: if_short,
    },
    Rule {
        name: "en.refused-if-short",
        language: En,
        meaning: "what is refused where there is too little of something",
        cues: &[
            "not enough",
            "insufficient",
            "too few",
            "too little",
            "is full",
        ],
        pattern: r"{if} (?P<short>[^.,;]{0,60}?\b(?:not enough|insufficient|too few|too little|is full)\b[^.,;]{0,40}), (?:the )?(?:error (?:code )?|status (?:code )?|code )?(?P<code>[A-Za-z][A-Za-z0-9-]*[._][A-Za-z0-9._]*[A-Za-z0-9]|[45][0-9]{2}) (?:is|will be) (?:returned|reported|answered)",
        read: if_short,
    },
];

/// Words for what a request says, or of how many there may be: then a refusal can be foreseen.
const FORESEEN: [&str; 18] = [
    "配额",
    "上限",
    "个数",
    "权限",
    "长度",
    "参数",
    "字符",
    "大小",
    "频率",
    "次数",
    "最大",
    "限制",
    "quota",
    "permission",
    "parameter",
    "character",
    "rate",
    "maximum",
];
/// Statuses that any request may be refused with.
const GENERAL: [&str; 6] = ["400", "401", "403", "404", "429", "500"];

fn if_short(hit: &Hit) -> Option<Heard> {
    let (short, code) = (hit.group("short").to_lowercase(), hit.group("code"));
    let is_foreseen = FORESEEN.iter().any(|word| short.contains(word));
    let is_asked = hit.subject.direction != Direction::Response;
    let is_own = !GENERAL.contains(&code);
    (is_asked && is_own && !is_foreseen).then(|| refused_if_short(code).into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.refused-if-short",
        "-",
        "灯塔的剩余灯油不足时，返回错误码LMP.0003。",
        "other: where there is too little, refused with LMP.0003",
    ),
    (
        "zh.refused-if-short",
        "Integer",
        "添油后的油量超过灯壶容积时返回409。",
        "other: where there is too little, refused with 409",
    ),
    (
        "en.refused-if-short",
        "-",
        "If there is not enough oil in the tower, error code LMP.0003 is returned.",
        "other: where there is too little, refused with LMP.0003",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::read_as;

    #[test]
    fn what_a_quota_tells_can_be_foreseen() {
        for text in [
            "超出灯塔配额时，返回错误码LMP.0003。",
            "灯名超过63个字符时，返回错误码LMP.0001。",
            "If the quota of lamps is insufficient, error code LMP.0003 is returned.",
        ] {
            let heard = read_as("-", text).statements;
            let is_short =
                |said: &crate::extract::phrases::Said| said.constraint.code_if_short().is_some();
            assert!(!heard.iter().any(is_short), "{text}: {heard:?}");
        }
    }
}
