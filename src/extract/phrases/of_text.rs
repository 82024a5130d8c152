//! What numbers say of a text: how long it is, or what its parts are. A text that is a number is seldom meant.

use std::sync::LazyLock;

use super::rule::Hit;
use super::sentence::{head, tail};
use crate::extract::pattern::{Pattern, compile};

/// Whether the numbers bound how long the text is.
pub(super) fn is_length(hit: &Hit) -> bool {
    static LENGTH: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?i:\blength (?:(?:is|must be|should be|can be|cannot be|must) ?)?$)|长度\s*(?:必须|应|需|为|是)*$",
        )
    });
    hit.after.starts_with(',') && tells_letters(hit.after) || LENGTH.is_match(tail(hit.before, 60))
}

/// Whether the numbers are said of parts of the text, or count what it tells.
pub(super) fn is_of_parts(hit: &Hit) -> bool {
    are_parted(hit) || has_another_subject(hit) || counts(hit)
}

/// "WICK ranges from 0 to 9": a word in capitals that is not the field's name is a part of what it holds.
fn has_another_subject(hit: &Hit) -> bool {
    static SUBJECT: LazyLock<Pattern> = LazyLock::new(|| {
        compile(
            r"(?:^|[,;。；]\s*|\band )(?P<word>[A-Z]{2}[A-Z0-9_]*)(?: (?:is|must be|can be))? ?$",
        )
    });
    // "The waking interval cannot be less than 1 hour": so is a thing of several words.
    static THING: LazyLock<Pattern> = LazyLock::new(|| {
        compile(r"^(?:The|An?|Each) (?:[a-z-]+ ){1,3}(?P<word>[a-z]+) (?:(?:is|must be|can be) )?$")
    });
    const OF_ITSELF: [&str; 5] = ["value", "number", "parameter", "field", "length"];
    let before = tail(hit.before, 60);
    let subject = SUBJECT.captures(before).or_else(|| THING.captures(before));
    let name = hit.subject.name.unwrap_or_default().to_lowercase();
    subject.is_some_and(|subject| {
        let word = subject["word"].to_lowercase();
        !name.contains(&word) && !OF_ITSELF.contains(&word.as_str())
    })
}

/// "A maximum of 9 lamps are lit": so many of a thing, which no text is.
fn counts(hit: &Hit) -> bool {
    static THINGS: LazyLock<Pattern> =
        LazyLock::new(|| compile(r"^ (?:[a-z]+ ){0,2}[a-z]+s (?:are|is|can|may|must|will)\b"));
    let is_total = hit.whole().to_lowercase().contains("maximum of");
    is_total && THINGS.is_match(hit.after)
}

/// "1-64, of letters and digits": so many of what a text is made of.
fn tells_letters(after: &str) -> bool {
    let clause = after.split(['。', '；']).next().unwrap_or_default();
    ["字母", "汉字", "中文", "下划线"]
        .iter()
        .any(|word| clause.contains(word))
}

/// "From 1 to 20, parted by commas": numbers of which the text holds several.
fn are_parted(hit: &Hit) -> bool {
    const PARTED: [&str; 6] = ["分隔", "隔开", "分割", "连接", "separated by", "joined by"];
    let text = head(&hit.unit.text, 400);
    PARTED.iter().any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::super::tests::read_of_text as read;

    #[test]
    fn what_is_said_of_a_part_bounds_no_text() {
        let text = "When it is lit. WICKHOUR ranges from 0 to 23 hours. A maximum of 24 lit hours are allowed in a day.";
        assert_eq!(read(text), ["quota 24 lit hours"]);
        assert!(read("The waking interval cannot be less than 1 hour.").is_empty());
        assert_eq!(read("LAMP ranges from 2 to 9."), ["range 2..=9"]);
    }

    #[test]
    fn a_length_is_bounded_as_such() {
        assert_eq!(
            read("The length is less than or equal to 64."),
            ["length ..=64 characters"]
        );
        assert_eq!(
            read("The length is greater than 3."),
            ["length 4.. characters"]
        );
    }
}
