//! Ends of numbers that stand alone: behind a comma or in brackets, without a word for a range.

use super::numbers::{bounds, range};
use super::rule::{Hit, Language::En, Language::Zh, Rule};
use crate::contract::Kind;

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "zh.range-alone",
        language: Zh,
        meaning: "a number from A to B, and nothing else between two commas",
        cues: &[","],
        pattern: r"^[^,。0-9]{1,16},\s*(?P<min>-?[0-9]+(?:\.[0-9]+)?)\s*(?:-|~|到|至)\s*(?P<max>-?[0-9]+(?:\.[0-9]+)?)\s*(?:毫秒|秒|分钟|小时|天|毫米|厘米|米|公里|度|千克|公斤|吨|升|元)?(?:之间(?:的\p{Han}{0,2}数)?)?(?P<next>[,。；]|$)",
        read: |hit| {
            let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
            is_number.then(|| range(hit)).flatten()
        },
    },
    Rule {
        name: "en.range-alone",
        language: En,
        meaning: "a number between A and B, behind what else is said of it",
        cues: &["between", "ranging", "from ", "(", ", "],
        pattern: r"(?:(?:, |\b)(?:between|(?:ranging )?from) |, |\()(?P<min>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?)(?: and | to |-|~)(?P<max>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?)(?P<next>\.$|\. |\)|,|;| in (?:steps|multiples|increments) of |$)",
        read: |hit| {
            let is_number = matches!(hit.kind(), Kind::Integer | Kind::Number);
            let is_one_of = hit.before.ends_with(|c: char| c.is_ascii_digit())
                || hit.after.trim_start().starts_with("or ");
            (is_number && !is_one_of && !moves(hit.before) && !is_of_a_case(hit.before))
                .then(|| range(hit))
                .flatten()
        },
    },
    Rule {
        name: "en.interval-alone",
        language: En,
        meaning: "a number of an interval, and nothing else up to a stop",
        cues: &["["],
        pattern: r"^\[(?P<min>-?[0-9]+(?:\.[0-9]+)?), ?(?P<max>-?[0-9]+(?:\.[0-9]+)?)\](?P<next>\. |\.$|$)",
        read: |hit| {
            let is_number = matches!(hit.subject.kind, Some(Kind::Integer | Kind::Number));
            is_number.then(|| range(hit)).flatten()
        },
    },
    Rule {
        name: "en.bound-alone",
        language: En,
        meaning: "a number of at most or at least N, and nothing else behind a comma or a stop",
        cues: &[
            "at most",
            "at least",
            "up to",
            "no more than",
            "no less than",
        ],
        pattern: r"(?:^|, |\(|\band )(?:(?P<above>at most|up to|no more than)|at least|no less than) (?P<end>-?[0-9][0-9,]*[0-9](?:\.[0-9]+)?|-?[0-9](?:\.[0-9]+)?)(?P<next>\.$|\. |\)|,|;|$)",
        read: |hit| {
            let is_number = matches!(hit.subject.kind, Some(Kind::Integer | Kind::Number));
            let end = Some(hit.decimal("end")?);
            let (min, max) = match hit.group("above") {
                "" => (end, None),
                _ => (None, end),
            };
            (is_number && !moves(hit.before) && !is_of_a_case(hit.before))
                .then(|| bounds(hit, min, max))
                .flatten()
        },
    },
];

/// What goes from one number to another, an example and a default are no range.
fn moves(before: &str) -> bool {
    const WORDS: [&str; 17] = [
        "chang",
        "increas",
        "decreas",
        "reduc",
        "rais",
        "rise",
        "switch",
        "goes",
        "example",
        "such as",
        "default",
        "recommend",
        "e.g",
        "upgrad",
        "scal",
        "expand",
        "migrat",
    ];
    let clause = before.rsplit(". ").next().unwrap_or("").to_lowercase();
    WORDS.iter().any(|word| clause.contains(word))
}

/// "1, 2, 3 or 4": two numbers with a comma between are no ends where another one follows in the same way.
pub(super) fn lists_on(hit: &Hit) -> bool {
    let after = hit.after.trim_start();
    let rest = after.trim_start_matches([',', ' ']);
    let rest = rest
        .strip_prefix("or ")
        .or(rest.strip_prefix("and "))
        .unwrap_or(rest);
    let is_next = rest.len() < after.len() && rest.starts_with(|c: char| c.is_ascii_digit());
    is_next && hit.whole().contains(", ") && !hit.whole().contains("between ")
}

/// Whether what stands before says when the rest holds: "For brass lamps, at most 5".
pub(super) fn is_of_a_case(before: &str) -> bool {
    const WORDS: [&str; 7] = ["for ", "in ", "with ", "on ", "if ", "when ", "while "];
    let sentence = before.rsplit(". ").next().unwrap_or("").trim_start();
    let sentence = sentence.to_lowercase();
    WORDS.iter().any(|word| sentence.starts_with(word))
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.interval-alone",
        "Integer",
        "[0, 2^31 - 1]. How many there are depends on the tower.",
        "range 0..=2147483647",
    ),
    (
        "en.range-alone",
        "Integer",
        "The wick, 20 to 300 in steps of 20.",
        "range 20..=300\nmultiple of 20",
    ),
    (
        "zh.range-alone",
        "Number",
        "灯的亮度，0.0~1.0之间，越大越亮。",
        "range 0..=1",
    ),
    (
        "zh.range-alone",
        "Integer",
        "灯的亮度，0-100，缺省为60。",
        "range 0..=100\ndefault 60",
    ),
    (
        "zh.range-alone",
        "Integer",
        "灯的寿命，20~900小时，到时更换。",
        "range 20..=900",
    ),
    (
        "en.range-alone",
        "Integer",
        "Specifies how many lamps burn at night, from 2 to 40.",
        "range 2..=40",
    ),
    (
        "en.range-alone",
        "Integer",
        "The number of lamps (2 to 40).",
        "range 2..=40",
    ),
    (
        "en.range-alone",
        "Integer",
        "The value must be an integer multiple of 5 between 10 and 90.",
        "multiple of 5\nrange 10..=90",
    ),
    (
        "en.range-alone",
        "Integer",
        "Specifies the door, ranging from 1 to 12.",
        "range 1..=12",
    ),
    (
        "en.bound-alone",
        "Number",
        "The weight of the lamp, at most 7.5.",
        "range ..=7.5",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::read_as;

    #[test]
    fn a_change_an_example_and_a_default_are_no_range() {
        for text in [
            "The level of the oil. It increases from 2 to 40.",
            "The number of lamps, for example, 2 to 40.",
            "How many lamps burn, by default at least 2.",
        ] {
            let heard = read_as("Integer", text).statements;
            let told = format!("{heard:?}");
            assert!(!told.contains("Range"), "{text}: {told}");
        }
    }
}
