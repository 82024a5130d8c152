//! How long the prefix of a network may be.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::{Constraint, Kind};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.prefix-length",
        language: Zh,
        meaning: "how long the prefix of a network is: a remark",
        cues: &["掩码"],
        pattern: r"掩码(?:长度|位数)?(?:取值)?(?:范围)?\s*(?:为|是|:|在)?\s*(?P<min>[0-9]{1,3})\s*(?:-|~|到|至)\s*(?P<max>[0-9]{1,3})位?|掩码(?:长度|位数)?不(?:能|得|可|可以)?(?:大于|超过)\s*(?P<most>[0-9]{1,3})",
        read: prefix_length,
    },
    Rule {
        name: "en.prefix-length",
        language: En,
        meaning: "how long the prefix of a network is: a remark",
        cues: &["mask", "prefix"],
        pattern: r"(?:mask|prefix)(?: length)? (?:(?:ranges? from|is from|is|must be)(?: between)? (?P<min>[0-9]{1,3}) (?:to|and) (?P<max>[0-9]{1,3})|{cannot} (?:be (?:greater|larger|longer|more) than|exceed) (?P<most>[0-9]{1,3}))",
        read: prefix_length,
    },
];

fn prefix_length(hit: &Hit) -> Option<Heard> {
    let (min, max) = (hit.group("min"), hit.group("max"));
    let remark = Constraint::Other(match hit.group("most") {
        "" => format!("prefix length {min} to {max}"),
        most => format!("prefix length at most {most}"),
    });
    let is_text = matches!(hit.kind(), Kind::String | Kind::Unknown);
    (hit.about_field() && is_text).then(|| remark.into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.prefix-length",
        "String",
        "灯的网段，掩码长度不能大于28。",
        "other: prefix length at most 28",
    ),
    (
        "zh.prefix-length",
        "String",
        "灯网，CIDR格式，掩码长度范围为16~28。",
        "format cidr\nother: prefix length 16 to 28",
    ),
    (
        "en.prefix-length",
        "String",
        "The net of the lamps. The net mask cannot be greater than 28.",
        "other: prefix length at most 28",
    ),
    (
        "en.prefix-length",
        "String",
        "Specifies the net. The mask length ranges from 16 to 28.",
        "other: prefix length 16 to 28",
    ),
];
