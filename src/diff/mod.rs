//! Two editions in, what changed between them out: breaking, compatible, or editorial.
//!
//! Main entry: [`changes`]. A [`Change`] is one fact of one operation that the two state differently,
//! with the words and the source of each. [`text`], [`json`] and [`markdown`] render them.
//!
//! **Breaking for whom:** for a client that was written for the old edition and keeps everything
//! that it says, when the service follows the new one.
//!
//! | what changed | in what the client sends | in what it is answered |
//! | --- | --- | --- |
//! | a field was added | breaking if required, else compatible | compatible: clients ignore what they do not know |
//! | a field was removed | breaking | breaking |
//! | a field became required | breaking | compatible |
//! | a field became optional | compatible | breaking |
//! | fewer values are allowed (a narrower range, an enum without a value, a new limit) | breaking | compatible |
//! | more values are allowed (a wider range, an enum with a new value, a limit dropped) | compatible | breaking |
//! | other values are allowed (another kind, format, pattern) | breaking | breaking |
//!
//! An operation that is gone, less that is allowed (a lower quota or rate, a state or permission
//! demanded newly), another default, another status of success, and work that moves into a job or out
//! of it are breaking. What only one of the two states at all, examples, advice and the names of path
//! parameters are editorial.
//!
//! The difference of a Contract with itself is empty, and the difference of two is the mirror image of
//! the difference the other way round: the same facts, old and new exchanged.

mod change;
mod compare;
mod fields;
mod json;
mod markdown;
mod shift;
#[cfg(test)]
mod tests;
mod text;

pub use change::{Change, Effect, Part};
pub use compare::changes;
pub use json::json;
pub use markdown::markdown;
pub use text::text;
