//! Searches a text by trying the steps of a pattern, and going back to the last fork when one is
//! not met.

use std::cell::RefCell;

use regex_syntax::hir::Look;

use super::found::Slots;
use super::steps::{Step, Steps};

/// Longer texts would take more than this many bits to remember forks of.
const MOST_BITS: usize = 1 << 21;

/// What a search remembers; all searches of a thread share it.
#[derive(Debug, Default)]
struct Memory {
    /// Forks that were taken, by number and place.
    taken: Vec<u64>,
    /// What is left to try.
    left: Vec<Left>,
}

#[derive(Clone, Copy, Debug)]
enum Left {
    /// To go on with a step at a place.
    Way { step: u32, at: usize },
    /// To forget what a slot got on the way that failed.
    Slot { slot: usize, was: Option<usize> },
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// Whether the text is short enough.
pub(super) fn fits(steps: &Steps, text: &str, from: usize) -> bool {
    (text.len() - from + 1).saturating_mul(steps.n_forks()) <= MOST_BITS
}

/// Finds the first match that starts at a place or after it.
pub(super) fn search(steps: &Steps, text: &str, from: usize, slots: &mut Slots) -> bool {
    let Some(first) = next_start(steps, text, from) else {
        return false;
    };
    MEMORY.with_borrow_mut(|memory| {
        let n_bits = (text.len() - first + 1) * steps.n_forks();
        memory.taken.clear();
        memory.taken.resize(n_bits.div_ceil(64), 0);
        let mut search = Search {
            steps,
            text,
            from: first,
            slots,
            memory,
        };
        let mut start = Some(first);
        while let Some(at) = start {
            if search.matches_at(at) {
                return true;
            }
            let next = text[at..].chars().next().map(|c| at + c.len_utf8());
            start = next.and_then(|next| next_start(steps, text, next));
        }
        false
    })
}

/// The next place at which a match may start.
fn next_start(steps: &Steps, text: &str, from: usize) -> Option<usize> {
    if steps.is_anchored() && from > 0 {
        return None;
    }
    let Some(starts) = steps.starts() else {
        return Some(from);
    };
    if steps.is_anchored() {
        return starts.after(text, from).map(|_| from);
    }
    starts.find(text, from)
}

struct Search<'s> {
    steps: &'s Steps,
    text: &'s str,
    /// Where the first match may start.
    from: usize,
    slots: &'s mut Slots,
    memory: &'s mut Memory,
}

impl Search<'_> {
    /// Whether a match starts at a place; its groups are in the slots then.
    fn matches_at(&mut self, at: usize) -> bool {
        self.memory.left.clear();
        let mut end = self.end_of(0, at);
        while end.is_none()
            && let Some(left) = self.memory.left.pop()
        {
            match left {
                Left::Slot { slot, was } => self.slots[slot] = was,
                Left::Way { step, at } => end = self.end_of(step, at),
            }
        }
        self.slots[..2].copy_from_slice(&[end.and(Some(at)), end]);
        end.is_some()
    }

    /// Takes steps until one is not met or all are; gives where the match ends then.
    fn end_of(&mut self, mut step: u32, mut at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        loop {
            match self.steps.at(step) {
                Step::Word { start, end } => {
                    let word = self.steps.word(start, end);
                    // Most words differ in their first byte, and to look at it is no call.
                    if bytes.get(at) != word.first() || !bytes[at..].starts_with(word) {
                        return None;
                    }
                    at += word.len();
                    step += 1;
                }
                Step::Set(set) => {
                    at = self.steps.set(set).after(self.text, at)?;
                    step += 1;
                }
                Step::Fork {
                    first,
                    second,
                    fork,
                } => {
                    if self.was_taken(fork, at) {
                        return None;
                    }
                    self.memory.left.push(Left::Way { step: second, at });
                    step = first;
                }
                Step::Jump(to) => step = to,
                Step::Save(slot) => {
                    self.save(slot as usize, at);
                    step += 1;
                }
                Step::Look(look) if is_met(look, self.text, at) => step += 1,
                Step::Look(_) => return None,
                Step::Done => return Some(at),
            }
        }
    }

    fn save(&mut self, slot: usize, at: usize) {
        if let Some(place) = self.slots.get_mut(slot) {
            let was = place.replace(at);
            self.memory.left.push(Left::Slot { slot, was });
        }
    }

    /// Whether a fork was taken at a place before; now it is.
    fn was_taken(&mut self, fork: u32, at: usize) -> bool {
        let bit = (at - self.from) * self.steps.n_forks() + fork as usize;
        let word = &mut self.memory.taken[bit / 64];
        let mask = 1 << (bit % 64);
        let was_taken = *word & mask != 0;
        *word |= mask;
        was_taken
    }
}

/// Whether a place between two characters is what a pattern looks for.
fn is_met(look: Look, text: &str, at: usize) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(regex_syntax::is_word_character);
    let before = || text[..at].chars().next_back();
    let after = || text[at..].chars().next();
    let is_boundary = || is_word(before()) != is_word(after());
    match look {
        Look::Start => at == 0,
        Look::End => at == text.len(),
        Look::StartLF | Look::StartCRLF => at == 0 || before() == Some('\n'),
        Look::EndLF | Look::EndCRLF => at == text.len() || after() == Some('\n'),
        Look::WordUnicode | Look::WordAscii => is_boundary(),
        Look::WordUnicodeNegate | Look::WordAsciiNegate => !is_boundary(),
        Look::WordStartUnicode | Look::WordStartAscii => !is_word(before()) && is_word(after()),
        Look::WordEndUnicode | Look::WordEndAscii => is_word(before()) && !is_word(after()),
        Look::WordStartHalfUnicode | Look::WordStartHalfAscii => !is_word(before()),
        Look::WordEndHalfUnicode | Look::WordEndHalfAscii => !is_word(after()),
    }
}
