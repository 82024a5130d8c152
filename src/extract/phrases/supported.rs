//! Values that are listed without a word for values: "asc and desc are supported", "it is one of OIL and GAS",
//! "OIL is for …, GAS is for …".

use std::sync::LazyLock;

use super::rule::{Heard, Hit, Language::En, Language::Zh, Rule};
use super::sentence::head;
use super::values::{CHARACTERS, alone, enumeration};
use crate::contract::Kind;
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.words-with-dashes",
        language: Zh,
        meaning: "words with their glosses behind dashes, one after the other",
        cues: &["-"],
        pattern: r"(?:^|[,:：]\s*)(?P<list>[A-Za-z][A-Za-z0-9_]{1,24}\s*-\s*\p{Han}{2,16}(?:[,;、]\s*[A-Za-z][A-Za-z0-9_]{1,24}\s*-\s*\p{Han}{2,16})+)",
        read: |hit| each(hit, &DASHED),
    },
    Rule {
        name: "zh.words-that-are",
        language: Zh,
        meaning: "words in capitals, each with what it is, one after the other",
        cues: &["为", "是", "表示"],
        pattern: r"^(?P<list>[A-Z][A-Z0-9_]{1,24}\s*(?:为|是|表示|代表)\p{Han}{2,16}(?:[,;、]\s*[A-Z][A-Z0-9_]{1,24}\s*(?:为|是|表示|代表)\p{Han}{2,16})+)(?P<next>[,;。]|$)",
        read: |hit| each(hit, &EXPLAINED),
    },
    Rule {
        name: "en.words-that-do",
        language: En,
        meaning: "words in capitals, each with what it does, one after the other",
        cues: &[", ", "; "],
        pattern: r"^(?P<list>[a-z][a-z0-9_]{1,24} (?:is|are|means|allows|lets|gives|makes|selects|keeps|stands for|turns|uses|permits|grants|enables|disables|denotes|refers to) [^,;.]{2,60}(?:[,;] (?:and |while )?[a-z][a-z0-9_]{1,24} (?:is|are|means|allows|lets|gives|makes|selects|keeps|stands for|turns|uses|permits|grants|enables|disables|denotes|refers to) [^,;.]{2,60})+)\.?$",
        read: |hit| {
            let found = DOING.captures_iter(hit.group("list"));
            let words = found.filter_map(|found| Some(found.get(1)?.as_str().to_owned()));
            let words: Vec<String> = words.collect();
            let is_capital = |word: &String| !word.bytes().any(|byte| byte.is_ascii_lowercase());
            (words.iter().all(is_capital))
                .then(|| enumerated(hit, words, false))
                .flatten()
        },
    },
    Rule {
        name: "en.nouns-are",
        language: En,
        meaning: "what the field is called, as many, and the words that these are",
        cues: &["s are ", "s include "],
        pattern: r"(?:^|[.] )(?:the )?(?:(?:acceptable|supported|possible|available|allowed|permitted|valid|legal) )?(?P<noun>[a-z_]{3,24}s) (?:are|include):? (?P<list>[a-z0-9_]+(?:, [a-z0-9_]+)*,? (?:and|or) [a-z0-9_]+)\.?$",
        read: |hit| {
            let name = hit.subject.name.unwrap_or_default().to_lowercase();
            let noun = hit.group("noun").to_lowercase();
            let is_own = (noun.strip_suffix('s')).is_some_and(|noun| name.ends_with(noun));
            is_own
                .then(|| listed(hit, hit.group("list"), true))
                .flatten()
        },
    },
    Rule {
        name: "en.words-supported",
        language: En,
        meaning: "words that are said to be supported, one as good as the other",
        cues: &[
            "are supported",
            "are accepted",
            "are allowed",
            "are available",
        ],
        pattern: r"(?:^|[.] )(?P<list>[a-z0-9_]+(?:, [a-z0-9_]+)*,? (?:and|or) [a-z0-9_]+) are (?:currently )?(?:supported|accepted|allowed|available)(?: currently)?\.?$",
        read: |hit| listed(hit, hit.group("list"), false),
    },
    Rule {
        name: "en.is-one-of",
        language: En,
        meaning: "words of which the field is one",
        cues: &[
            "one of ",
            "one or more of",
            "either ",
            "enum:",
            "accepts ",
            "set it to",
            "set this ",
        ],
        pattern: r"(?:^|[.] )(?:(?:(?:it|this|(?:the|its) [a-z][a-z _]{2,30}?) )?(?:is|{must} be|can be|can take|takes|accepts) |the array can contain )?(?:one of|one or more of|either|enum:|(?P<or>accepts|set (?:it|this (?:parameter|field)) to))(?: the following| these)?(?: values)?:? (?P<list>[a-z0-9_]+(?:(?:, (?:and |or )?| and | or )[a-z0-9_]+)+)\.?$",
        read: |hit| {
            let list = hit.group("list");
            // "Must be either unique or empty" tells what it is like.
            const LIKE: [&str; 8] = [
                "unique", "empty", "blank", "null", "valid", "positive", "even", "odd",
            ];
            let is_like = list.split([' ', ',']).any(|word| LIKE.contains(&word));
            let are_all = hit.group("or").is_empty() || list.contains(" or ");
            (are_all && !is_like)
                .then(|| listed(hit, list, true))
                .flatten()
        },
    },
];

