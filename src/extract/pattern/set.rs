//! Sets of characters.

use regex_syntax::hir::Class;

/// A set of characters.
#[derive(Debug, Default)]
pub(super) struct Set {
    /// The first bytes of its characters, a bit for each.
    starts: [u64; 4],
    /// What is not ASCII, in order.
    wide: Vec<(char, char)>,
}

impl Set {
    pub(super) fn of(class: &Class) -> Self {
        let mut set = Self::default();
        match class {
            Class::Unicode(class) => {
                for range in class.ranges() {
                    set.add(range.start(), range.end());
                }
            }
            // Patterns are texts, so that a class of bytes holds ASCII only.
            Class::Bytes(class) => {
                for range in class.ranges() {
                    set.add(range.start().into(), range.end().into());
                }
            }
        }
        set
    }

    pub(super) fn add(&mut self, start: char, end: char) {
        let (first, last) = (lead(start), lead(end));
        for (bits, bytes) in self.starts.iter_mut().zip([0, 64, 128, 192]) {
            *bits |= among(first, last, bytes);
        }
        // These bytes stand inside of characters only.
        self.starts[2] = 0;
        if !end.is_ascii() {
            self.wide.push((start.max('\u{80}'), end));
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        for (mine, its) in self.starts.iter_mut().zip(other.starts) {
            *mine |= its;
        }
        self.wide.extend(&other.wide);
    }

    /// The same set with its ranges in order and apart.
    pub(super) fn in_order(mut self) -> Self {
        self.wide.sort_unstable();
        let mut apart: Vec<(char, char)> = Vec::with_capacity(self.wide.len());
        for (start, end) in self.wide {
            match apart.last_mut() {
                Some(last) if start <= last.1 => last.1 = last.1.max(end),
                _ => apart.push((start, end)),
            }
        }
        Self {
            wide: apart,
            ..self
        }
    }

    /// Where the character ends that stands at a place, if the set has it.
    pub(super) fn after(&self, text: &str, at: usize) -> Option<usize> {
        let byte = *text.as_bytes().get(at)?;
        if !self.may_start(byte) {
            return None;
        }
        if byte.is_ascii() {
            return Some(at + 1);
        }
        let c = text[at..].chars().next()?;
        let after = self.wide.partition_point(|(start, _)| *start <= c);
        let has = after > 0 && c <= self.wide[after - 1].1;
        has.then(|| at + c.len_utf8())
    }

    /// Where the first of its characters stands that is not before a place.
    pub(super) fn find(&self, text: &str, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let bytes = &text.as_bytes()[at..];
            at += bytes.iter().position(|byte| self.may_start(*byte))?;
            if self.after(text, at).is_some() {
                return Some(at);
            }
            at += 1;
        }
    }

    /// Whether one of its characters starts with a byte. None starts with one from inside of another.
    pub(super) fn may_start(&self, byte: u8) -> bool {
        self.starts[usize::from(byte / 64)] >> (byte % 64) & 1 == 1
    }
}

/// Of 64 bytes the bits of those from the one to the other, both included.
fn among(first: u8, last: u8, bytes: u8) -> u64 {
    let (from, to) = (first.max(bytes), last.min(bytes + 63));
    if from > to {
        return 0;
    }
    (u64::MAX >> (63 - (to - bytes))) & (u64::MAX << (from - bytes))
}

/// The first byte of a character.
fn lead(c: char) -> u8 {
    c.encode_utf8(&mut [0; 4]).as_bytes()[0]
}
