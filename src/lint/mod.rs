//! Contracts in, the flaws of their documents out: where they contradict themselves or each other,
//! and what is damaged in print.
//!
//! Main entry: [`flaws`]. A [`Flaw`] has a [`Category`] with a stable code, a title, and the places
//! where it was met, each with who claims what. [`text`], [`json`] and [`sarif`] render a list of
//! them; the lines of a document are shown where its text is on the [`Shelf`]. What is said once
//! and met many times is one Flaw with many places.
//!
//! It finds nothing that `extract` did not note: it sorts, joins, weighs and words it for the people
//! who write the documents. It judges documents only, and knows nothing of servers.

mod category;
mod excerpt;
mod flaw;
mod gather;
mod join;
mod json;
mod sarif;
mod shelf;
mod sort;
mod text;
mod title;

pub use category::{Category, Severity};
pub use flaw::{Flaw, Place};
pub use gather::{Material, flaws};
pub use json::json;
pub use sarif::sarif;
pub use shelf::Shelf;
pub use text::{Style, text};
