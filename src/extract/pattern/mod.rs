//! Patterns for texts that are as short as sentences.
//!
//! Main type: [`Pattern`]. What `regex` builds to search long texts quickly takes longer here than
//! all the sentences of a document. A [`Pattern`] is parsed by the same parser and becomes a list
//! of steps, one for each character, word or set of characters ([`steps`]); it is searched by trying
//! them and going back ([`search`]). Of many patterns that are tried on one text, most are spared by a
//! look at its [`Letters`]. Time stays linear: no fork is taken twice at one place, and a
//! text that is too long to remember that of is searched by `regex`.

mod found;
mod needs;
mod search;
mod set;
mod steps;

use std::sync::OnceLock;

pub(super) use found::{Captures, Match};
use found::{Slots, matched};
pub(super) use needs::Letters;
use needs::Needs;
use steps::Steps;

/// A pattern that is written in the code, compiled.
#[derive(Debug)]
pub(super) struct Pattern {
    steps: Steps,
    needs: Needs,
    /// The pattern as it is parsed.
    text: String,
    /// Searches texts that are too long for the steps.
    in_long: OnceLock<regex::Regex>,
}

const FIXED: &str = "the pattern is fixed, and tests compile every one";

/// Compiles a pattern that is written in the code.
pub(super) fn compile(pattern: &str) -> Pattern {
    let text = narrowed(pattern);
    let parsed = regex_syntax::parse(&text).expect(FIXED);
    Pattern {
        steps: Steps::of(&parsed),
        needs: Needs::of(&parsed),
        text,
        in_long: OnceLock::new(),
    }
}

/// Han characters and digits are scattered over Unicode, and a set with all of them is ten times
/// as large as one with those that texts are written in.
fn narrowed(pattern: &str) -> String {
    let pattern = pattern.replace(r"\p{Han}", r"[\u{3400}-\u{9FFF}]");
    pattern.replace(r"\d", "[0-9]")
}

impl Pattern {
    /// Whether a text with these letters may have a match in it.
    pub(super) fn may_match(&self, letters: &Letters) -> bool {
        self.needs.are_met(letters)
    }

    /// Whether it matches anywhere.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.find(text).is_some()
    }

    /// The first match.
    pub(super) fn find<'a>(&self, text: &'a str) -> Option<Match<'a>> {
        self.find_at(text, 0)
    }

    fn find_at<'a>(&self, text: &'a str, from: usize) -> Option<Match<'a>> {
        let mut slots = [None; 2];
        self.search(text, from, &mut slots);
        matched(text, &slots, 0)
    }

    /// The first match and its groups.
    pub(super) fn captures<'a>(&'a self, text: &'a str) -> Option<Captures<'a>> {
        self.captures_at(text, 0)
    }

    /// The first match that starts at a place or after it, and its groups.
    pub(super) fn captures_at<'a>(&'a self, text: &'a str, from: usize) -> Option<Captures<'a>> {
        let names = self.steps.names();
        let mut slots = vec![None; 2 * names.len()];
        let found = self.search(text, from, &mut slots);
        found.then(|| Captures::new(names, text, slots))
    }

    /// All matches that do not overlap.
    pub(super) fn find_iter<'a>(&self, text: &'a str) -> impl Iterator<Item = Match<'a>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.find_at(text, from)?;
            from = found.next();
            Some(found)
        })
    }

    /// All matches that do not overlap, and their groups.
    pub(super) fn captures_iter<'a>(&'a self, text: &'a str) -> impl Iterator<Item = Captures<'a>> {
        let mut from = 0;
        std::iter::from_fn(move || {
            let found = self.captures_at(text, from)?;
            from = found.get(0)?.next();
            Some(found)
        })
    }

    fn search(&self, text: &str, from: usize, slots: &mut Slots) -> bool {
        if from > text.len() {
            return false;
        }
        match search::fits(&self.steps, text, from) {
            true => search::search(&self.steps, text, from, slots),
            false => self.search_long(text, from, slots),
        }
    }

    fn search_long(&self, text: &str, from: usize, slots: &mut Slots) -> bool {
        let regex = self
            .in_long
            .get_or_init(|| regex::Regex::new(&self.text).expect(FIXED));
        let mut places = regex.capture_locations();
        let found = regex.captures_read_at(&mut places, text, from).is_some();
        for (group, pair) in slots.chunks_mut(2).enumerate() {
            let place = places.get(group);
            pair.copy_from_slice(&[place.map(|(start, _)| start), place.map(|(_, end)| end)]);
        }
        found
    }
}

#[cfg(test)]
mod tests;
