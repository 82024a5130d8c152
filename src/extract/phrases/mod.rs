//! Prose in, Constraints out, by tables of named phrase rules in two languages.
//!
//! Main entry: [`read`]. A [`Prose`] is cut into sentences of one spelling, and every rule of the
//! sentence's language is tried in the order of the table; the first rule that reads a stretch of
//! text keeps it. What is left and still looks like a constraint is handed back as unread, never
//! dropped. There is one file per family of constraints, with the rules of both languages.
//!
//! It knows no tables, operations or examples; [`rules`] lists what it can read.

mod aftermath;
mod alike;
mod alone;
mod among;
mod bare;
mod behaviour;
mod between;
mod characters;
mod charset;
mod choices;
mod companions;
mod compared;
mod condition;
mod counted;
mod cues;
mod default;
mod default_order;
mod denied;
mod edges;
mod ends;
mod exclusive;
mod extent;
mod fallback;
mod fit;
mod forbidden;
mod format;
mod formed;
mod further;
mod glossed;
mod goes_with;
mod holding;
mod in_use;
mod items;
mod kinds_of_things;
mod lasting;
mod left_out;
mod length;
mod listing;
mod lists;
mod matching;
mod meanings;
mod memo;
mod microversion;
mod mixed;
mod named;
mod named_states;
mod needed;
mod now;
mod null;
mod numbers;
mod of_text;
mod one_or;
mod only;
mod open_ended;
mod order;
mod other;
mod outcome;
mod phase;
mod powers;
mod prefixes;
mod presence;
mod ready;
mod refused;
mod rule;
mod sentence;
mod sequence;
mod served;
mod settle;
mod short;
mod signs;
mod sometimes;
mod special;
mod spelled;
mod standards;
mod stands_for;
mod states;
mod steps;
mod supported;
mod things;
mod together;
mod tokens;
mod told;
mod topic;
mod unbinding;
mod unchecked;
mod unique;
mod unread;
mod upkeep;
mod values;
mod vocabulary;
mod void;

use std::ops::Range;

pub(super) use behaviour::{TOLD_APART, whose_state};
pub(super) use condition::UNNAMED;
pub use memo::Memo;
pub(super) use needed::BATCH;
pub(super) use presence::REQUEST;
pub use rule::{Language, Rule};

use crate::contract::{Constraint, Direction, Kind};
use crate::document::{Piece, Prose};
use crate::extract::pattern::Letters;
use rule::{Heard, Hit};
use sentence::{Unit, is_han};

/// What the prose is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The field's name, unless the prose is about the operation as a whole.
    pub name: Option<&'a str>,
    /// The field's kind, as its table states it.
    pub kind: Option<&'a Kind>,
    /// Who keeps what is said.
    pub direction: Direction,
}

impl Subject<'static> {
    /// An operation as a whole.
    pub const OPERATION: Self = Self {
        name: None,
        kind: None,
        direction: Direction::Behaviour,
    };
}

/// What was understood and what was not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PhraseReading {
    /// The statements, in document order.
    pub statements: Vec<Said>,
    /// Pieces that look like a constraint and matched no rule.
    pub unread: Vec<Piece>,
}

/// One Constraint that a sentence states.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// What is promised.
    pub constraint: Constraint,
    /// The line that promises it.
    pub line: u32,
    /// The rule that read it.
    pub rule: &'static str,
    /// The field that the sentence names, when it is another one than the subject.
    pub field: Option<String>,
    /// The name that stands before what is said. It may be the subject, a field beside or below it,
    /// the `key` or `value` of a map, or no field at all.
    pub nearby: Option<String>,
    /// Whether the sentence says that the field is there under a condition only.
    pub conditional: bool,
}

/// All phrase rules, in the order in which they are tried.
pub fn rules() -> Vec<&'static Rule> {
    rule::all().collect()
}

