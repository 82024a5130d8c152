//! Patterns for texts that are as short as sentences.
//!
//! Main type: [`Pattern`]. What `regex` builds to search long texts quickly takes longer here than
//! all the sentences of a document, and so do tables of its own for every pattern. A [`Pattern`]
//! is what a backtracker needs and no more, and all patterns of a thread share its tables. Time
//! stays linear: a backtracker never sees one state twice at one place, and a text that is too
//! long for its tables is simulated.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::{Index, RangeInclusive};
use std::sync::OnceLock;

use regex_automata::nfa::thompson::backtrack::{BoundedBacktracker, Cache};
use regex_automata::nfa::thompson::pikevm::PikeVM;
use regex_automata::nfa::thompson::{Compiler, NFA, State};
use regex_automata::util::prefilter::Prefilter;
use regex_automata::util::primitives::{NonMaxUsize, PatternID};
use regex_automata::util::syntax;
use regex_automata::{Input, MatchKind, Span};

/// Where groups start and end: two slots for each.
type Slots = [Option<NonMaxUsize>];

thread_local! {
    static COMPILER: Compiler = Compiler::new();
    static TABLES: RefCell<Option<Cache>> = const { RefCell::new(None) };
}

/// A pattern that is written in the code, compiled.
#[derive(Debug)]
pub(super) struct Pattern {
    backtracker: BoundedBacktracker,
    /// Finds where a match may start, when not anything may start one.
    starts: Option<Prefilter>,
    simulation: OnceLock<PikeVM>,
}

/// Compiles a pattern that is written in the code.
pub(super) fn compile(pattern: &str) -> Pattern {
    const FIXED: &str = "the pattern is fixed, and tests compile every one";
    let parsed = syntax::parse(&narrowed(pattern)).expect(FIXED);
    let nfa = COMPILER.with(|compiler| compiler.build_from_hir(&parsed).expect(FIXED));
    let words = || Prefilter::from_hir_prefix(MatchKind::LeftmostFirst, &parsed);
    let starts = starts(&nfa, words);
    let backtracker = BoundedBacktracker::builder()
        .configure(BoundedBacktracker::config().prefilter(starts.clone()))
        .build_from_nfa(nfa);
    Pattern {
        backtracker: backtracker.expect(FIXED),
        starts,
        simulation: OnceLock::new(),
    }
}

/// Han characters and digits are scattered over Unicode, and a pattern with all of them is ten
/// times as large as one with those that texts are written in.
fn narrowed(pattern: &str) -> String {
    let pattern = pattern.replace(r"\p{Han}", r"[\u{3400}-\u{9FFF}]");
    pattern.replace(r"\d", "[0-9]")
}

/// What finds where a match may start. All Chinese words start with one of a few bytes, so that
/// only whole words tell them apart; English patterns pass over Chinese text by their bytes alone.
fn starts(nfa: &NFA, words: impl Fn() -> Option<Prefilter>) -> Option<Prefilter> {
    /// Looking at every byte must spare more than it takes.
    const MOST: usize = 160;
    const HAN: RangeInclusive<u8> = 0xE3..=0xE9;
    let bytes = first_bytes(nfa)?;
    let is_chinese = bytes.iter().any(|byte| HAN.contains(byte));
    let needles: Vec<[u8; 1]> = bytes.into_iter().map(|byte| [byte]).collect();
    let finder = || Prefilter::new(MatchKind::LeftmostFirst, &needles);
    let chosen = || (needles.len() <= MOST).then(finder).flatten();
    is_chinese.then(words).flatten().or_else(chosen)
}

/// The bytes that a match may start with; none where a match may be empty.
fn first_bytes(nfa: &NFA) -> Option<BTreeSet<u8>> {
    let mut bytes = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut next = vec![nfa.start_anchored()];
    while let Some(id) = next.pop() {
        if !seen.insert(id) {
            continue;
        }
        match nfa.state(id) {
            State::ByteRange { trans } => bytes.extend(trans.start..=trans.end),
            State::Sparse(sparse) => {
                let ranges = sparse.transitions.iter();
                bytes.extend(ranges.flat_map(|range| range.start..=range.end));
            }
            State::Look { next: one, .. } | State::Capture { next: one, .. } => next.push(*one),
            State::Union { alternates } => next.extend(alternates.iter()),
            State::BinaryUnion { alt1, alt2 } => next.extend([*alt1, *alt2]),
            State::Fail => {}
            State::Dense(_) | State::Match { .. } => return None,
        }
    }
    Some(bytes)
}

