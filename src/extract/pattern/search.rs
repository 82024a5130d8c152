//! Searches a text by trying the steps of a pattern, and going back to the last fork when one is
//! not met.

use std::cell::RefCell;

use super::found::Slots;
use super::parse::Look;
use super::steps::{Run, Step, Steps};

/// Longer texts would take more than this many bits to remember forks of.
const MOST_BITS: usize = 1 << 21;

/// What a search remembers; all searches of a thread share it.
#[derive(Debug, Default)]
struct Memory {
    /// Forks that were taken, by number and place.
    taken: Vec<u64>,
    /// What is left to try.
    left: Vec<Left>,
    /// Where groups start and end.
    slots: Vec<Option<usize>>,
}

#[derive(Clone, Copy, Debug)]
enum Left {
    /// To go on with a step at a place.
    Way { step: u32, at: usize },
    /// To forget what a slot got on the way that failed.
    Slot { slot: usize, was: Option<usize> },
    /// To end a run at a place, or before it but not before its least one.
    Fewer {
        step: u32,
        run: Run,
        at: usize,
        least: usize,
    },
    /// To end a run behind a place, with so many characters more at most.
    More {
        step: u32,
        run: Run,
        at: usize,
        most: u32,
    },
}

thread_local! {
    static MEMORY: RefCell<Memory> = RefCell::default();
}

/// Whether the text is short enough.
pub(super) fn fits(steps: &Steps, text: &str, from: usize) -> bool {
    (text.len() - from + 1).saturating_mul(steps.n_forks()) <= MOST_BITS
}

