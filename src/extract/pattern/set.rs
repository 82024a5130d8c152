//! Sets of characters.

/// Characters from the one to the other, both included.
pub(super) type Range = (char, char);

/// A set of characters.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Set {
    /// The first bytes of its characters, a bit for each.
    starts: [u64; 4],
    /// What is not ASCII, in order.
    wide: Vec<Range>,
    /// The last six bits of what is not ASCII, a bit for each: in the last byte, too.
    ends: u64,
    /// The bytes behind 191 whose characters are all in the set, a bit for each.
    whole: u64,
}

impl Set {
    pub(super) fn of(ranges: &[Range]) -> Self {
        let mut set = Self::default();
        ranges.iter().for_each(|range| set.add(*range));
        set.in_order()
    }

    /// What is in any of several sets.
    pub(super) fn all_of(sets: &[Self]) -> Self {
        let mut all = Self::default();
        sets.iter().for_each(|set| all.join(set));
        all.in_order()
    }

    pub(super) fn add(&mut self, (start, end): Range) {
        let (first, last) = (lead(start), lead(end));
        for (bits, bytes) in self.starts.iter_mut().zip([0, 64, 128, 192]) {
            *bits |= among(first, last, bytes);
        }
        // These bytes stand inside of characters only.
        self.starts[2] = 0;
        if !end.is_ascii() {
            let start = start.max('\u{80}');
            self.wide.push((start, end));
            self.whole |= whole((start, end));
            self.ends |= match u32::from(end) - u32::from(start) {
                0..64 => (start..=end).fold(0, |bits, c| bits | 1 << (u32::from(c) % 64)),
                _ => u64::MAX,
            };
        }
    }

    pub(super) fn join(&mut self, other: &Self) {
        for (mine, its) in self.starts.iter_mut().zip(other.starts) {
            *mine |= its;
        }
        self.wide.extend(&other.wide);
        self.ends |= other.ends;
        self.whole |= other.whole;
    }

    /// The same set with its ranges in order and apart.
    pub(super) fn in_order(mut self) -> Self {
        if self.wide.len() < 2 {
            return self;
        }
        self.wide.sort_unstable();
        let mut apart: Vec<Range> = Vec::with_capacity(self.wide.len());
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

    /// Its characters, unless they are many.
    pub(super) fn few(&self) -> Option<Vec<char>> {
        const FEW: usize = 6;
        let n_narrow = (self.starts[0].count_ones() + self.starts[1].count_ones()) as usize;
        if n_narrow > FEW {
            return None;
        }
        let is_in = |c: &char| self.may_start(*c as u8);
        let narrow = ('\0'..='\x7f').filter(is_in).take(n_narrow);
        let wide = self.wide.iter().flat_map(|(start, end)| *start..=*end);
        let few: Vec<char> = narrow.chain(wide).take(FEW + 1).collect();
        (few.len() <= FEW).then_some(few)
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
        // To look at the first byte or the last is quicker than to decode the character.
        let width = byte.leading_ones() as usize;
        if self.whole >> (byte % 64) & 1 == 1 {
            return Some(at + width);
        }
        if self.ends >> (text.as_bytes()[at + width - 1] % 64) & 1 == 0 {
            return None;
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

/// The first bytes whose characters are all in a range, as bits.
fn whole((start, end): Range) -> u64 {
    let before = ('\0'..start).next_back().map_or(0, lead);
    let after = (end..=char::MAX).nth(1).map_or(u8::MAX, lead);
    among(before + 1, after - 1, 192)
}

/// The first byte of a character.
fn lead(c: char) -> u8 {
    c.encode_utf8(&mut [0; 4]).as_bytes()[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Ranges that begin and end where first bytes change, and beside that.
    #[test]
    fn every_character_is_in_or_out() {
        let ranges = [
            ('\u{3400}', '\u{9fff}'),
            ('\u{80}', '\u{7ff}'),
            ('\u{7f}', '\u{fff}'),
            ('\0', '\u{d7fe}'),
            ('\u{e001}', '\u{10000}'),
            ('\u{10000}', char::MAX),
            ('。', '。'),
        ];
        for (start, end) in ranges {
            let set = Set::of(&[(start, end)]);
            for c in ('\0'..='\u{11000}').chain(['\u{3ffff}', '\u{40000}', char::MAX]) {
                let after = (start..=end).contains(&c).then_some(c.len_utf8());
                assert_eq!(
                    set.after(c.encode_utf8(&mut [0; 4]), 0),
                    after,
                    "{c:?} in {start:?}-{end:?}"
                );
            }
        }
    }
}
