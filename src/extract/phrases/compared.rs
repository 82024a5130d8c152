//! Two fields of which one is more than the other, said in a list of constraints and of neither.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, Relation};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.fields-compared",
        language: Zh,
        meaning: "one field that is more or less than another one, both by their names",
        cues: &["大于", "小于", "晚于", "早于"],
        pattern: r#"^(?:参数)?\s*"?(?P<own>[A-Za-z][A-Za-z0-9_]*)"?\s*(?:参数|字段)?(?:的?取?值)?(?P<bound>{必须}(?:大于|小于|晚于|早于)(?:等于|或等于)?|不(?:能|得|可|允许)?(?:大于|小于|晚于|早于))\s*"?(?P<to>[A-Za-z][A-Za-z0-9_]*)"?\s*(?:参数|字段)?(?:的?取?值)?[。；]?$"#,
        read: compared,
    },
    Rule {
        name: "en.fields-compared",
        language: En,
        meaning: "one field that is more or less than another one, both by their names",
        cues: &[" than "],
        pattern: r#"^(?:the )?"?(?P<own>[a-z]+_[a-z0-9_]+)"? (?P<bound>(?:must|should|cannot|must not|can not) be (?:greater|larger|higher|later|less|smaller|lower|earlier) than(?: or equal to)?) (?:the )?"?(?P<to>[a-z]+_[a-z0-9_]+)"?\.?$"#,
        read: compared,
    },
];

/// Of the field that stands first.
fn compared(hit: &Hit) -> Option<Heard> {
    let bound = hit.group("bound").to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| bound.contains(word));
    let is_denied = has(&["不", "not "]);
    let names_less = has(&["小于", "早于", "less", "smaller", "lower", "earlier"]);
    let with_same = has(&["等于", "or equal"]);
    let how = match (is_denied, names_less, with_same) {
        (true, true, _) | (false, false, true) => Relation::AtLeast,
        (true, false, _) | (false, true, true) => Relation::AtMost,
        (false, true, false) => Relation::Below,
        (false, false, false) => Relation::Above,
    };
    let (own, to) = (hit.group("own"), hit.group("to").to_owned());
    let is_apart = !hit.about_field() && own != to;
    is_apart.then(|| Heard::about(own, Constraint::Relative { how, to }))
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.fields-compared",
        "-",
        "top_oil必须大于base_oil。",
        "top_oil: more than base_oil",
    ),
    (
        "zh.fields-compared",
        "-",
        "wick_no的值不得大于wick_size。",
        "wick_no: at most wick_size",
    ),
    (
        "en.fields-compared",
        "-",
        "night_glow must be lower than day_glow.",
        "night_glow: less than day_glow",
    ),
    (
        "en.fields-compared",
        "-",
        "night_glow cannot be less than base_glow.",
        "night_glow: at least base_glow",
    ),
];
