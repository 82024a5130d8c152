//! Judges what it is given against the Contract; sends nothing.
//!
//! Main types: [`Trial`], everything that happened in one Case, and [`Check`], which looks at a
//! Trial and yields Findings. Each Check guards one promise and has a file of its own, with its
//! manual and its tests. [`Judge`] holds the compiled Schemas and asks every Check of the
//! [`registry`].
//!
//! Three rules hold for all of them. An outage says nothing about the Contract. What sources
//! dispute is told as a note, never held against the server. `--strict` takes both back where the
//! tables alone are clear.

mod answer;
mod json;
mod judge;
mod registry;
mod statement;
mod trial;

mod authentication;
mod body_json;
mod broken_answer;
mod content_type;
mod difference;
mod disputed;
mod error_code_documented;
mod error_envelope;
mod format;
mod job_failure_reason;
mod job_id;
mod job_progress;
mod job_state;
mod job_thing;
mod job_times;
mod kind;
mod left_out;
mod listed_count;
mod missing_field;
mod not_found;
mod nullable;
mod quota;
mod read_after_write;
mod refused_changed_state;
mod ruled;
mod scenario;
mod schema_rule;
mod server_error;
mod state_unchanged;
mod status_documented;
mod undocumented_field;
mod unset;
mod valid_refused;
mod value;
mod version_window;
mod violation_accepted;

#[cfg(test)]
pub(crate) mod sample;

pub(crate) use answer::shortened;
pub use answer::{Answer, AnswerBody};
pub(crate) use job_id::find_id;
pub use judge::Judge;
pub use registry::{Check, find, registry};
pub use statement::{disputed, statement_sources};
pub use trial::{JobRun, Trial, Unmet};