static DASHED: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"([A-Za-z][A-Za-z0-9_]{1,24})\s*-\s*\p{Han}"));
static EXPLAINED: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"([A-Z][A-Z0-9_]{1,24})\s*(?:为|是|表示|代表)\p{Han}"));
static DOING: LazyLock<Pattern> =
    LazyLock::new(|| compile(r"(?:^|[,;] (?:and |while )?)([A-Za-z][A-Za-z0-9_]{1,24}) [a-z]+ "));
static WORD: LazyLock<Pattern> = LazyLock::new(|| compile("([A-Za-z0-9_]+)"));

/// The words before their glosses.
fn each(hit: &Hit, words: &Pattern) -> Option<Heard> {
    // What the parts of a template mean is no list of values.
    let explains = ["格式", "形如", "形式", "模板"];
    if explains
        .iter()
        .any(|word| head(&hit.unit.text, 400).contains(word))
    {
        return None;
    }
    let found = words.captures_iter(hit.group("list"));
    let found = found.filter_map(|found| Some(found.get(1)?.as_str().to_owned()));
    enumerated(hit, found.collect(), false)
}

/// Words that are written like values, not like prose: all small, or all capitals.
/// Where it is not told that these are all, they are where the field is a choice by its name.
fn listed(hit: &Hit, list: &str, are_all: bool) -> Option<Heard> {
    let words = WORD.captures_iter(list);
    let words: Vec<String> = words
        .filter_map(|word| Some(word.get(1)?.as_str().to_owned()))
        .filter(|word| !["and", "or"].contains(&word.as_str()))
        .collect();
    let is_of = |test: fn(&u8) -> bool| {
        words
            .iter()
            .all(|word| !word.bytes().any(|byte| test(&byte)))
    };
    let is_even = is_of(u8::is_ascii_uppercase) || is_of(u8::is_ascii_lowercase);
    let is_prose = words
        .iter()
        .any(|word| CHARACTERS.contains(&word.to_lowercase().as_str()));
    // Fields are no values of a field.
    let is_small = |byte: u8| byte.is_ascii_lowercase();
    let are_fields = words
        .iter()
        .any(|word| word.contains('_') && word.bytes().any(is_small));
    // "JSON and YAML are supported" tells kinds of a content where the field is called no choice.
    let name = hit.subject.name.unwrap_or("").to_lowercase();
    let is_choice = CHOICES.iter().any(|choice| name.ends_with(choice));
    (is_even && !is_prose && !are_fields)
        .then(|| enumerated(hit, words, !is_choice && !are_all))
        .flatten()
}

/// What a field is called that holds one of a few words.
const CHOICES: [&str; 16] = [
    "type",
    "mode",
    "kind",
    "protocol",
    "method",
    "dir",
    "direction",
    "order",
    "key",
    "policy",
    "status",
    "state",
    "action",
    "level",
    "scope",
    "strategy",
];

fn enumerated(hit: &Hit, words: Vec<String>, open: bool) -> Option<Heard> {
    let is_text = *hit.kind() == Kind::String && hit.about_field() && words.len() > 1;
    is_text
        .then(|| enumeration(hit, alone(words), open, 0))
        .flatten()
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.is-one-of",
        "String",
        "What burns. Accepts oil, gas, or wood.",
        "enum oil gas wood",
    ),
    (
        "en.is-one-of",
        "String",
        "What burns. Set this parameter to oil or gas.",
        "enum oil gas",
    ),
    (
        "en.is-one-of",
        "String",
        "What burns. Must be either oil or gas.",
        "enum oil gas",
    ),
    (
        "en.is-one-of",
        "String",
        "What burns. It can take one of these values: oil, gas, and wood.",
        "enum oil gas wood",
    ),
    (
        "zh.words-with-dashes",
        "String",
        "灭灯的处理，relight-重新点亮，leave-不作处理。",
        "enum relight leave",
    ),
    (
        "en.words-that-do",
        "String",
        "How it burns. STEADY keeps the flame, BLINK turns it on and off, and OUT means no flame.",
        "enum STEADY BLINK OUT",
    ),
    (
        "en.nouns-are",
        "String",
        "How it burns. Possible lamps are OIL, GAS and WAX.",
        "enum OIL GAS WAX",
    ),
    (
        "en.is-one-of",
        "String",
        "The colour of the glass is one of RED, GREEN, WHITE.",
        "enum RED GREEN WHITE",
    ),
    (
        "zh.words-that-are",
        "String",
        "OIL为油灯，GAS为煤气灯，默认OIL。",
        "enum OIL GAS\ndefault OIL",
    ),
    (
        "en.words-supported",
        "String",
        "How lamps are ordered. up and down are supported.",
        "enum up down open",
    ),
    (
        "en.words-supported",
        "String",
        "OIL, GAS, and WAX are supported currently.",
        "enum OIL GAS WAX open",
    ),
    (
        "en.is-one-of",
        "String",
        "What it burns. It is one of OIL, GAS, and WAX.",
        "enum OIL GAS WAX",
    ),
    (
        "en.is-one-of",
        "Array of String",
        "The array can contain one or more of the following values: oil, gas, and wax.",
        "enum oil gas wax",
    ),
];
