//! The journal of a Twin: what it was asked and what it answered, as JSON Lines, and the replay of
//! it on a Twin that is like the first one was.
//!
//! Main types: [`Opening`], the first line, which says what the Twin was; [`Entry`], a further one;
//! and [`Replay`], which finds what is answered otherwise. A line holds what time it was and who the
//! Twin took the caller for, so that a replay needs neither the clock nor the credentials.
//!
//! No secret is in it. Tokens, and the passwords by which somebody logs in, are told by their SHA-256:
//! a Twin of the same seed has the same ones, and knows them by it. Other passwords, private keys and
//! user data keep their length and the classes of their characters, and nothing else, so that they
//! meet the same rules. Signatures are zeros.

mod entry;
mod redact;
mod replay;

pub use entry::{Entry, Opening};
pub use replay::{Difference, NoJournal, Replay};
