//! Blocks in, Contract and Disputes out.
//!
//! Knows column roles, references and phrases in two languages; knows no HTTP, Schema or Case.
//! What looks like a constraint and matches no rule is listed as unread, never guessed.

pub mod kinds;
pub mod lexicon;
pub mod phrases;
