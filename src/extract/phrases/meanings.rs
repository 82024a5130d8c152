//! What values mean, as the prose explains them.

use std::sync::LazyLock;

use super::sentence::{Unit, head};
use crate::extract::pattern::{Pattern, compile};

static MEANING: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r#"(?:(?:^|[,;；。、\s]|为)"?(?P<value>[-+]?[A-Za-z0-9_][A-Za-z0-9_.-]*)"?\s*(?:代表|表示|:\s?|,|\()|\p{Han}(?P<run>[A-Za-z0-9_][A-Za-z0-9_.-]*)\s*:)\s*(?P<meaning>\p{Han}[^,;；。、")]{0,40})"#,
    )
});

/// Another value that is run together with a meaning.
static NEXT_VALUE: LazyLock<Pattern> = LazyLock::new(|| compile(r"[A-Za-z0-9_-]+\s*:"));

/// The values that a text explains, each with its meaning.
fn meanings(text: &str) -> Vec<(&str, &str)> {
    /// No field explains more values.
    const MOST: usize = 60;
    let mut found = Vec::new();
    let mut from = 0;
    while found.len() < MOST
        && let Some(gloss) = MEANING.captures_at(text, from)
        && let (Some(value), Some(meaning)) = (
            gloss.name("value").or(gloss.name("run")),
            gloss.name("meaning"),
        )
    {
        // The end of a meaning may be the sign before the next value.
        from = meaning.start();
        let told = meaning.as_str();
        let end = NEXT_VALUE
            .find(told)
            .map_or(told.len(), |next| next.start());
        // "In UTC, by default at once" explains no UTC.
        if !told.starts_with("默认") {
            found.push((value.as_str(), &told[..end]));
        }
    }
    found
}

/// The value whose explanation in the prose shares the most with these words. None where no value
/// does, or several do as much.
pub(super) fn meant_by(prose: &[Unit], words: &str) -> Option<String> {
    /// No field explains more values, and no more text is looked at.
    const MOST: usize = 60;
    let texts = prose.iter().take(MOST).map(|unit| head(&unit.text, 600));
    let mut best: Option<(usize, String)> = None;
    let mut is_tied = false;
    for (value, meaning) in texts.flat_map(meanings).take(MOST) {
        let shared = longest_shared(words, meaning);
        let most = best.as_ref().map_or(1, |(most, _)| *most);
        let known = best.as_ref().is_some_and(|(_, known)| *known == value);
        if shared > most {
            best = Some((shared, value.to_owned()));
            is_tied = false;
        } else if shared == most && best.is_some() && !known {
            is_tied = true;
        }
    }
    best.filter(|_| !is_tied).map(|(_, value)| value)
}

/// How many characters the longest text has that is part of both.
fn longest_shared(one: &str, other: &str) -> usize {
    let (one, other): (Vec<char>, Vec<char>) = (one.chars().collect(), other.chars().collect());
    let mut longest = 0;
    let mut before = vec![0; other.len() + 1];
    for a in &one {
        let mut row = vec![0; other.len() + 1];
        for (at, b) in other.iter().enumerate() {
            if a == b {
                row[at + 1] = before[at] + 1;
                longest = longest.max(row[at + 1]);
            }
        }
        before = row;
    }
    longest
}