impl Pattern {
    /// Whether it matches anywhere.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.search(text, 0, &mut [])
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
        let nfa = self.backtracker.get_nfa();
        let mut slots = vec![None; nfa.group_info().slot_len()];
        let found = self.search(text, from, &mut slots);
        found.then_some(Captures { nfa, text, slots })
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
        let Some(start) = self.start(text, from) else {
            return false;
        };
        let input = Input::new(text).range(start..);
        let found = TABLES.with_borrow_mut(|tables| {
            let tables = tables.get_or_insert_with(|| self.backtracker.create_cache());
            tables.reset(&self.backtracker);
            self.backtracker.try_search_slots(tables, &input, slots)
        });
        found
            .unwrap_or_else(|_| self.simulate(&input, slots))
            .is_some()
    }

    /// Where the first match starts, if there is any.
    fn start(&self, text: &str, from: usize) -> Option<usize> {
        let span = Span::from(from..text.len());
        match &self.starts {
            _ if from > text.len() => None,
            None => Some(from),
            Some(starts) if self.backtracker.get_nfa().is_always_start_anchored() => starts
                .prefix(text.as_bytes(), span)
                .map(|found| found.start),
            Some(starts) => starts.find(text.as_bytes(), span).map(|found| found.start),
        }
    }

    /// Searches a text that is too long to backtrack in.
    fn simulate(&self, input: &Input<'_>, slots: &mut Slots) -> Option<PatternID> {
        let simulation = self.simulation.get_or_init(|| {
            let nfa = self.backtracker.get_nfa().clone();
            PikeVM::new_from_nfa(nfa).expect("the backtracker was built of the same")
        });
        simulation.search_slots(&mut simulation.create_cache(), input, slots)
    }
}

/// A stretch of text that a pattern matches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Match<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

impl<'a> Match<'a> {
    /// Where it starts.
    pub(super) fn start(&self) -> usize {
        self.start
    }

    /// Where it ends.
    pub(super) fn end(&self) -> usize {
        self.end
    }

    /// Its text.
    pub(super) fn as_str(&self) -> &'a str {
        &self.text[self.start..self.end]
    }

    /// Where the next match may start.
    fn next(&self) -> usize {
        match self.start == self.end {
            true => self.text.ceil_char_boundary(self.end + 1).max(self.end + 1),
            false => self.end,
        }
    }
}

/// A match and its groups.
#[derive(Debug)]
pub(super) struct Captures<'a> {
    nfa: &'a NFA,
    text: &'a str,
    slots: Vec<Option<NonMaxUsize>>,
}

impl<'a> Captures<'a> {
    /// The group with a number; the whole match is group 0.
    pub(super) fn get(&self, group: usize) -> Option<Match<'a>> {
        matched(self.text, &self.slots, group)
    }

    /// The groups that took part, without the whole match.
    pub(super) fn groups(&self) -> impl Iterator<Item = Match<'a>> {
        (1..self.slots.len() / 2).filter_map(|group| self.get(group))
    }

    /// The group with a name.
    pub(super) fn name(&self, name: &str) -> Option<Match<'a>> {
        self.get(self.nfa.group_info().to_index(PatternID::ZERO, name)?)
    }
}

impl Index<usize> for Captures<'_> {
    type Output = str;

    fn index(&self, group: usize) -> &str {
        self.get(group)
            .expect("the group is part of every match")
            .as_str()
    }
}

impl Index<&str> for Captures<'_> {
    type Output = str;

    fn index(&self, name: &str) -> &str {
        self.name(name)
            .expect("the group is part of every match")
            .as_str()
    }
}

fn matched<'a>(text: &'a str, slots: &Slots, group: usize) -> Option<Match<'a>> {
    let place = |slot: usize| Some((*slots.get(slot)?)?.get());
    let (start, end) = (place(2 * group)?, place(2 * group + 1)?);
    Some(Match { text, start, end })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PATTERNS: [&str; 6] = [
        r"(?:灯|灯芯)(?P<state>亮|灭)?",
        r"(?i)\b(?:lamps?|wicks?) (?P<n>\d{1,3})",
        r"^\p{Han}{1,4}(?P<rest>.*)$",
        r"(?P<before>[^,，]{1,20}?)(?:时|when),? *(?P<name>[a-z_]+)?",
        r#""(?P<quoted>[^"]*)"|x+"#,
        r"[a-z]+$",
    ];

    fn spans(found: Option<Match<'_>>) -> Option<(usize, usize)> {
        found.map(|found| (found.start, found.end))
    }

    /// Every match with its named groups, as text.
    fn by_pattern(pattern: &str, text: &str) -> Vec<(usize, usize)> {
        let pattern = compile(pattern);
        let mut found: Vec<_> = pattern.find_iter(text).map(|m| (m.start, m.end)).collect();
        for captures in pattern.captures_iter(text) {
            found.extend(captures.groups().map(|group| (group.start, group.end)));
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
}
