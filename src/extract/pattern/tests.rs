//! Every pattern finds what `regex` finds.

use proptest::prelude::*;

use super::*;

const PATTERNS: [&str; 20] = [
    r"(?:灯|灯芯)(?P<state>亮|灭)?",
    r"(?i)\b(?:lamps?|wicks?) (?P<n>\d{1,3})",
    r"^\p{Han}{1,4}(?P<rest>.*)$",
    r"(?P<before>[^,，]{1,20}?)(?:时|when),? *(?P<name>[a-z_]+)?",
    r#""(?P<quoted>[^"]*)"|x+"#,
    r"[a-z]+$",
    r"(?:灯|x)*?(?P<state>亮|灭$)",
    r"(?:(?P<part>x|灯)*,?)*时",
    r"(?:(?:灯|x){2,3}|[^,]{2,})+?[^ ]",
    r"\b[a-z_]+\b ?(?P<more>\S*)",
    r"(?:x?|灯?)+亮|(?:when *){2,}",
    r"(?:[^,亮]{0,3}|灯)*?(?P<rest>[^灭]{2,5})亮",
    r"(?P<lazy>[^,]{1,9}?),(?P<run>[a-z ]{0,4})[a-z]",
    r"[灯x]*[^ ]*?(?P<end>x|亮)",
    r"(?:[a-z]*[a-z ]{0,3}?)+(?P<n>[0-9]+)",
    r"(?:,|[灯 ]{1,2}?)+(?P<last>[a-zK]*?)(?:x|$)",
    r"(?i:wick|[^a-j,]+) *(?:(?i)LAMP|[^\s\p{Han}\-A-Z]{2})",
    r"(?P<sign>\S[\d.-]?)(?:亮|灯芯|when|\D\D)(?:$|,)",
    r"(灯?)(?:芯|(?:x|)(?:亮|when){2})\.?(?:[^0-9]|$)",
    r#"^.?(?:(?P<first>灯|时)|"|)*(?:.{2}|[L-m]+\b)"#,
];

fn spans(found: Option<Match<'_>>) -> Option<(usize, usize)> {
    found.map(|found| (found.start(), found.end()))
}

/// Every match with its named groups, as text.
fn by_pattern(pattern: &str, text: &str) -> Vec<(usize, usize)> {
    let pattern = compile(pattern);
    let mut found: Vec<_> = pattern
        .find_iter(text)
        .map(|m| (m.start(), m.end()))
        .collect();
    for captures in pattern.captures_iter(text) {
        found.extend(captures.groups().map(|group| (group.start(), group.end())));
    }
    assert_eq!(pattern.is_match(text), pattern.find(text).is_some());
    assert_eq!(spans(pattern.find(text)), found.first().copied());
    found
}

fn by_regex(pattern: &str, text: &str) -> Vec<(usize, usize)> {
    let pattern = regex::Regex::new(pattern).expect("it compiles");
    let mut found: Vec<_> = pattern.find_iter(text).map(|m| m.range()).collect();
    for captures in pattern.captures_iter(text) {
        found.extend(captures.iter().skip(1).flatten().map(|group| group.range()));
    }
    found.into_iter().map(|at| (at.start, at.end)).collect()
}

proptest! {
    #[test]
    fn finds_what_regex_finds(
        words in prop::collection::vec(
            prop::sample::select(vec![
                "灯", "灯芯亮", "灭", "Lamp 12", "wicks 7", " ", ",", "时", "when", "oil_x",
                "\"", "x", "É", "K",
            ]),
            0..30,
        ),
    ) {
        let text = words.concat();
        for pattern in PATTERNS {
            prop_assert_eq!(by_pattern(pattern, &text), by_regex(pattern, &text), "{} in {}", pattern, text);
        }
    }
}

#[test]
fn a_text_too_long_to_backtrack_in_is_read_all_the_same() {
    let text = format!("{}灯亮", "wick ".repeat(100_000));
    for pattern in PATTERNS {
        let found = compile(pattern).find(&text).map(|found| found.as_str());
        let expected = regex::Regex::new(pattern).expect("it compiles");
        assert_eq!(found, expected.find(&text).map(|found| found.as_str()));
    }
}
