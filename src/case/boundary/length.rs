//! How long a text may be, in characters or bytes.

use super::Side;
use super::probe::Probes;
use crate::case::broken::{length, regex_of};
use crate::case::text::{MOST_BYTES, WIDTHS};
use crate::case::valid::is_as_called;
use crate::contract::{Constraint, Format, Unit};

impl Probes<'_> {
    /// Lengths around both limits of plain characters, and the largest and one more of characters
    /// of each byte length that is allowed.
    pub(super) fn lengths(&mut self, min: Option<u64>, max: Option<u64>, unit: Unit) {
        let mut wanted: Vec<u64> = Vec::new();
        for limit in min.into_iter().chain(max) {
            wanted.extend([limit.saturating_sub(1), limit, limit.saturating_add(1)]);
        }
        // Whether a limit counts what is written or what that stands for is often left open: this is too long
        // either way.
        if let Some(max) = max.filter(|_| self.comes_in_fours()) {
            wanted.retain(|n| *n <= max);
            wanted.push((max / 3).saturating_add(1).saturating_mul(4));
        }
        wanted.sort_unstable();
        wanted.dedup();
        let fits = |n| min.is_none_or(|min| n >= min) && max.is_none_or(|max| n <= max);
        let side = |n| if fits(n) { Side::Inside } else { Side::Outside };
        for n in wanted {
            self.length(side(n), n, 1, unit);
        }
        let Some(limit) = max.or(min) else { return };
        for width in WIDTHS.skip(1) {
            let within = match side(limit) {
                Side::Inside if unit == Unit::Characters && self.may_lack(width) => Side::Open,
                side => side,
            };
            self.length(within, limit, width, unit);
            let beyond = limit.saturating_add(1);
            self.length(side(beyond), beyond, width, unit);
            if unit == Unit::Bytes && max.is_some() {
                self.characters_for_bytes(limit, width);
            }
        }
    }

    /// Lengths around both limits of Chinese characters.
    pub(super) fn chinese(&mut self, min: Option<u64>, max: Option<u64>) {
        let most = MOST_BYTES / 3;
        let above = max.map(|max| (max.saturating_add(1), Side::Outside));
        let at = [min, max].into_iter().flatten().map(|n| (n, Side::Inside));
        for (n, side) in at.chain(above).filter(|(n, _)| (1..=most).contains(n)) {
            let text = std::iter::repeat_n('中', n as usize).collect();
            let slug = format!("{n}-chinese-characters");
            let title = format!("of {n} Chinese characters");
            self.text(side, &slug, title, Some(text));
        }
    }

    /// Whether a server may well lack characters of so many bytes: those of four, where nothing says which ones
    /// there are. Many keep texts in places that hold none.
    fn may_lack(&self, width: usize) -> bool {
        let mut said = self.field.statements.iter();
        width > 3 && !said.any(|said| matches!(said.constraint, Constraint::Charset(_)))
    }

    /// Whether only every fourth length is well-formed.
    fn comes_in_fours(&self) -> bool {
        self.field.statements.iter().any(|statement| {
            let Constraint::Format { format, .. } = &statement.constraint else {
                return false;
            };
            *format == Format::Base64
        })
    }

    /// A text of exactly this length, made of characters of `width` bytes.
    fn length(&mut self, side: Side, n: u64, width: usize, unit: Unit) {
        let (text, word) = match unit {
            Unit::Characters => (self.alphabet.characters(n, width), "characters"),
            Unit::Bytes => (self.alphabet.bytes(n, width), "bytes"),
        };
        let (mut slug, mut title) = (format!("{n}-{word}"), format!("of {n} {word}"));
        if width > 1 {
            let of = match unit {
                Unit::Characters => format!("of {width} bytes"),
                Unit::Bytes => format!("in characters of {width} bytes"),
            };
            slug = format!("{slug}-{}", of.replace(' ', "-"));
            title = format!("{title} {of}");
        }
        let told = width == 1 || n >= width as u64;
        let text = text.filter(|text| self.keeps_patterns(text));
        let resized = || self.resized(n).filter(|_| width == 1);
        let side = match side {
            // Other rules than the document's say how long the parts of an address or a number may be.
            Side::Inside if text.is_none() && self.has_parts() => Side::Open,
            side => side,
        };
        let text = text.or_else(resized);
        let text = text.filter(|text| told && length(text, unit) == n);
        self.text(side, &slug, title, text);
    }

    /// A valid text with one of its characters said more often, or some of them left out: `a@b` becomes `aaa@b`.
    fn resized(&self, n: u64) -> Option<String> {
        let n = usize::try_from(n.min(MOST_BYTES)).ok()?;
        let plain: Vec<char> = self.plain().chars().filter(char::is_ascii).collect();
        let mut texts = (0..plain.len()).map(|at| {
            let less = plain.len().saturating_sub(n);
            let rest = plain.iter().skip(at + less);
            let more = std::iter::repeat_n(&plain[at], n.saturating_sub(plain.len()));
            let text = plain[..at].iter().chain(more).chain(rest);
            text.collect::<String>()
        });
        texts.find(|text| self.keeps_patterns(text))
    }

    /// Whether the usual text has parts, as an address has.
    fn has_parts(&self) -> bool {
        self.plain().contains(['@', '.', ':', '/'])
    }

    fn keeps_patterns(&self, text: &str) -> bool {
        let is_as_called = is_as_called(self.field, text);
        is_as_called
            && self.field.statements.iter().all(|said| {
                let Constraint::Pattern(pattern) = &said.constraint else {
                    return true;
                };
                regex_of(pattern).is_none_or(|regex| regex.is_match(text))
            })
    }

    /// As many characters as bytes are allowed: fine where somebody counts characters by mistake.
    fn characters_for_bytes(&mut self, max: u64, width: usize) {
        let text = self.alphabet.characters(max, width);
        let slug = format!("{max}-characters-of-{width}-bytes");
        let title = format!("of {max} characters of {width} bytes");
        self.text(Side::Outside, &slug, title, text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::boundary::probes;
    use crate::case::sample;
    use crate::contract::Kind;

    fn sides(pattern: &str) -> Vec<String> {
        let length = Constraint::Length {
            min: Some(6),
            max: Some(40),
            unit: Unit::Characters,
        };
        let pattern = Constraint::Pattern(pattern.to_owned());
        let field = sample::field("address", Kind::String, &[length.clone(), pattern]);
        let probes = probes(&field, &length).expect("it is about text");
        let told = probes
            .iter()
            .map(|probe| format!("{} {:?}", probe.slug, probe.side));
        told.collect()
    }

    #[test]
    fn a_text_of_a_pattern_is_as_long_as_wanted() {
        let has = |sides: &[String], side: &str| sides.iter().any(|known| known == side);
        let codes = sides("^KT-[a-z]+$");
        assert!(has(&codes, "40-characters Inside"), "{codes:?}");
        assert!(has(&codes, "41-characters Outside"), "{codes:?}");
        let addresses = sides(r"^[^@\s]+@[^@\s]+$");
        assert!(has(&addresses, "40-characters Open"), "{addresses:?}");
        assert!(has(&addresses, "41-characters Outside"), "{addresses:?}");
    }
}
