//! Values that sentences explain one by one, without a list.

use std::sync::LazyLock;

use super::lists::is_of_the_others;
use super::rule::{Language::En, Language::Zh, Rule};
use super::sentence::head;
use super::tokens::{self, scalar};
use super::values::{alone, enumeration};
use crate::contract::{Constraint, Kind};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.each-set",
        language: Zh,
        meaning: "sentences that each say what one value does; together they list the values",
        cues: &["指定为", "设置为"],
        pattern: r#"^\s*(?:该)?(?:参数|字段)?{传}为\s*"?(?P<value>[A-Za-z0-9_]{1,40})"?\s*时?,"#,
        read: |hit| {
            let text = head(&hit.unit.text, 4_000);
            let is_listed = EACH_SET.find_iter(text).nth(1).is_some();
            let value = scalar(hit.group("value"), hit.kind());
            (is_listed && hit.about_field()).then(|| Constraint::Const(value).into())
        },
    },
    Rule {
        name: "zh.code",
        language: Zh,
        meaning: "a number with its gloss, as a sentence behind others",
        cues: &[":"],
        pattern: r"^\s*[0-9]{1,4}\s*:\s*\p{Han}[^。；]*",
        read: |hit| {
            let is_open = hit.units.iter().any(is_of_the_others);
            if !hit.about_field() || !hit.before.is_empty() || is_open {
                return None;
            }
            let text = &hit.unit.text[hit.unit.text.len() - hit.rest.len() - hit.whole().len()..];
            let text = head(text, 4_000);
            let is_number = |value: &String| value.bytes().all(|byte| byte.is_ascii_digit());
            if let Some(list) = tokens::run_on_glosses(text)
                && list.values.iter().all(is_number)
            {
                let read_on = list.length.saturating_sub(hit.whole().len());
                return enumeration(hit, list, false, 0).map(|heard| heard.reading_on(read_on));
            }
            let value = tokens::gloss(hit.whole().trim_start())?.value.to_owned();
            let values = vec![scalar(&value, hit.kind())];
            Some(
                Constraint::Enum {
                    values,
                    open: false,
                }
                .into(),
            )
        },
    },
    Rule {
        name: "zh.capital-glosses",
        language: Zh,
        meaning: "capital words with their glosses, as sentences behind others",
        cues: &[":"],
        pattern: r"^\s*[A-Z][A-Z0-9_]{1,40}\s*:\s*\p{Han}{1,12}",
        read: |hit| {
            if !hit.about_field() || !hit.before.is_empty() {
                return None;
            }
            let text = &hit.unit.text[hit.unit.text.len() - hit.rest.len() - hit.whole().len()..];
            let list = tokens::run_on_glosses(head(text, 4_000))?;
            let is_capital = |value: &String| !value.contains(|c: char| c.is_ascii_lowercase());
            let read_on = list.length.saturating_sub(hit.whole().len());
            (list.values.iter().all(is_capital))
                .then(|| enumeration(hit, list, false, 0))
                .flatten()
                .map(|heard| heard.reading_on(read_on))
        },
    },
    Rule {
        name: "en.capital-glosses",
        language: En,
        meaning: "capital words with their glosses, as sentences behind others",
        cues: &[": "],
        pattern: r"^(?P<value>[a-z][a-z0-9_]{1,40}): [a-z]",
        read: |hit| {
            let is_capital = |value: &str| !value.contains(|c: char| c.is_ascii_lowercase());
            let text = head(&hit.unit.text, 4_000);
            let glosses = CAPITALS
                .captures_iter(text)
                .map(|found| found["value"].to_owned());
            let values: Vec<String> = glosses.collect();
            let is_first = values.first().map(String::as_str) == Some(hit.group("value"));
            (hit.about_field() && is_first && is_capital(hit.group("value")) && values.len() > 1)
                .then(|| enumeration(hit, alone(values), false, 0))
                .flatten()
        },
    },
    Rule {
        name: "zh.numbered-glosses",
        language: Zh,
        meaning: "numbers, each with its gloss behind a colon, behind a comma",
        cues: &[":"],
        pattern: r"[,]\s*(?P<list>[0-9]{1,3}\s*:\s*\p{Han}[^,:。；、]{0,24}(?:[,、]\s*[0-9]{1,3}\s*:\s*\p{Han}[^,:。；、]{0,24})+)[。；]?$",
        read: |hit| {
            let numbers = hit.group("list").split([',', '、']);
            let numbers =
                numbers.filter_map(|part| Some(part.split_once(':')?.0.trim().to_owned()));
            let values = numbers.collect();
            hit.about_field()
                .then(|| enumeration(hit, alone(values), false, 0))
                .flatten()
        },
    },
    Rule {
        name: "zh.inline-glosses",
        language: Zh,
        meaning: "two values, each explained in the sentence",
        cues: &["代表", "表示"],
        pattern: r#""?\b(?P<one>-?[A-Za-z0-9_.]{1,40})"?\s*(?:代表|表示|指)[^"。]{1,40}?[,;；、]\s*"?(?P<two>-?[A-Za-z0-9_.]{1,40})"?\s*(?:代表|表示|指)"#,
        read: |hit| {
            let values = [hit.group("one"), hit.group("two")].map(str::to_owned);
            let (others, read_on) = further(hit.after);
            let is_pair = values.iter().any(|value| value.eq_ignore_ascii_case("key"));
            // The letters of a template: 格式为"HH:mm z","HH:mm"表示时刻,"z"表示时区.
            let is_template = hit.before.contains("格式");
            // "And so on": these are two of many.
            let told_on = super::sentence::head(hit.after, 40);
            let goes_on = ["以此类推", "依此类推", "依次类推"];
            if goes_on.iter().any(|words| told_on.contains(words)) {
                return None;
            }
            let told = [hit.whole(), super::sentence::head(hit.after, 24)].concat();
            let extremes = ["最高", "最低"].iter().all(|word| told.contains(word));
            let are_ends = extremes || others.is_empty() && are_apart(&values);
            if let Some(range) = are_ends.then(|| ends(&values)).flatten() {
                return Some(range.into());
            }
            let values = values.into_iter().chain(others).collect();
            (!is_pair && !is_template)
                .then(|| enumeration(hit, alone(values), false, 0))
                .flatten()
                .map(|heard| heard.reading_on(read_on))
        },
    },
    Rule {
        name: "zh.dashed-run-on",
        language: Zh,
        meaning: "numbers, each with its gloss behind a dash, parted by blanks",
        cues: &["-"],
        pattern: r"(?:^|[:,。]|\p{Han})\s*(?P<list>[0-9]{1,3}\s?-[A-Za-z\p{Han}][^\s,、;；。]{0,40}(?:\s+[0-9]{1,3}\s?-[A-Za-z\p{Han}][^\s,、;；。]{0,40})+)[。；]?$",
        read: |hit| {
            let list = hit.group("list");
            let words = list.split_whitespace();
            let values = words.filter_map(|word| Some(word.split_once('-')?.0.to_owned()));
            // "2-way 3-way": in a text, words with numbers in front.
            let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
            let is_counted = list.starts_with(['0', '1'])
                && list
                    .split_whitespace()
                    .all(|word| word.contains(super::sentence::is_han));
            (hit.about_field() && (is_number || is_counted))
                .then(|| enumeration(hit, alone(values.collect()), false, 0))
                .flatten()
        },
    },
    Rule {
        name: "en.indicated-values",
        language: En,
        meaning: "values explained in one sentence: Value A indicates ... and B indicates ...",
        cues: &["indicates"],
        pattern: r#"(?:^|\.)\s*(?:the )?(?:value )?"?(?P<one>[A-Za-z0-9_-]+)"? (?:indicates|means|represents)[^.]*?(?:,| and|;)+ "?(?P<two>[A-Za-z0-9_-]+)"? (?:indicates|means|represents)[^.]*"#,
        read: |hit| {
            let values = [hit.group("one"), hit.group("two")].map(str::to_owned);
            let are_words = values
                .iter()
                .any(|value| POINTERS.contains(&value.to_lowercase().as_str()));
            if !hit.about_field() || are_words {
                return None;
            }
            let extremes = ["highest", "lowest"]
                .iter()
                .all(|word| hit.whole().contains(word));
            if let Some(range) = extremes.then(|| ends(&values)).flatten() {
                return Some(range.into());
            }
            enumeration(hit, alone(values.to_vec()), false, 0)
        },
    },
];

