//! Which characters a field allows, and texts of an exact length made of them.
//!
//! Main type: [`Alphabet`]. It knows that characters take one to four bytes, and what stands just
//! outside of a class.

use std::sync::LazyLock;

use regex::Regex;

use crate::contract::{CharClass, Constraint, Field};

/// Han, as Unicode's script property has it.
static HAN: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\p{Han}$").expect("the pattern is a constant"));

/// The Han characters that every system knows.
const COMMON_HAN: std::ops::RangeInclusive<char> = '\u{4e00}'..='\u{9fa5}';

/// The first and the last byte length of UTF-8.
pub(super) const WIDTHS: std::ops::RangeInclusive<usize> = 1..=4;

/// Characters tried when any character of a byte length will do.
const USUAL: [&str; 4] = [
    "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ",
    "éßжλ",
    "中文字符",
    "😀𝄞",
];

/// Longer texts than this are not worth sending.
pub(super) const MOST_BYTES: u64 = 1 << 20;

/// The characters that a field allows.
#[derive(Clone, Debug, Default)]
pub(super) struct Alphabet<'a> {
    /// Each list must contain the character.
    classes: Vec<&'a [CharClass]>,
    forbidden: Vec<char>,
    /// Some of each list must be in a text.
    wanted: &'a [Vec<CharClass>],
}

impl<'a> Alphabet<'a> {
    /// The characters that all statements of the field allow.
    pub(super) fn of(field: &'a Field) -> Self {
        let mut alphabet = Self::default();
        for statement in &field.statements {
            if let Constraint::Charset(classes) = &statement.constraint {
                alphabet.classes.push(classes);
            }
            if let Constraint::Mixture { kinds, .. } = &statement.constraint {
                alphabet.wanted = kinds;
            }
            if let Constraint::ForbiddenCharacters(characters) = &statement.constraint {
                alphabet.forbidden.extend(characters);
            }
        }
        alphabet
    }

    /// Whether the character is allowed.
    pub(super) fn allows(&self, c: char) -> bool {
        let mut classes = self.classes.iter();
        // What is of none of the kinds is not forbidden, but nobody says that it is allowed either.
        let is_wanted = self.wanted.is_empty() || self.wanted.iter().any(|kind| in_any(kind, c));
        is_wanted && !self.forbidden.contains(&c) && classes.all(|classes| in_any(classes, c))
    }

    /// Some allowed characters that take `width` bytes, each once. Rare Han characters are not used: what a
    /// document calls Chinese may stop before them.
    fn letters(&self, width: usize) -> Vec<char> {
        let of_classes = self.classes.iter().flat_map(|classes| classes.iter());
        let edges = of_classes.flat_map(|class| sample(class, width));
        let mut letters: Vec<char> = Vec::new();
        if width == 1 {
            letters.extend(self.wanted.iter().filter_map(|kind| self.one_of(kind, 0)));
        }
        for c in USUAL[width - 1].chars().chain(edges) {
            if self.allows(c) && !is_rare_han(c) && !letters.contains(&c) {
                letters.push(c);
            }
        }
        letters
    }

    /// The `nth` of the allowed characters of a kind, the usual ones first.
    fn one_of(&self, kind: &[CharClass], nth: usize) -> Option<char> {
        let usual = "-_".chars().chain(USUAL[0].chars());
        let own = usual.filter(|c| in_any(kind, *c));
        let edges = kind.iter().flat_map(|class| sample(class, 1));
        let mut known: Vec<char> = Vec::new();
        for c in own.chain(edges) {
            if self.allows(c) && !known.contains(&c) {
                known.push(c);
            }
        }
        known.get(nth.checked_rem(known.len())?).copied()
    }

    /// A text of so many characters, of each of these kinds in turn.
    pub(super) fn mixed(&self, kinds: &[Vec<CharClass>], length: usize) -> Option<String> {
        let turns = (0..length).map(|place| {
            let kind = &kinds[place.checked_rem(kinds.len())?];
            self.one_of(kind, place / kinds.len())
        });
        turns.collect()
    }

    /// The text with one character of each kind that must be in it.
    pub(super) fn with_what_is_wanted(&self, text: String) -> String {
        let wanted = self.wanted.iter().filter_map(|kind| self.one_of(kind, 0));
        let rest = text.chars().skip(self.wanted.len());
        wanted.chain(rest).collect()
    }

    /// `n` characters that take `width` bytes each.
    pub(super) fn characters(&self, n: u64, width: usize) -> Option<String> {
        if n.saturating_mul(width as u64) > MOST_BYTES {
            return None;
        }
        let letters = self.letters(width);
        if letters.is_empty() {
            return None;
        }
        Some(letters.iter().cycle().take(n as usize).collect())
    }

    /// `n` characters, another text for another `nth` as long as there are enough of them.
    pub(super) fn numbered(&self, n: u64, width: usize, nth: usize) -> Option<String> {
        let mut text: Vec<char> = self.characters(n, width)?.chars().collect();
        let letters = self.letters(width);
        let mut rest = nth;
        for (at, place) in text.iter_mut().enumerate().rev() {
            if rest == 0 {
                break;
            }
            *place = letters[(at + rest) % letters.len()];
            rest /= letters.len();
        }
        Some(text.into_iter().collect())
    }

    /// Exactly `n` bytes: characters of `width` bytes, and shorter ones for the rest.
    pub(super) fn bytes(&self, n: u64, width: usize) -> Option<String> {
        let whole = n / width as u64;
        let mut text = self.characters(whole, width)?;
        let rest = n % width as u64;
        if rest > 0 {
            text.push_str(&self.characters(rest, 1)?);
        }
        Some(text)
    }
}

