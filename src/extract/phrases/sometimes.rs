//! What an answer leaves out in some case, and what may be given only for some things.

use super::condition;
use super::rule::{Heard, Hit, Language::En, Rule};
use crate::contract::{BOUND_TO_NOW, Constraint, Direction};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "en.changed-only-for",
        language: En,
        meaning: "a field that may be changed only for things that have some value of another attribute",
        cues: &["only for"],
        pattern: r"(?:can|may) (?:only )?be (?:modified|changed|updated|set|specified)(?: only)? for [a-z][a-z -]{1,30}? (?:whose (?P<whose>[a-z_][a-z0-9_]* is [^.;,]{2,80})|with an? (?P<with>[a-z_][a-z0-9_]*) of (?P<value>[A-Za-z0-9_]+))(?P<next>[.;,]|$)",
        read: |hit| {
            let words = match hit.group("with") {
                "" => hit.group("whose").to_owned(),
                with => format!("{with} is {}", hit.group("value")),
            };
            let case = condition::in_short(&words);
            // Of which fuel the lamp is then, no request tells.
            let told =
                (case != condition::UNNAMED).then(|| format!("changed only in the case: {case}"));
            let bound = [BOUND_TO_NOW.to_owned()];
            let said: Vec<Constraint> = told
                .into_iter()
                .chain(bound)
                .map(Constraint::Other)
                .collect();
            let says_only = hit.whole().to_lowercase().contains(" only");
            if !says_only {
                return None;
            }
            if hit.about_field() {
                let is_given = hit.subject.direction == Direction::Request;
                return is_given.then(|| Heard::all(said));
            }
            named_before(hit).map(|name| Heard::all(said).said_of(name))
        },
    },
    Rule {
        name: "en.left-out-when",
        language: En,
        meaning: "left out of the answer in one case, or there in one case only",
        cues: &["not {returned}", "left out", "omitted"],
        pattern: r"(?:(?:is|are|will be) not {returned}(?: in the (?:response|answer))?|(?:is|are|will be) {absent}(?: (?:of|from) the (?:response|answer))?) (?P<how>if|when|unless) (?P<case>[^.;]{3,80})",
        read: |hit| {
            let case = condition::told(hit.group("case"));
            let case = match hit.group("how") {
                "unless" => case,
                _ => format!("not in the case: {case}"),
            };
            let is_answered = hit.about_field() && hit.subject.direction == Direction::Response;
            is_answered.then(|| Heard::from(Constraint::RequiredIf(case)).conditionally())
        },
    },
];

/// The one name that a sentence about the operation begins with: "wick is mandatory if …". Small letters tell it
/// from a word. A sentence that begins with it is not told from the one before.
pub(super) fn named_before<'a>(hit: &Hit<'a>) -> Option<&'a str> {
    let before = hit.before.rsplit(". ").next()?;
    let before = before.trim().trim_matches('"');
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    (before.starts_with(|c: char| c.is_ascii_lowercase()) && before.chars().all(is_name))
        .then_some(before)
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.changed-only-for",
        "Integer",
        "The pressure of the oil. It can be changed only for lamps whose fuel is OIL.",
        "other: changed only in the case: fuel == OIL\nother: bound to what it is now",
    ),
    (
        "en.left-out-when",
        "answered String",
        "Who looks after the lamp. This parameter is not returned if nobody has been named.",
        "required if not in the case: nobody has been named, conditional",
    ),
    (
        "en.left-out-when",
        "answered String",
        "The oil. It is left out of the answer unless fuel is OIL.",
        "required if fuel == OIL, conditional",
    ),
];
