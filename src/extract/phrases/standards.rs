//! Formats that a standard has, told by its number: names of hosts, codes of countries and currencies.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use crate::contract::{Constraint, Format, Scope};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.standard",
        language: Zh,
        meaning: "text as a standard has it that is told by its number",
        cues: &["rfc", "iso", "bcp", "iana"],
        pattern: r"(?:符合|遵循|遵从|满足|采用|使用|参考|按照?|^|[,。；])\s*(?P<standard>(?:RFC|ISO|BCP)[ -]?[0-9]{2,5})(?:-[0-9])?(?:\s*(?:和|与|、|/|,)\s*(?:RFC)?\s*[0-9]{3,5})*(?:\s*(?:中)?(?:定义|规定)?的?(?:\p{Han}{0,4}(?:标准|规范|格式|代码|要求|规则)))?|(?P<zone>IANA)\s*时区",
        read: standard,
    },
    Rule {
        name: "en.standard",
        language: En,
        meaning: "text as a standard has it that is told by its number",
        cues: &["rfc", "iso", "bcp", "iana"],
        pattern: r"(?:compl(?:y|ies) with|compliant with|conforms? to|defined (?:in|by)|specified (?:in|by)|follows?|according to|in|is an?|be an?|,|\() ?(?:the )?(?P<standard>(?:RFC|ISO|BCP)[ -]?[0-9]{2,5})\b(?:-[0-9])?(?: alpha-[23])?(?:(?:,| and|/| or) (?:RFC )?[0-9]{3,5})*(?: (?:format|standard|codes?|specifications?|naming rules?))?|in (?:the )?(?P<zone>IANA)(?: time zone)? format",
        read: standard,
    },
];

/// What is told of the field itself; of a name that is made from it, only as that name.
fn standard(hit: &Hit) -> Option<Heard> {
    let printed = [hit.group("standard"), hit.group("zone")].concat();
    let format = known(&printed.to_uppercase())?;
    let of_host = format == Format::Hostname;
    let or_empty = false;
    let heard: Heard = Constraint::Format { format, or_empty }.into();
    let speaks_of_hosts =
        |text: &str| text.to_lowercase().contains("host") || text.contains("主机");
    let is_own = hit.subject.name.is_some_and(speaks_of_hosts) || !speaks_of_hosts(hit.before);
    // "Complies with …; you are advised to use …": nobody holds a name to advice.
    let is_advice = ["建议", "推荐", "recommend", "advise"]
        .iter()
        .any(|word| head(hit.after, 200).contains(word));
    hit.about_field()
        .then(|| match (of_host, is_own && !is_advice) {
            (true, false) => heard.within(Scope::Case("as a host name".to_owned())),
            _ => heard,
        })
}

/// The format of a standard. Some have one of their own here; times are read by other rules.
fn known(printed: &str) -> Option<Format> {
    let digits = printed.find(|c: char| c.is_ascii_digit());
    let Some(start) = digits else {
        return Some(Format::Standard(printed.to_owned()));
    };
    let (body, number) = printed.split_at(start);
    Some(match (body.trim_end_matches([' ', '-']), number) {
        ("RFC", "952" | "1123") => Format::Hostname,
        ("RFC", "4122" | "9562") => Format::Uuid,
        ("RFC", "3986") => Format::Uri,
        ("RFC", "4648") => Format::Base64,
        ("RFC", "8259" | "7159" | "4627") => Format::Json,
        ("RFC", "3339") => Format::Time(None),
        ("ISO", "8601") => return None,
        (body, number) => Format::Standard(format!("{body} {number}")),
    })
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.standard",
        "String",
        "灯油的币种，符合ISO 4217标准，例如CNY。",
        "format ISO 4217",
    ),
    (
        "zh.standard",
        "String",
        "灯塔的主机名，遵循RFC 952和RFC 1123命名规范。",
        "format host name when as a host name",
    ),
    (
        "zh.standard",
        "String",
        "灯名，需符合RFC 1123规范。",
        "format host name",
    ),
    (
        "zh.standard",
        "String",
        "守塔人的时区，采用IANA时区。",
        "format IANA",
    ),
    (
        "en.standard",
        "String",
        "The language of the lamp, as defined in RFC 5646.",
        "format RFC 5646",
    ),
    (
        "en.standard",
        "String",
        "The harbour's country. It must be an ISO 3166-1 alpha-2 code.",
        "format ISO 3166",
    ),
    (
        "en.standard",
        "String",
        "The lamp's name, which complies with RFC 952 and RFC 1123.",
        "format host name",
    ),
];