/// Finds the first match that starts at a place or after it, and gives what is made of its slots.
pub(super) fn search<R>(
    steps: &Steps,
    text: &str,
    from: usize,
    (n_slots, found): (usize, impl FnOnce(&Slots) -> R),
) -> Option<R> {
    let first = next_start(steps, text, from)?;
    MEMORY.with_borrow_mut(|memory| {
        let n_bits = (text.len() - first + 1) * steps.n_forks();
        memory.taken.clear();
        memory.taken.resize(n_bits.div_ceil(64), 0);
        memory.slots.clear();
        memory.slots.resize(n_slots, None);
        let mut search = Search {
            steps,
            text,
            from: first,
            memory,
        };
        let mut start = Some(first);
        while let Some(at) = start {
            if search.matches_at(at) {
                return Some(found(&search.memory.slots));
            }
            let next = text[at..].chars().next().map(|c| at + c.len_utf8());
            start = next.and_then(|next| next_start(steps, text, next));
        }
        None
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
    memory: &'s mut Memory,
}

impl Search<'_> {
    /// Whether a match starts at a place; its groups are in the slots then.
    fn matches_at(&mut self, at: usize) -> bool {
        self.memory.left.clear();
        let mut way = Some((0, at));
        loop {
            if let Some((step, place)) = way
                && let Some(end) = self.end_of(step, place)
            {
                self.memory.slots[..2].copy_from_slice(&[Some(at), Some(end)]);
                return true;
            }
            let Some(left) = self.memory.left.pop() else {
                self.memory.slots[..2].fill(None);
                return false;
            };
            way = self.way(left);
        }
    }

    /// The step and the place with which to go on.
    fn way(&mut self, left: Left) -> Option<(u32, usize)> {
        match left {
            Left::Way { step, at } => Some((step, at)),
            Left::Slot { slot, was } => {
                self.memory.slots[slot] = was;
                None
            }
            Left::Fewer {
                step,
                run,
                at,
                least,
            } => Some((step, self.fewer(step, run, at, least)?)),
            Left::More {
                step,
                run,
                at,
                most,
            } => {
                let at = self.steps.set(run.set).after(self.text, at)?;
                Some((step, self.more(step, run, at, most - 1)?))
            }
        }
    }

    /// Takes steps until one is not met or all are; gives where the match ends then.
    fn end_of(&mut self, mut step: u32, mut at: usize) -> Option<usize> {
        let steps = self.steps;
        let bytes = self.text.as_bytes();
        loop {
            match *steps.at(step) {
                Step::Word { start, end } => {
                    let word = steps.word(start, end);
                    // Most words differ in their first byte, and to look at it is no call.
                    if bytes.get(at) != word.first() || !bytes[at..].starts_with(word) {
                        return None;
                    }
                    at += word.len();
                    step += 1;
                }
                Step::AnyCase { start, end } => {
                    let word = steps.word(start, end);
                    if !starts_with_any_case(&bytes[at..], word) {
                        return None;
                    }
                    at += word.len();
                    step += 1;
                }
                Step::Set(set) => {
                    at = self.steps.set(set).after(self.text, at)?;
                    step += 1;
                }
                Step::Ahead(set) => {
                    self.steps.set(set).after(self.text, at)?;
                    step += 1;
                }
                Step::Run(run) => {
                    step += 1;
                    at = match run.is_greedy {
                        true => self.fewer(step, run, self.furthest(run, at), at)?,
                        false => self.more(step, run, at, run.most)?,
                    };
                }
                Step::Fork {
                    first,
                    second,
                    fork,
                    lead,
                } => {
                    // Most of many ways end at once, and are not worth remembering.
                    let byte = bytes.get(at).map(u8::to_ascii_lowercase);
                    if lead.is_some() && byte != lead || !self.may_take(first, at) {
                        step = second;
                        continue;
                    }
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

    /// Whether a step may be met: as far as one look at the text tells.
    fn may_take(&self, mut step: u32, at: usize) -> bool {
        let byte = self.text.as_bytes().get(at);
        loop {
            return match *self.steps.at(step) {
                Step::Save(_) => {
                    step += 1;
                    continue;
                }
                Step::Word { start, end } => {
                    let word = self.steps.word(start, end);
                    byte == word.first() && self.text.as_bytes()[at..].starts_with(word)
                }
                Step::AnyCase { start, end } => {
                    let word = self.steps.word(start, end);
                    starts_with_any_case(&self.text.as_bytes()[at..], word)
                }
                Step::Set(set) | Step::Ahead(set) => {
                    self.steps.set(set).after(self.text, at).is_some()
                }
                _ => true,
            };
        }
    }

    /// Where a run from a place ends at most. Behind a place where it ended before, all was tried.
    fn furthest(&self, run: Run, mut at: usize) -> usize {
        let set = self.steps.set(run.set);
        let mut left = run.most;
        while left > 0
            && let Some(next) = set.after(self.text, at)
            && !(run.is_endless() && self.is_taken(run.fork, next))
        {
            at = next;
            left -= 1;
        }
        at
    }

    /// Ends a run at a place, or before it where it did end there already.
    fn fewer(&mut self, step: u32, run: Run, mut at: usize, least: usize) -> Option<usize> {
        while self.was_taken(run.fork, at) {
            if at == least {
                return None;
            }
            at = self.text.floor_char_boundary(at - 1);
        }
        if at > least {
            let before = self.text.floor_char_boundary(at - 1);
            self.memory.left.push(Left::Fewer {
                step,
                run,
                at: before,
                least,
            });
        }
        Some(at)
    }

    /// Ends a run at a place, or behind it where it did end there already.
    fn more(&mut self, step: u32, run: Run, mut at: usize, mut most: u32) -> Option<usize> {
        while self.was_taken(run.fork, at) {
            if run.is_endless() || most == 0 {
                return None;
            }
            at = self.steps.set(run.set).after(self.text, at)?;
            most -= 1;
        }
        if most > 0 {
            self.memory.left.push(Left::More {
                step,
                run,
                at,
                most,
            });
        }
        Some(at)
    }

    fn save(&mut self, slot: usize, at: usize) {
        if let Some(place) = self.memory.slots.get_mut(slot) {
            let was = place.replace(at);
            self.memory.left.push(Left::Slot { slot, was });
        }
    }

    /// Whether a fork was taken at a place before; now it is.
    fn was_taken(&mut self, fork: u32, at: usize) -> bool {
        let (word, mask) = self.bit(fork, at);
        let word = &mut self.memory.taken[word];
        let was_taken = *word & mask != 0;
        *word |= mask;
        was_taken
    }

    fn is_taken(&self, fork: u32, at: usize) -> bool {
        let (word, mask) = self.bit(fork, at);
        self.memory.taken[word] & mask != 0
    }

    /// What remembers a fork at a place: a word, and a bit of it.
    fn bit(&self, fork: u32, at: usize) -> (usize, u64) {
        let bit = (at - self.from) * self.steps.n_forks() + fork as usize;
        (bit / 64, 1 << (bit % 64))
    }
}

/// Whether bytes start with a word in lower case, whatever case they are in.
fn starts_with_any_case(bytes: &[u8], word: &[u8]) -> bool {
    // Most differ in the first byte.
    bytes.first().map(u8::to_ascii_lowercase).as_ref() == word.first()
        && bytes.len() >= word.len()
        && bytes[..word.len()].eq_ignore_ascii_case(word)
}

/// Whether a place between two characters is what a pattern looks for.
fn is_met(look: Look, text: &str, at: usize) -> bool {
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    let before = || text[..at].chars().next_back();
    let after = || text[at..].chars().next();
    match look {
        Look::Start => at == 0,
        Look::End => at == text.len(),
        Look::Boundary => is_word(before()) != is_word(after()),
    }
}