/// Whether a class holds the character.
pub(super) fn holds(class: &CharClass, c: char) -> bool {
    match class {
        CharClass::Chinese if COMMON_HAN.contains(&c) => true,
        CharClass::Chinese => !c.is_ascii() && HAN.is_match(c.encode_utf8(&mut [0; 4])),
        CharClass::Range(first, last) => (*first..=*last).contains(&c),
        CharClass::One(one) => *one == c,
    }
}

/// Whether any of the classes holds the character.
pub(super) fn in_any(classes: &[CharClass], c: char) -> bool {
    classes.iter().any(|class| holds(class, c))
}

/// A Han character that not every system knows.
pub(super) fn is_rare_han(c: char) -> bool {
    !COMMON_HAN.contains(&c) && holds(&CharClass::Chinese, c)
}

/// The first and the last character of a class.
pub(super) fn edges(class: &CharClass) -> Vec<char> {
    match class {
        CharClass::Chinese => vec!['\u{4e00}', '\u{9fa5}', '\u{3007}', '\u{20000}'],
        CharClass::Range(first, last) if first == last => vec![*first],
        CharClass::Range(first, last) => vec![*first, *last],
        CharClass::One(one) => vec![*one],
    }
}

/// The characters right before and right behind a class.
pub(super) fn neighbours(class: &CharClass) -> Vec<char> {
    let around = |first: char, last: char| {
        let before = (first as u32).checked_sub(1).and_then(char::from_u32);
        let behind = char::from_u32(last as u32 + 1);
        before.into_iter().chain(behind).collect()
    };
    match class {
        // Kana stands nearest to Han in real names.
        CharClass::Chinese => vec!['あ', 'カ', '한'],
        CharClass::Range(first, last) => around(*first, *last),
        CharClass::One(one) => around(*one, *one),
    }
}

/// Characters that often slip through.
pub(super) const INTRUDERS: [(char, &str); 17] = [
    ('K', "capital-letter"),
    ('k', "small-letter"),
    ('7', "digit"),
    ('_', "low-line"),
    ('.', "full-stop"),
    ('\u{ff21}', "full-width-letter"),
    ('\u{ff10}', "full-width-digit"),
    ('\u{0301}', "combining-mark"),
    ('😀', "emoji"),
    ('é', "accented-letter"),
    (' ', "blank"),
    ('\t', "tab"),
    ('\n', "line-feed"),
    ('\u{1}', "control"),
    ('\u{a0}', "no-break-space"),
    ('\u{200b}', "zero-width-space"),
    ('@', "at-sign"),
];

/// The first character of a class that takes `width` bytes.
fn sample(class: &CharClass, width: usize) -> Option<char> {
    let (first, last) = match class {
        CharClass::Chinese => ('\u{4e00}', '\u{9fa5}'),
        CharClass::Range(first, last) => (*first, *last),
        CharClass::One(one) => (*one, *one),
    };
    let least = ['\u{0}', '\u{80}', '\u{800}', '\u{10000}'][width - 1];
    let candidate = first.max(least);
    (candidate <= last && candidate.len_utf8() == width).then_some(candidate)
}

/// A character as an id names it: itself where that is readable, else its number.
pub(super) fn name_of(c: char) -> String {
    if c.is_ascii_alphanumeric() || c == '_' || c == '-' || c == '.' {
        return c.to_string();
    }
    format!("u+{:04x}", c as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alphabet(classes: &[CharClass]) -> Alphabet<'_> {
        Alphabet {
            classes: vec![classes],
            wanted: &[],
            forbidden: vec!['b'],
        }
    }

    #[test]
    fn texts_have_the_length_asked_for() {
        let alphabet = Alphabet::default();
        for width in WIDTHS {
            let text = alphabet.characters(63, width).unwrap();
            assert_eq!((text.chars().count(), text.len()), (63, 63 * width));
            assert_eq!(alphabet.bytes(255, width).unwrap().len(), 255);
        }
    }

    #[test]
    fn texts_are_made_of_allowed_characters() {
        let classes = [CharClass::Range('a', 'c'), CharClass::Chinese];
        let alphabet = alphabet(&classes);
        assert_eq!(alphabet.characters(4, 1).unwrap(), "acac");
        assert_eq!(alphabet.characters(2, 3).unwrap(), "中文");
        assert_eq!(alphabet.characters(2, 2), None);
        assert_eq!(alphabet.characters(2, 4), None);
        assert_eq!(alphabet.bytes(5, 3).unwrap(), "中ac");
    }

    #[test]
    fn numbered_texts_differ_as_long_as_there_are_letters() {
        for classes in [
            [CharClass::Range('A', 'Z')],
            [CharClass::Range('a', 'z')],
            [CharClass::Range('0', '9')],
        ] {
            let alphabet = alphabet(&classes);
            let texts = (0..99).filter_map(|nth| alphabet.numbered(3, 1, nth));
            let mut texts: Vec<String> = texts.collect();
            assert!(texts.iter().all(|text| text.len() == 3), "{texts:?}");
            texts.sort();
            texts.dedup();
            assert_eq!(texts.len(), 99, "{classes:?}");
        }
    }

    #[test]
    fn a_huge_text_is_not_made() {
        assert_eq!(Alphabet::default().characters(u64::MAX, 4), None);
    }

    #[test]
    fn han_is_more_than_the_usual_block() {
        assert!(holds(&CharClass::Chinese, '中'));
        assert!(is_rare_han('\u{20000}') && is_rare_han('〇'));
        assert!(!holds(&CharClass::Chinese, 'あ') && !holds(&CharClass::Chinese, 'a'));
    }
}
