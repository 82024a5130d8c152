//! Values that are listed without the word for values: in brackets, or as what is supported.

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::tokens;
use super::values::{alone, enumeration};
use crate::contract::Kind;
use crate::extract::pattern::{Pattern, compile};
use std::sync::LazyLock;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "en.choices-in-brackets",
        language: En,
        meaning: "values in capitals, listed in brackets with an or",
        cues: &[" or "],
        pattern: r"\((?P<list>[a-z0-9_]+(?:, [a-z0-9_]+)*,? or [a-z0-9_]+)\)",
        read: |hit| choices(hit, is_capital),
    },
    Rule {
        name: "en.choices-supported",
        language: En,
        meaning: "values at the head of a sentence that says that they are supported",
        cues: &[
            "are supported",
            "are available",
            "are allowed",
            "are possible",
        ],
        pattern: r"^(?P<list>[a-z0-9][a-z0-9_-]*(?:, [a-z0-9][a-z0-9_-]*)*,? and [a-z0-9][a-z0-9_-]*) are (?:supported|available|allowed|possible)\.?$",
        read: |hit| choices(hit, |value| is_capital(value) || value.contains(['-', '_'])),
    },
    Rule {
        name: "zh.choices-supported",
        language: Zh,
        meaning: "values in a clause that says that they are supported",
        cues: &["支持"],
        pattern: r"(?:^|[,。；]\s*)支持\s*(?P<list>[A-Za-z0-9][A-Za-z0-9_-]*(?:\s*(?:、|和|与|或|及)\s*[A-Za-z0-9][A-Za-z0-9_-]*)+)(?P<next>[,。；]|$)",
        read: |hit| {
            // Names with capitals among others are some of what there is.
            let listed = choices(hit, |value| is_capital(value) || is_small(value));
            listed.or_else(|| choices(hit, |_| true).map(Heard::opened))
        },
    },
];

/// A word in capitals, a number or a mixture of both: one that is written like that is no word of the sentence.
fn is_capital(value: &str) -> bool {
    !value.contains(|c: char| c.is_ascii_lowercase())
}

fn is_small(value: &str) -> bool {
    !value.contains(|c: char| c.is_ascii_uppercase())
}

fn choices(hit: &Hit, is_value: fn(&str) -> bool) -> Option<Heard> {
    let printed = hit.group("list");
    let list = tokens::list(printed)?;
    let is_whole = list.length == printed.len() && list.values.len() > 1;
    let are_values = list.values.iter().all(|value| is_value(value));
    let is_plain = matches!(hit.kind(), Kind::String | Kind::Integer);
    (hit.about_field() && is_plain && is_whole && are_values)
        .then(|| enumeration(hit, alone(list.values), false, 0))
        .flatten()
}

/// "yes or no": there it is a value.
pub(super) fn no_beside_yes(text: &str, before: &[String]) -> Option<(String, usize)> {
    static BEFORE_YES: LazyLock<Pattern> =
        LazyLock::new(|| compile(r"^no(?: \([^()]{1,20}\))?(?:,| or|, or) yes\b"));
    static NO: LazyLock<Pattern> = LazyLock::new(|| compile(r"^no(?:\.?$|[.,;] | \(| only)"));
    let is_last = matches!(before, [yes] if yes == "yes") && NO.is_match(text);
    (is_last || BEFORE_YES.is_match(text)).then(|| ("no".to_owned(), 2))
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.choices-in-brackets",
        "String",
        "The size of the wick (W1, W2, or WIDE).",
        "enum W1 W2 WIDE",
    ),
    (
        "en.choices-in-brackets",
        "Integer",
        "How often the lamp blinks a minute (5, 10, or 30).",
        "enum 5 10 30",
    ),
    (
        "en.choices-supported",
        "String",
        "What the lamp burns. OIL, GAS and WAX are available.",
        "enum OIL GAS WAX",
    ),
    (
        "zh.choices-supported",
        "String",
        "灯油的种类，支持oil、gas和wax，默认为oil。",
        "enum oil gas wax\ndefault oil",
    ),
    (
        "zh.choices-supported",
        "String",
        "灯的平台，支持Lux、Foss和other。",
        "enum Lux Foss other open",
    ),
    (
        "zh.choices-supported",
        "Integer",
        "点灯间隔，单位分钟，支持5、10、30。",
        "other: unit minutes\nenum 5 10 30",
    ),
];
