//! Prose in, Constraints out, by tables of named phrase rules.
//!
//! Main entry: [`read`].

use crate::contract::{Constraint, Direction, Kind};
use crate::document::{Piece, Prose};

/// What the prose is about.
#[derive(Clone, Copy, Debug)]
pub struct Subject<'a> {
    /// The field's name, unless the prose is about the operation as a whole.
    pub name: Option<&'a str>,
    /// The field's kind, as its table states it.
    pub kind: Option<&'a Kind>,
    /// Who keeps what is said.
    pub direction: Direction,
}

/// What was understood and what was not.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PhraseReading {
    /// The statements, in document order.
    pub statements: Vec<Said>,
    /// Pieces that look like a constraint and matched no rule.
    pub unread: Vec<Piece>,
}

/// One Constraint that a sentence states.
#[derive(Clone, Debug, PartialEq)]
pub struct Said {
    /// What is promised.
    pub constraint: Constraint,
    /// The line that promises it.
    pub line: u32,
    /// The rule that read it.
    pub rule: &'static str,
    /// The field that the sentence names, when it is another one than the subject.
    pub field: Option<String>,
    /// Whether the sentence says that the field is there under a condition only.
    pub conditional: bool,
}

/// Reads every Constraint that `prose` states about `subject`.
pub fn read(_prose: &Prose, _subject: &Subject) -> PhraseReading {
    PhraseReading::default()
}
