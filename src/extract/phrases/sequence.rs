//! Texts of so many characters of one kind and then so many of another: "two letters followed by four digits".

use std::sync::LazyLock;

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use crate::contract::Constraint;
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.sequence",
        language: Zh,
        meaning: "so many characters of one kind, then so many of another",
        cues: &["字母", "数字"],
        pattern: r"(?P<one>[0-9一二两三四五六七八九十]{1,2}[位个](?:大写|小写)?(?:英文)?(?:字母|数字))(?:后跟|后接|,?后面跟|加上?|和)(?P<other>[0-9一二两三四五六七八九十]{1,2}[位个](?:大写|小写)?(?:英文)?(?:字母|数字))",
        read: sequence,
    },
    Rule {
        name: "en.sequence",
        language: En,
        meaning: "so many characters of one kind, then so many of another",
        cues: &["followed by"],
        pattern: r"(?P<one>(?:[0-9]{1,2}|[a-z]{3,5}) (?:uppercase |lowercase )?(?:letters?|digits?)),? (?:and is |and then |then )?followed by (?P<other>(?:[0-9]{1,2}|[a-z]{3,5}) (?:uppercase |lowercase )?(?:letters?|digits?))",
        read: sequence,
    },
];

fn sequence(hit: &Hit) -> Option<Heard> {
    let (one, other) = (run(hit.group("one"))?, run(hit.group("other"))?);
    let pattern = Constraint::Pattern(format!("^{one}{other}$"));
    hit.about_field().then(|| pattern.into())
}

static NUMBER: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"^(?P<n>[0-9]{1,2}|[a-z]{3,5}|[一二两三四五六七八九十])"));

/// Numbers in words of both languages; the place is the number.
const WORDS: [(&str, &str); 11] = [
    ("", ""),
    ("one", "一"),
    ("two", "二"),
    ("three", "三"),
    ("four", "四"),
    ("five", "五"),
    ("six", "六"),
    ("seven", "七"),
    ("eight", "八"),
    ("nine", "九"),
    ("ten", "十"),
];

/// So many characters of a kind, as a regular expression.
fn run(words: &str) -> Option<String> {
    let words = words.to_lowercase();
    let printed = NUMBER.captures(&words)?.name("n")?.as_str().to_owned();
    let printed = if printed == "两" {
        "二"
    } else {
        printed.as_str()
    };
    let known = || {
        WORDS
            .iter()
            .position(|(en, zh)| printed == *en || printed == *zh)
    };
    let number = printed.parse().ok().or_else(known)?;
    let has = |word: &str| words.contains(word);
    let class = match (
        has("digit") || has("数字"),
        has("upper") || has("大写"),
        has("lower") || has("小写"),
    ) {
        (true, ..) => "0-9",
        (false, true, _) => "A-Z",
        (false, false, true) => "a-z",
        (false, false, false) => "A-Za-z",
    };
    Some(format!("[{class}]{{{number}}}"))
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.sequence",
        "String",
        "Specifies the lamp's plate, which is three lowercase letters followed by 5 digits.",
        "pattern ^[a-z]{3}[0-9]{5}$",
    ),
    (
        "zh.sequence",
        "String",
        "灯牌，由两位大写字母后跟6位数字组成。",
        "pattern ^[A-Z]{2}[0-9]{6}$",
    ),
];
