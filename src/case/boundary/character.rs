//! Which characters a text is made of: charsets, forbidden characters, patterns, formats.

use crate::case::broken::regex_of;
use crate::case::format;
use crate::case::text::{INTRUDERS, edges, in_any, is_rare_han, name_of, neighbours};
use crate::contract::{CharClass, Format};

use super::Side;
use super::probe::Probes;

/// Characters with which texts that must begin or end in some way often do not.
const ENDS: [(char, &str); 4] = [
    ('0', "a-digit"),
    ('-', "a-hyphen"),
    ('_', "an-underscore"),
    ('.', "a-dot"),
];

impl Probes<'_> {
    /// The first and last character of each class, their neighbours, and usual intruders.
    pub(super) fn charset(&mut self, classes: &[CharClass]) {
        for class in classes {
            for c in edges(class) {
                let side = if is_rare_han(c) {
                    Side::Open
                } else {
                    Side::Inside
                };
                self.character(side, c, &name_of(c));
            }
        }
        for c in classes
            .iter()
            .flat_map(neighbours)
            .filter(|c| !in_any(classes, *c))
        {
            self.character(Side::Outside, c, &name_of(c));
        }
        for (c, name) in INTRUDERS {
            if !in_any(classes, c) {
                self.character(Side::Outside, c, name);
            }
        }
        for (c, name) in [('\n', "line-feed"), (' ', "blank")] {
            if !in_any(classes, c) {
                let plain = self.plain();
                let title = format!("with a {} behind", name.replace('-', " "));
                let text = Some(format!("{plain}{c}"));
                self.text(Side::Outside, &format!("{name}-behind"), title, text);
            }
        }
    }

    /// Texts of the first few kinds of characters, and of the last few: of one, of two, of all.
    pub(super) fn mixture(&mut self, least: u32, kinds: &[Vec<CharClass>]) {
        let length = self.plain().chars().count().max(kinds.len());
        for n in 1..=kinds.len() {
            let side = if n >= least as usize {
                Side::Inside
            } else {
                Side::Outside
            };
            let ends = [("first", &kinds[..n]), ("last", &kinds[kinds.len() - n..])];
            for (end, of) in ends {
                let text = self.alphabet.mixed(of, length);
                let slug = format!("the-{end}-{n}-kinds");
                let title = format!("of the {end} {n} kinds of characters");
                self.text(side, &slug, title, text);
            }
        }
    }

    pub(super) fn forbidden(&mut self, forbidden: &[char]) {
        let plain = self.plain();
        self.text(
            Side::Inside,
            "none-of-them",
            "without forbidden characters",
            Some(plain),
        );
        for c in forbidden {
            self.character(Side::Outside, *c, &name_of(*c));
        }
    }

    /// A valid text with one character put into its middle.
    pub(super) fn character(&mut self, side: Side, c: char, name: &str) {
        let mut letters: Vec<char> = self.plain().chars().collect();
        let middle = letters.len() / 2;
        match letters.get_mut(middle) {
            Some(place) => *place = c,
            None => letters.push(c),
        }
        let text = letters.into_iter().collect();
        self.text(
            side,
            &format!("with-{name}"),
            format!("with {name}"),
            Some(text),
        );
    }

    pub(super) fn pattern(&mut self, pattern: &str) {
        let plain = self.plain();
        let side = if regex_of(pattern).is_some() {
            Side::Inside
        } else {
            Side::Open
        };
        self.text(
            side,
            "as-documented",
            "built as documented",
            Some(plain.clone()),
        );
        let cut = plain.chars().skip(1).collect();
        self.text(
            Side::Outside,
            "first-character-cut",
            "without its first character",
            Some(cut),
        );
        for (c, name) in ENDS {
            let rest: String = plain.chars().skip(1).collect();
            let title = format!("with {name} in front");
            let text = Some(format!("{c}{rest}"));
            self.text(Side::Outside, &format!("{name}-in-front"), title, text);
            let start = plain.chars().count().saturating_sub(1);
            let start: String = plain.chars().take(start).collect();
            let title = format!("with {name} at the end");
            let text = Some(format!("{start}{c}"));
            self.text(Side::Outside, &format!("{name}-at-the-end"), title, text);
        }
        let doubled = format!("{plain}{plain}");
        self.text(Side::Outside, "twice", "written twice", Some(doubled));
        let turned = plain.chars().rev().collect();
        self.text(
            Side::Outside,
            "backwards",
            "written backwards",
            Some(turned),
        );
        self.text(
            Side::Outside,
            "mark-behind",
            "with a mark behind",
            Some(format!("{plain}~")),
        );
    }

    pub(super) fn format(&mut self, format: &Format, or_empty: bool) {
        for example in format::inside(format) {
            let title = format!("in format ({})", example.slug);
            self.text(Side::Inside, example.slug, title, Some(example.text));
        }
        for example in format::outside(format) {
            let title = format!("nearly in format ({})", example.slug);
            self.text(Side::Outside, example.slug, title, Some(example.text));
        }
        let side = if or_empty {
            Side::Inside
        } else {
            Side::Outside
        };
        self.text(side, "empty", "of no characters", Some(String::new()));
    }
}