/// Reads every Constraint that `prose` states about `subject`.
pub fn read(prose: &Prose, subject: &Subject) -> PhraseReading {
    let units = sentence::units(prose);
    let mut scribe = Scribe {
        prose: &units,
        ..Scribe::default()
    };
    let mut part = None;
    let mut next = 0;
    while let Some(unit) = units.get(next) {
        let after = &units[next + 1..];
        part = described_part(unit, subject, part);
        let of_part = part.map(|(name, _)| Subject {
            name: Some(name),
            kind: Some(&Kind::Unknown),
            direction: subject.direction,
        });
        scribe.part = part.map(|(name, _)| name.to_owned());
        let subject = of_part.as_ref().unwrap_or(subject);
        let taken = scribe.read_unit(unit, after, subject);
        for item in &after[..taken] {
            scribe.read_beside_gloss(item, subject);
        }
        next += 1 + taken;
    }
    PhraseReading {
        statements: settle::settle(scribe.heard, &units),
        unread: scribe.unread,
    }
}

/// One line of running text.
pub fn alone(text: &str, line: u32) -> Prose {
    let piece = Piece {
        text: text.to_owned(),
        line,
        depth: 0,
        note: false,
    };
    Prose {
        pieces: vec![piece],
    }
}

/// The sentences of a line, in the spelling that rules expect.
pub fn sentences(line: &str) -> Vec<String> {
    let units = sentence::units(&alone(line, 0));
    let texts = units.iter().flat_map(|unit| {
        let sentences = unit.sentences().into_iter();
        sentences.map(|place| unit.text[place].to_owned())
    });
    texts.collect()
}

/// The values that a prose explains, each with its meaning.
pub fn glosses(prose: &Prose) -> Vec<(String, String)> {
    let units = sentence::units(prose);
    let sentences = units.iter().flat_map(|unit| {
        let ranges = unit.sentences().into_iter();
        ranges.filter_map(|range| tokens::gloss(unit.text[range].trim()))
    });
    sentences
        .filter(|gloss| gloss.sure && !gloss.value.is_empty())
        .map(|gloss| (gloss.value.to_owned(), gloss.meaning.to_owned()))
        .collect()
}

/// The part of the value that a unit is about, and the depth of the item that names it: what
/// stands below the item is about the same part.
fn described_part<'u>(
    unit: &'u Unit,
    subject: &Subject,
    current: Option<(&'u str, u8)>,
) -> Option<(&'u str, u8)> {
    let kind = subject.kind?;
    let named = named::part(&unit.text, kind).map(|name| (name, unit.depth));
    named.or(current.filter(|(_, depth)| unit.depth > *depth))
}

/// No field has more statements. What comes after so many stays unread, so that hostile text costs
/// no more than its length.
const MOST_STATEMENTS: usize = 300;

/// What is read so far.
#[derive(Default)]
struct Scribe<'a> {
    prose: &'a [Unit],
    heard: Vec<settle::Draft>,
    unread: Vec<Piece>,
    /// The part of the value that the unit is about.
    part: Option<String>,
    /// The name that a heading gave to what follows it.
    heading: Option<&'static str>,
    /// What is done meanwhile, as the text says, and how deep the item stands that says it.
    phase: Option<(String, u8)>,
}

