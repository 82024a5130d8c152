//! What remarks say of when a field counts, of what it is like, and of states that are refused.

use super::constraint::Constraint;

/// What [`Constraint::Other`] says of a text that is empty, or not there, when it is left out.
pub const EMPTY_IF_LEFT_OUT: &str = "empty when it is left out";

/// What [`Constraint::Other`] says of a field that a change leaves alone when it is left out.
pub const KEPT_IF_LEFT_OUT: &str = "stays as it is when it is left out";

/// What [`Constraint::Other`] says of a field in whose text there is a sentence that no rule reads.
pub const NOT_READ: &str = "a sentence that no rule reads";

/// What [`Constraint::Other`] says of a range that is another one in some places.
pub const RANGE_VARIES: &str = "the range is not the same everywhere";

/// What [`Constraint::Other`] says of a number where an answer has so many things at most.
pub const MOST_SHOWN: &str = "no more are shown";

/// What [`Constraint::Other`] says of a number where one that is too large is taken for the largest.
pub const TAKEN_FOR_MOST: &str = "what is too much is taken for the most";

/// What [`Constraint::Other`] says of something that only the answer to its making tells.
pub const SHOWN_ONCE: &str = "shown once only";

/// What [`Constraint::Other`] says of a number whose decimals are cut, and not refused.
pub const FRACTIONS_CUT: &str = "decimals are cut off";

/// What [`Constraint::Other`] says, before a condition, of a field that counts for nothing where that holds.
pub const NO_EFFECT_WHEN: &str = "no effect when ";

/// What [`Constraint::Other`] says of an operation whose requests are a list, of which a Contract has no fields.
pub const LIST_BODY: &str = "the body is a list";

/// What [`Constraint::Other`] says of an operation that is refused in all states but those that are told of.
pub const OTHERS_REFUSED: &str = "refused in all other states";

/// What [`Constraint::Other`] says, before the name of a field, of one that is built by the same rules.
const FORMED_LIKE: &str = "formed like ";

/// That a field is built by the same rules as another one.
pub fn formed_like(field: &str) -> Constraint {
    Constraint::Other(format!("{FORMED_LIKE}{field}"))
}

impl Constraint {
    /// The field by whose rules this one is built, where that is said.
    pub fn is_formed_like(&self) -> Option<&str> {
        let Constraint::Other(words) = self else {
            return None;
        };
        words.strip_prefix(FORMED_LIKE)
    }
}

/// The case of a state that no answer shows.
pub const UNSEEN: &str = "not shown by the API";
