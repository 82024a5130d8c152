//! Texts whose parts a document spells out: three capitals, or a sign followed by digits.

use std::sync::LazyLock;

use super::rule::{Heard, Hit, Language::En, Rule};
use super::sequence::number;
use crate::contract::{CharClass, Constraint, Unit};
use crate::extract::pattern::{Pattern, compile};

pub(super) const RULES: &[Rule] = &[
    Rule {
        name: "en.spelled-out",
        language: En,
        meaning: "so many letters or digits, or parts that follow each other",
        cues: &["consist", "composed of", "made up of"],
        pattern: r"(?:consists? of|(?:composed|made up) of) (?:exactly )?(?P<parts>[^;.]*?)(?P<next>,? for example|,? such as|,? and (?:cannot|must|can|is|has)\b|, but |\.|;|$)",
        read: spelled_out,
    },
    Rule {
        name: "en.starts-followed-by",
        language: En,
        meaning: "what a text starts with, and what follows",
        cues: &["followed by"],
        pattern: r"(?:starts?|begins?) with (?P<parts>[^;.]*? followed by [^;.]*?)(?P<next>,? for example|,? such as|,? and (?:cannot|must|can|is|has)\b|, but |\.|;|$)",
        read: |hit| {
            let parts = parts(hit.group("parts"))?;
            hit.about_field().then(|| in_order(&parts))
        },
    },
];

/// One part of a text.
struct Part {
    classes: Vec<CharClass>,
    min: u64,
    /// None where any number may follow.
    max: Option<u64>,
}

fn spelled_out(hit: &Hit) -> Option<Heard> {
    let printed = hit.group("parts");
    match parts(printed) {
        Some(mut parts) if parts.len() == 1 => so_many(parts.remove(0)),
        Some(parts) => Some(in_order(&parts)),
        None if printed.contains(FOLLOWED) => {
            Some(Constraint::Other("parts in an order".into()).into())
        }
        None => None,
    }
}

/// What stands between two parts.
const FOLLOWED: &str = "followed by";

/// The parts of a text, where a machine knows all of them.
fn parts(printed: &str) -> Option<Vec<Part>> {
    printed.split(FOLLOWED).map(Part::read).collect()
}

fn in_order(parts: &[Part]) -> Heard {
    let steps: String = parts.iter().map(Part::step).collect();
    Constraint::Pattern(format!("^{steps}$")).into()
}

/// A text that is one part: as long as that, and of its characters.
fn so_many(part: Part) -> Option<Heard> {
    // One mark alone is part of something.
    if let [CharClass::One(_)] = part.classes.as_slice() {
        return None;
    }
    let length = Constraint::Length {
        min: Some(part.min),
        max: Some(part.max?),
        unit: Unit::Characters,
    };
    Some(Heard::all([Constraint::Charset(part.classes), length]))
}

/// A part: how many of them, and what. It may also be missing, which is said before the number.
static PART: LazyLock<Pattern> = LazyLock::new(|| {
    compile(concat!(
        r"(?i)^(?P<optional>an optional |optionally )?(?:exactly |the |an? )?",
        r"(?:(?P<min>[0-9]{1,3}|one|two|three|four|five|six|seven|eight|nine|ten)\s*",
        r"(?:(?:to|or|-)\s*(?P<max>[0-9]{1,3}|two|three|four|five|six|seven|eight|nine|ten)\s*)?)?",
        r"(?:(?P<kind>(?:(?:uppercase|upper-case|capital|lowercase|lower-case|small|english) )?letter|digit)(?P<more>s)?",
        r"(?:,? (?:and|or) (?P<other>(?:(?:uppercase|upper-case|capital|lowercase|lower-case|small|english) )?letter|digit)s?$)?",
        r"|[a-z -]{2,24} \((?P<mark>[^A-Za-z0-9\s])\))$"
    ))
});