/// English words that point at a value and are none.
const POINTERS: [&str; 10] = [
    "it",
    "this",
    "that",
    "which",
    "value",
    "parameter",
    "field",
    "they",
    "and",
    "what",
];

/// The values that are explained behind two others, and how far they reach.
fn further(after: &str) -> (Vec<String>, usize) {
    static FURTHER: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r#"^[^"。,;；、]{0,40}[,;；、]\s*"?(?P<value>-?[A-Za-z0-9_.]{1,40})"?\s*(?:代表|表示|指)"#,
        )
    });
    let mut values = Vec::new();
    let mut read_to = 0;
    while let Some(other) = FURTHER.captures(&after[read_to..]) {
        values.push(other["value"].to_owned());
        read_to += other.get(0).map_or(0, |found| found.end());
    }
    (values, read_to)
}

/// "1 is Monday, 7 Sunday": numbers that others lie between are the ends of a row, not the whole of it.
fn are_apart(values: &[String; 2]) -> bool {
    let numbers = values.each_ref().map(|value| value.parse::<i64>().ok());
    matches!(numbers, [Some(one), Some(two)] if one > 0 && two.saturating_sub(one) > 2)
}

/// "0 is the highest, 9 the lowest": all numbers between them are fine.
fn ends(values: &[String; 2]) -> Option<Constraint> {
    let [one, two]: [i64; 2] = [values[0].parse().ok()?, values[1].parse().ok()?];
    let (min, max) = (Some(one.min(two).into()), Some(one.max(two).into()));
    Some(Constraint::Range { min, max })
}

