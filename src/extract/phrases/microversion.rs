//! Which microversions have a field or an operation.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use crate::contract::{Constraint, Version};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.microversion-before",
        language: Zh,
        meaning: "exists up to a microversion",
        cues: &["版本"],
        pattern: r"微版本\s*(?P<from>[0-9]+\.[0-9]+)\s*(?:及|或)?(?:以上|以后|之后)\s*的?(?:版本)?[^,。]{0,4}不支持|从\s*(?:微版本)?\s*(?P<since>[0-9]+\.[0-9]+)\s*(?:版本)?\s*(?:开始|起)[^。]{0,6}(?:不(?:再)?支持|废弃)|从\s*微版本\s*(?P<gone>[0-9]+\.[0-9]+)\s*(?:版本)?\s*(?:开始|起),?[^。；]{0,8}(?:报|返回)\s*404[^。；]{0,4}|微版本不(?:高于|大于|超过)\s*(?P<last>[0-9]+\.[0-9]+)",
        read: microversion_before,
    },
    Rule {
        name: "zh.microversion-header",
        language: Zh,
        meaning: "an operation that needs a microversion, told by the header that asks for it",
        cues: &["微版本"],
        pattern: r"指定微版本号?\s*:\s*[A-Za-z-]+\s*:\s*(?P<from>[0-9]+\.[0-9]+)",
        read: microversion,
    },
    Rule {
        name: "zh.microversion",
        language: Zh,
        meaning: "exists from a microversion on",
        cues: &["版本"],
        pattern: r"(?:在)?微版本\s*(?P<from>[0-9]+\.[0-9]+)\s*(?:版本)?\s*(?:及|或)?(?:以上|以后|之后|开始|起)?\s*的?(?:版本)?[^,。]{0,4}?(?:支持|新增|增加|引入|可用)|从\s*(?:微版本)?\s*(?P<since>[0-9]+\.[0-9]+)\s*(?:版本)?\s*(?:开始|起)[^。]{0,6}(?:支持|可用)",
        read: microversion,
    },
    Rule {
        name: "en.microversion-before",
        language: En,
        meaning: "exists up to a microversion",
        cues: &["micro"],
        pattern: r"not supported in micro ?versions? (?:(?P<from>[0-9]+\.[0-9]+) (?:and|or) later|later than (?P<last>[0-9]+\.[0-9]+))|(?:not supported|deprecated|removed) (?:since|from|in) micro ?version (?P<since>[0-9]+\.[0-9]+)",
        read: microversion_before,
    },
    Rule {
        name: "en.microversion-header",
        language: En,
        meaning: "an operation that needs a microversion, told by the header that asks for it",
        cues: &["micro"],
        pattern: r"specify (?:the |a )?micro ?version[a-z ]{0,40}(?:header|headers)[a-z ]{0,20}\s*:\s*[a-z-]+\s*:\s*(?P<from>[0-9]+\.[0-9]+)|header [a-z-]+\s*:\s*(?P<since>[0-9]+\.[0-9]+) to specify the micro ?version",
        read: microversion,
    },
    Rule {
        name: "en.microversion",
        language: En,
        meaning: "exists from a microversion on",
        cues: &["micro"],
        pattern: r"(?:supported|available|added|introduced|new)[a-z ]{0,14}? (?:in|since|from|by) micro ?versions? (?:(?P<from>[0-9]+\.[0-9]+)|later than (?P<after>[0-9]+\.[0-9]+))(?: (?:and|or) later(?: versions)?)?|(?:since|from|in) micro ?version (?P<since>[0-9]+\.[0-9]+)(?: (?:and|or) later| onwards?)",
        read: microversion,
    },
];

fn microversion(hit: &Hit) -> Option<Heard> {
    // "From 3.7 on the header … is supported" is about the header.
    if !hit.about_field() && head(hit.after, 60).contains('头') {
        return None;
    }
    let groups = ["from", "since"].map(|name| hit.group(name));
    let first = groups.into_iter().find(|version| !version.is_empty());
    let min: Version = match first {
        Some(version) => version.parse().ok()?,
        None => hit.group("after").parse::<Version>().ok()?.after()?,
    };
    let (min, max) = (Some(min), None);
    Some(Constraint::Microversion { min, max }.into())
}

fn microversion_before(hit: &Hit) -> Option<Heard> {
    let gone = [hit.group("from"), hit.group("since"), hit.group("gone")].concat();
    let max: Version = match hit.group("last") {
        "" => gone.parse::<Version>().ok()?.before()?,
        last => last.parse().ok()?,
    };
    let (min, max) = (None, Some(max));
    Some(Constraint::Microversion { min, max }.into())
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.microversion",
        "-",
        "此接口在微版本3.7及以上可用。",
        "microversion 3.7..",
    ),
    (
        "zh.microversion-header",
        "-",
        "需通过以下header指定微版本号：X-Lamp-Version: 3.7。",
        "microversion 3.7..",
    ),
    (
        "zh.microversion-before",
        "-",
        "该接口已过时，从微版本3.7开始，调用该接口将报404错误。",
        "microversion ..=3.6",
    ),
    (
        "zh.microversion-before",
        "String",
        "微版本3.7及以上版本不支持。",
        "microversion ..=3.6",
    ),
    (
        "zh.microversion",
        "String",
        "微版本3.7及以上版本支持。",
        "microversion 3.7..",
    ),
    (
        "en.microversion-before",
        "String",
        "This field is not supported in microversions later than 3.7.",
        "microversion ..=3.7",
    ),
    (
        "en.microversion",
        "String",
        "It is supported in microversion 3.7 and later.",
        "microversion 3.7..",
    ),
    (
        "en.microversion-header",
        "-",
        "You need to specify the microversion in the following HTTP header: X-Lamp-Version: 3.7.",
        "microversion 3.7..",
    ),
    (
        "en.microversion-header",
        "-",
        "Use the HTTP header X-Lamp-Version: 3.7 to specify the micro version.",
        "microversion 3.7..",
    ),
    (
        "en.microversion",
        "String",
        "This is a new parameter in micro version 3.7.",
        "microversion 3.7..",
    ),
];
