//! What the contract says of one operation, all editions side by side.
//!
//! Main entries: [`find`] for the operation that a person means, [`text`] and [`json`] for what is
//! said of it: parameters, bodies, statements and permissions, each with its source, disputes and
//! rulings marked where they matter. Knows the Contract, and nothing of documents or terminals.

mod cells;
mod find;
mod json;
mod page;
mod text;

pub use find::{NotFound, find};
pub use json::json;
pub use page::{Page, Side};
pub use text::text;