impl Scribe<'_> {
    /// Reads one unit; gives how many of the units after it were read with it.
    fn read_unit(&mut self, unit: &Unit, after: &[Unit], subject: &Subject) -> usize {
        if lists::is_of_the_others(unit) {
            let is_told = unread::looks_like_a_constraint(&unit.text, &(0..unit.text.len()), &[]);
            self.unread.extend(is_told.then(|| unit.piece(&unit.text)));
            return 0;
        }
        let mut taken = 0;
        let mut read_to = 0;
        let told = phase::of(&unit.text, self.prose).map(|phase| (phase, unit.depth));
        let goes_on = |(_, depth): &(String, u8)| phase::reaches(*depth, unit.depth);
        self.phase = told.or(self.phase.take().filter(goes_on));
        for sentence in unit.sentences() {
            self.heading = named::heading(&unit.text[sentence.clone()]).or(self.heading);
            let mut claimed: Vec<Range<usize>> = Vec::new();
            if read_to > sentence.start {
                claimed.push(sentence.start..read_to.min(sentence.end));
            }
            let place = Place {
                unit,
                sentence: sentence.clone(),
                after: &after[taken..],
                prose: self.prose,
                subject,
            };
            let read = match self.heard.len() < MOST_STATEMENTS {
                true => place.read(&mut claimed),
                false => Vec::new(),
            };
            for (range, rule, understood) in read {
                read_to = read_to.max(range.end);
                taken += understood.units;
                let drafts = self.drafts(rule, &place, &range, understood);
                self.heard.extend(drafts);
            }
            if unread::looks_like_a_constraint(&unit.text, &sentence, &claimed) {
                self.unread.push(unit.piece(&unit.text[sentence]));
            }
        }
        taken
    }

    /// What an item says after its gloss; of the values themselves it says no more.
    fn read_beside_gloss(&mut self, unit: &Unit, subject: &Subject) {
        for sentence in unit.sentences().into_iter().skip(1) {
            let place = Place {
                unit,
                sentence,
                after: &[],
                prose: self.prose,
                subject,
            };
            for (range, rule, understood) in place.read(&mut Vec::new()) {
                let mut drafts = self.drafts(rule, &place, &range, understood);
                drafts.retain(settle::Draft::is_about_the_field);
                self.heard.extend(drafts);
            }
        }
    }

    fn drafts(
        &self,
        rule: &'static Rule,
        place: &Place<'_>,
        range: &Range<usize>,
        heard: Heard,
    ) -> Vec<settle::Draft> {
        let sentence = &place.sentence;
        let text = &place.unit.text;
        let around = settle::Around {
            earlier: &text[..sentence.start],
            before: &text[sentence.start..range.start],
            after: text.get(range.end..sentence.end).unwrap_or(""),
            heading: self.heading,
            part: self.part.as_deref(),
            item: (place.unit.depth > 0 && sentence.start > 0).then_some(text),
            phase: self.phase.as_ref().map(|(phase, _)| phase.as_str()),
        };
        settle::Draft::of(rule, place.unit.line, &around, heard)
    }
}

/// A sentence where it stands.
struct Place<'a> {
    unit: &'a Unit,
    sentence: Range<usize>,
    after: &'a [Unit],
    prose: &'a [Unit],
    subject: &'a Subject<'a>,
}

impl Place<'_> {
    /// Every stretch that a rule reads and no rule before it has claimed, in reading order.
    fn read(&self, claimed: &mut Vec<Range<usize>>) -> Vec<(Range<usize>, &'static Rule, Heard)> {
        let text = &self.unit.text[self.sentence.clone()];
        let mut found = Vec::new();
        let mut taken = 0;
        let letters = Letters::of(text);
        let entries = rule::of(language(text)).cued_by(text);
        for entry in entries.filter(|entry| entry.pattern().may_match(&letters)) {
            let mut from = 0;
            while from < text.len()
                && let Some(captures) = entry.pattern().captures_at(text, from)
                && let Some(whole) = captures.get(0)
            {
                // What a pattern calls `next` is looked at, and left to other rules.
                let end = captures
                    .name("next")
                    .map_or(whole.end(), |next| next.start());
                let mut range = self.sentence.start + whole.start()..self.sentence.start + end;
                if let Some(other) = claimed.iter().find(|other| overlap(other, &range)) {
                    // The same may be said once more behind what is claimed.
                    from = text.ceil_char_boundary(other.end - self.sentence.start);
                    continue;
                }
                from = text.ceil_char_boundary(whole.end().max(whole.start() + 1));
                let hit = Hit {
                    captures: &captures,
                    before: &text[..whole.start()],
                    after: &text[end..],
                    rest: &self.unit.text[range.end..],
                    unit: self.unit,
                    units: &self.after[taken..],
                    prose: self.prose,
                    subject: self.subject,
                };
                if let Some(heard) = (entry.rule.read)(&hit) {
                    range.end += heard.read_on;
                    taken += heard.units;
                    claimed.push(range.clone());
                    found.push((range, entry.rule, heard));
                }
            }
        }
        found.sort_by_key(|(range, _, _)| range.start);
        found
    }
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start < other.end && other.start < one.end
}

/// A sentence with a Chinese character is Chinese.
fn language(text: &str) -> Language {
    if text.chars().any(is_han) {
        Language::Zh
    } else {
        Language::En
    }
}

#[cfg(test)]
mod tests;