impl Part {
    /// None where it is not told so that a machine knows it.
    fn read(printed: &str) -> Option<Self> {
        let printed = printed.trim().trim_end_matches([',', ' ']);
        let told = PART.captures(printed)?;
        let group = |name| told.name(name).map(|found| found.as_str().to_lowercase());
        let number = |name| group(name).and_then(|printed| Some(number(&printed)? as u64));
        let mark = group("mark").and_then(|mark| mark.chars().next());
        let is_one = group("more").is_none();
        let (min, max) = match (number("min"), number("max")) {
            (Some(min), max) => (min, Some(max.unwrap_or(min))),
            (None, Some(_)) => return None,
            (None, None) if is_one => (1, Some(1)),
            (None, None) => (1, None),
        };
        let is_optional = group("optional").is_some();
        let is_clear = max.is_none_or(|max| min <= max && (max == 1 || !is_optional));
        is_clear.then_some(Self {
            classes: match mark {
                Some(mark) => vec![CharClass::One(mark)],
                None => {
                    let other = group("other").map(|kind| classes(&kind));
                    let mut classes = classes(&group("kind")?);
                    classes.extend(other.into_iter().flatten());
                    classes
                }
            },
            min: if is_optional { 0 } else { min },
            max,
        })
    }

    /// The part as a step of a regular expression.
    fn step(&self) -> String {
        let class = |class: &CharClass| match class {
            CharClass::Range(from, to) => format!("{from}-{to}"),
            CharClass::One(mark) => regex::escape(&mark.to_string()),
            CharClass::Chinese => r"\u4e00-\u9fff".to_owned(),
        };
        let set: String = self.classes.iter().map(class).collect();
        let is_mark = matches!(self.classes.as_slice(), [CharClass::One(_)]);
        let set = if is_mark { set } else { format!("[{set}]") };
        match (self.min, self.max) {
            (1, Some(1)) => set,
            (0, Some(1)) => format!("{set}?"),
            (0, None) => format!("{set}*"),
            (_, None) => format!("{set}+"),
            (min, Some(max)) if min == max => format!("{set}{{{min}}}"),
            (min, Some(max)) => format!("{set}{{{min},{max}}}"),
        }
    }
}

/// What a kind's name holds.
fn classes(kind: &str) -> Vec<CharClass> {
    let begins = |words: [&str; 2]| words.iter().any(|word| kind.starts_with(word));
    let (small, capitals) = (CharClass::Range('a', 'z'), CharClass::Range('A', 'Z'));
    if kind == "digit" {
        return vec![CharClass::Range('0', '9')];
    }
    match (begins(["lower", "small"]), begins(["upper", "capital"])) {
        (true, _) => vec![small],
        (_, true) => vec![capitals],
        (false, false) => vec![small, capitals],
    }
}

#[cfg(test)]
pub(super) const EXAMPLES: &[super::tests::Example] = &[
    (
        "en.spelled-out",
        "String",
        "The sign of the lamp. The value consists of two lowercase letters.",
        "charset a-z\nlength 2..=2 characters",
    ),
    (
        "en.spelled-out",
        "String",
        "Consists of 4 to 9 digits.",
        "charset 0-9\nlength 4..=9 characters",
    ),
    (
        "en.spelled-out",
        "String",
        "The code of the shelf. The value consists of one or two uppercase letters, followed by a hyphen (-) followed by 3 to 5 digits.",
        "pattern ^[A-Z]{1,2}\\-[0-9]{3,5}$",
    ),
    (
        "en.spelled-out",
        "String",
        "The wick, which consists of digits followed by an optional letter, for example, 12c.",
        "pattern ^[0-9]+[a-zA-Z]?$",
    ),
    (
        "en.spelled-out",
        "String",
        "The code that the tower gave to the lamp. It consists of 9 uppercase letters and digits.",
        "charset A-Z 0-9\nlength 9..=9 characters",
    ),
    (
        "en.starts-followed-by",
        "String",
        "The mark of the wick. It begins with a hash sign (#), followed by 2 to 5 digits.",
        "pattern ^\\#[0-9]{2,5}$",
    ),
    (
        "en.spelled-out",
        "String",
        "The wick, which consists of a colour followed by a number.",
        "other: parts in an order",
    ),
];

#[cfg(test)]
mod tests {
    use super::super::tests::{print, read_as};

    #[test]
    fn what_has_no_number_is_no_length() {
        for said in [
            "The value consists of letters, digits, and hyphens (-).",
            "The value consists of lowercase letters and cannot start with a digit.",
        ] {
            let read = read_as("String", said).statements;
            let told: Vec<String> = read.iter().map(print).collect();
            assert!(!told.concat().contains("length"), "{said}: {told:?}");
        }
    }
}
