//! What is done meanwhile: of an operation that adds things or takes them away, a text may say what holds for the
//! one alone. "During deletion, …": what the sentences behind it bound, they bound then.

use std::sync::LazyLock;

use super::sentence::{Unit, head};
use crate::extract::pattern::{Pattern, compile};

/// A sentence about one of several things that are done, or a heading that names it.
static PHASE: LazyLock<Pattern> = LazyLock::new(|| {
    compile(
        r"(?i)^(?:during|for|in) (?:the )?(?:batch |bulk )?(?P<noun>deletion|removal|creation|addition)\b|^when (?:you (?:are to )?(?P<verb>delete|remove|create|add)|(?:the |a |an |any )?[a-z]{3,16} (?:is|are) being (?P<done>deleted|removed|created|added)) |^[^.:;,]{3,80} (?:during|for|in) (?:the )?(?:batch |bulk )?(?P<heading>deletion|removal|creation|addition)\s*:?$",
    )
});

/// What the text of an item or a paragraph says is done. That something is made says nothing where the text around
/// speaks of nothing else.
pub(super) fn of(text: &str, prose: &[Unit]) -> Option<String> {
    let found = PHASE.captures(head(text.trim_start_matches(['-', '•', ' ']), 160))?;
    let word = found.groups().next()?.as_str().to_lowercase();
    let phase = match word.get(..3)? {
        "del" => "deletion",
        "rem" => "removal",
        "cre" => "creation",
        _ => "addition",
    };
    let speaks_of_removal = |unit: &Unit| {
        let text = head(&unit.text, 600);
        text.contains("delet") || text.contains("remov")
    };
    let is_one_of_several =
        matches!(phase, "deletion" | "removal") || prose.iter().any(speaks_of_removal);
    is_one_of_several.then(|| phase.to_owned())
}

/// Whether what an item says holds for the text that stands so deep behind it.
pub(super) fn reaches(item: u8, depth: u8) -> bool {
    item > 0 && depth >= item
}

#[cfg(test)]
mod tests {
    use super::super::tests::{print, read_as};

    fn told(text: &str) -> Vec<String> {
        let read = read_as("String", text).statements;
        read.iter().map(print).collect()
    }

    #[test]
    fn what_is_said_of_one_thing_that_is_done_holds_then() {
        let behind = told(
            "When lamps are being deleted and some are missing, nothing happens. It contains at most 9 characters.",
        );
        assert_eq!(behind, ["length ..=9 characters when deletion"]);
        let made = told("When you create lamps, name them. It contains at most 9 characters.");
        assert_eq!(made, ["length ..=9 characters"]);
        let plain = told("The lamp can be deleted. It contains at most 9 characters.");
        assert_eq!(plain, ["length ..=9 characters"]);
    }

    #[test]
    fn a_shorter_length_beside_that_of_one_thing_done_is_that_of_the_other() {
        let both = told(
            "It contains at most 9 characters.\n- Limits during batch deletion\n- It contains at most 20 characters.",
        );
        assert_eq!(
            both,
            [
                "length ..=9 characters when the documented case",
                "length ..=20 characters when deletion"
            ]
        );
    }
}
