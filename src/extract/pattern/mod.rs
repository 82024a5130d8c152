//! Patterns for texts that are as short as sentences.
//!
//! Main type: [`Pattern`]. What `regex` builds to search long texts quickly takes longer here than
//! all the sentences of a document. A [`Pattern`] is parsed ([`parse`]) and becomes a list of steps, one for each character, word or set of characters ([`steps`]); it is searched by trying
//! them and going back ([`search`]). Of many patterns that are tried on one text, most are spared by a
//! look at its [`Letters`]. Time stays linear: no fork is taken twice at one place, and a
//! text that is too long to remember that of is searched by `regex`.

mod found;
mod needs;
mod parse;
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
    /// The pattern as it is written.
    text: String,
    /// Searches texts that are too long for the steps.
    in_long: OnceLock<regex::Regex>,
}

/// Compiles a pattern that is written in the code.
pub(super) fn compile(pattern: &str) -> Pattern {
    let parsed = parse::parse(pattern);
    Pattern {
        steps: Steps::of(&parsed),
        needs: Needs::of(&parsed),
        text: pattern.to_owned(),
        in_long: OnceLock::new(),
    }
}

/// The same pattern for `regex`, to which digits and Han characters are scattered over Unicode.
fn narrowed(pattern: &str) -> String {
    let pattern = pattern.replace(r"\p{Han}", r"[\u{3400}-\u{9FFF}]");
    let pattern = pattern.replace(r"\d", "[0-9]");
    pattern.replace(r"\D", "[^0-9]")
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
        self.search(text, from, (2, |slots: &Slots| matched(text, slots, 0)))?
    }

    /// The first match and its groups.
    pub(super) fn captures<'a>(&'a self, text: &'a str) -> Option<Captures<'a>> {
        self.captures_at(text, 0)
    }

    /// The first match that starts at a place or after it, and its groups.
    pub(super) fn captures_at<'a>(&'a self, text: &'a str, from: usize) -> Option<Captures<'a>> {
        let names = self.steps.names();
        let keep = |slots: &Slots| Captures::new(names, text, slots.to_vec());
        self.search(text, from, (2 * names.len(), keep))
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

    /// Finds a match, and gives what is made of so many slots of it.
    fn search<R>(
        &self,
        text: &str,
        from: usize,
        (n_slots, found): (usize, impl FnOnce(&Slots) -> R),
    ) -> Option<R> {
        if from > text.len() {
            return None;
        }
        match search::fits(&self.steps, text, from) {
            true => search::search(&self.steps, text, from, (n_slots, found)),
            false => Some(found(&self.search_long(text, from, n_slots)?)),
        }
    }

    fn search_long(&self, text: &str, from: usize, n_slots: usize) -> Option<Vec<Option<usize>>> {
        let long = || regex::Regex::new(&narrowed(&self.text));
        let regex = self
            .in_long
            .get_or_init(|| long().expect("tests compile every pattern"));
        let mut places = regex.capture_locations();
        regex.captures_read_at(&mut places, text, from)?;
        let groups = (0..n_slots / 2).map(|group| places.get(group));
        let slots = groups.flat_map(|place| [place.map(|it| it.0), place.map(|it| it.1)]);
        Some(slots.collect())
    }
}

#[cfg(test)]
mod tests;
