//! `rulings.toml`: a person settles a dispute or corrects a reading.
//!
//! Main entries: [`Rulings::parse`] and [`Rulings::apply`]. A [`Ruling`] names one fact (edition,
//! operation, side, field, fact), says what holds, and why, by whom and when. It is applied after
//! extraction, and on the embedded contract before it is used; the Contract keeps it as a `Ruled`,
//! so that it is shown wherever the fact is shown. A [`Concern`] says that a ruling found nothing
//! to settle, or that the documents no longer say what it settled.
//!
//! ```toml
//! [[ruling]]
//! edition = "kettles-2031"
//! operation = "kettles.update"          # or "PUT /v1/{project_id}/kettles/{kettle_id}"
//! direction = "request"                 # or "response"; not needed for facts of the operation
//! field = "kettle.litres"
//! fact = "range"
//! ruling = { min = 1, max = 20 }
//! was = ["1 to 40"]                     # what the documents said when this was decided
//! reason = "the service refuses 21"
//! who = "the kettle team"
//! when = 2031-02-03
//! ```
//!
//! Knows the Contract, and nothing of how it is checked.

mod apply;
mod fact;
mod file;
mod find;
mod schema;
mod stated;

pub use apply::{Concern, Problem};
pub use fact::Subject;
pub use file::{FileError, Mistake};
pub use schema::json_schema;

use crate::contract::{Direction, FieldPath};
use crate::source::Provenance;

/// All rulings of a file, in its order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rulings(pub Vec<Ruling>);

/// One fact, settled by a person.
#[derive(Clone, Debug, PartialEq)]
pub struct Ruling {
    /// The edition whose fact it is.
    pub edition: String,
    /// The operation, by id or `METHOD path`.
    pub operation: String,
    /// Whose side the field is on; none if it is about the operation as a whole.
    pub direction: Option<Direction>,
    /// The field, where it is about one.
    pub field: Option<FieldPath>,
    /// What is settled, and what holds.
    pub subject: Subject,
    /// What the documents said when it was decided; none if that was not written down.
    pub was: Option<Vec<String>>,
    /// Why.
    pub reason: String,
    /// Who decided it.
    pub who: String,
    /// On which day, `YYYY-MM-DD`.
    pub when: String,
    /// Where it stands.
    pub at: Provenance,
}
