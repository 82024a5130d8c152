//! Sets of characters.

use regex_syntax::hir::Class;

/// A set of characters.
#[derive(Debug, Default)]
pub(super) struct Set {
    ascii: u128,
    /// The first bytes of the others, without their highest bit.
    leads: u128,
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
        if start.is_ascii() {
            self.ascii |= bits(start as u8, end.min('\u{7f}') as u8);
        }
        if !end.is_ascii() {
            let start = start.max('\u{80}');
            self.leads |= bits(lead(start) & 0x7f, lead(end) & 0x7f);
            self.wide.push((start, end));
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        self.ascii |= other.ascii;
        self.leads |= other.leads;
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
    fn may_start(&self, byte: u8) -> bool {
        let bits = if byte.is_ascii() {
            self.ascii
        } else {
            self.leads
        };
        bits >> (byte & 0x7f) & 1 == 1
    }
}

/// The bits from the one to the other, both included.
fn bits(first: u8, last: u8) -> u128 {
    (u128::MAX >> (127 - last)) & (u128::MAX << first)
}

/// The first byte of a character.
fn lead(c: char) -> u8 {
    c.encode_utf8(&mut [0; 4]).as_bytes()[0]
}
