//! reStructuredText: what help centers keep their pages in.
//!
//! Main entry: [`read`]. There is no maintained parser for it, so this one knows what API pages use:
//! [`body`] cuts lines into [`element`]s, [`grid`], [`simple`] and [`listed`] read the three kinds of
//! tables, [`markup`] the text, and [`flatten`] turns elements into Blocks and cells. A cell holds a
//! body of its own, so that all of it is one recursion, bounded in depth.

mod body;
mod columns;
mod directive;
mod element;
mod flatten;
mod grid;
mod listed;
mod markup;
mod simple;
#[cfg(test)]
mod tests;

pub(super) use flatten::read;
pub(super) use signs::{count_signs, has_titles};

mod signs;
