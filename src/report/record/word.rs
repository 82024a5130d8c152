//! Enums whose files hold a word: read back by the same word, so that the two cannot drift apart.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serializer};

use crate::case::Expect;
use crate::contract::Direction;
use crate::event::Side;
use crate::finding::{Severity, Verdict};

/// An enum without data, and the word of each of its values.
pub(super) trait Word: Copy + 'static {
    /// Every value.
    const ALL: &'static [Self];
    /// Its word.
    fn word(self) -> &'static str;
}

pub(super) fn serialize<T: Word, S: Serializer>(
    value: &T,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(value.word())
}

pub(super) fn deserialize<'de, T: Word, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let text = String::deserialize(deserializer)?;
    let found = T::ALL.iter().copied().find(|value| value.word() == text);
    found.ok_or_else(|| {
        let known: Vec<&str> = T::ALL.iter().map(|value| value.word()).collect();
        let text: String = text.chars().take(40).collect();
        D::Error::custom(format!("`{text}` is none of {}", known.join(", ")))
    })
}

impl Word for Severity {
    const ALL: &'static [Self] = &[Severity::Note, Severity::Warning, Severity::Violation];
    fn word(self) -> &'static str {
        Severity::word(self)
    }
}

impl Word for Verdict {
    const ALL: &'static [Self] = &[Verdict::Server, Verdict::Document, Verdict::Undecided];
    fn word(self) -> &'static str {
        Verdict::word(self)
    }
}

impl Word for Direction {
    const ALL: &'static [Self] = &[
        Direction::Request,
        Direction::Response,
        Direction::Behaviour,
    ];
    fn word(self) -> &'static str {
        Direction::word(self)
    }
}

impl Word for Side {
    const ALL: &'static [Self] = &[Side::Inside, Side::Outside];
    fn word(self) -> &'static str {
        Side::word(self)
    }
}

impl Word for Expect {
    const ALL: &'static [Self] = &[Expect::Accepted, Expect::Refused, Expect::Either];
    fn word(self) -> &'static str {
        match self {
            Expect::Accepted => "accepted",
            Expect::Refused => "refused",
            Expect::Either => "either",
        }
    }
}