/// A capital word that begins a sentence, and its gloss.
static CAPITALS: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"(?:^|\. )(?P<value>[A-Z][A-Z0-9_]{1,40}): [A-Z]"));

static EACH_SET: LazyLock<Pattern> = LazyLock::new(|| {
    compile(r#"(?:^|。\s*)(?:该)?(?:参数|字段)?(?:指定|设置)为\s*"?[A-Za-z0-9_]{1,40}"?\s*时?,"#)
});

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "zh.inline-glosses",
        "String",
        "灯油，OIL表示鲸油，GAS表示煤气，WAX表示蜡。",
        "enum OIL GAS WAX",
    ),
    (
        "zh.dashed-run-on",
        "Integer",
        "灯的种类 0-oil 1-GAS_LAMP 4-电灯（不冒烟）",
        "enum 0 1 4",
    ),
    (
        "zh.inline-glosses",
        "Integer",
        "点灯的月份，1表示一月，12表示十二月。",
        "range 1..=12",
    ),
    (
        "en.capital-glosses",
        "String",
        "The state of the lamp. LIT: The lamp burns. DARK: The lamp is cold.",
        "enum LIT DARK",
    ),
    (
        "en.indicated-values",
        "Integer",
        "Specifies the order. 1 indicates the highest lamp and 5 indicates the lowest lamp.",
        "range 1..=5",
    ),
    (
        "en.indicated-values",
        "Boolean",
        "false indicates a dark lamp and true indicates a lit one.",
        "enum false true",
    ),
    (
        "en.indicated-values",
        "Integer",
        "0 indicates the highest lamp and 9 indicates the lowest lamp.",
        "range 0..=9",
    ),
    (
        "zh.inline-glosses",
        "Integer",
        "灯的次序，0表示最高，9表示最低。",
        "range 0..=9",
    ),
    (
        "zh.numbered-glosses",
        "Integer",
        "灯态，0：未点，1：点亮。",
        "enum 0 1",
    ),
    (
        "zh.capital-glosses",
        "String",
        "灯态。LIGHTING：点亮中；LIT：亮；FAILED：失败",
        "enum LIGHTING LIT FAILED",
    ),
    (
        "zh.capital-glosses",
        "String",
        "灯态。 LIT：表示亮 DARK：表示灭 缺省值：LIT",
        "enum LIT DARK\ndefault LIT",
    ),
    (
        "zh.each-set",
        "Boolean",
        "灯型。 参数指定为false，装上油灯。 参数指定为true，装上电灯。",
        "enum false true",
    ),
    (
        "zh.code",
        "String",
        "灯的租法。 1: 按年租 (即prePaid: 先付)。",
        "enum 1",
    ),
    (
        "zh.inline-glosses",
        "String",
        "灯罩，0代表不透明，1代表透明。",
        "enum 0 1",
    ),
    (
        "zh.inline-glosses",
        "String",
        "标识，“0”代表主灯，“-1”代表副灯。",
        "enum 0 -1",
    ),
    (
        "en.indicated-values",
        "String",
        "Value SOLO indicates one keeper and TEAM indicates several keepers.",
        "enum SOLO TEAM",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::read_as;

    #[test]
    fn two_of_many_are_no_values() {
        let text = "每周的夜晚，0表示周日，1表示周一，以此类推。";
        for text in [text, "灯芯的种类 2-way 3-way"] {
            let told = read_as("String", text).statements;
            assert!(told.is_empty(), "{text} {told:?}");
        }
    }
}
