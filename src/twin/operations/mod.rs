//! What is special to each operation, one file each, named after it.
//!
//! An operation that follows a known pattern is one line in [`HANDLERS`].

mod attach_volume;
mod detach_volume;
mod rename_server;
mod show_job;
mod show_server;

use serde_json::Value;

use super::Call;
use super::fault::Fault;
use super::world::World;

/// Does what an operation does and tells the facts of its answer.
#[derive(Clone, Copy)]
pub(super) struct Handler(fn(&mut World, &Call<'_>) -> Result<Value, Fault>);

impl Handler {
    pub(super) fn run(self, world: &mut World, call: &Call<'_>) -> Result<Value, Fault> {
        (self.0)(world, call)
    }
}

impl std::fmt::Debug for Handler {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Handler")
    }
}

/// Which operations there are, by route.
pub(super) const HANDLERS: &[(&str, Handler)] = &[
    (
        "GET /v1/{project_id}/baremetalservers/{server_id}",
        Handler(show_server::run),
    ),
    (
        "PUT /v1/{project_id}/baremetalservers/{server_id}",
        Handler(rename_server::run),
    ),
    (
        "POST /v1/{project_id}/baremetalservers/{server_id}/attachvolume",
        Handler(attach_volume::run),
    ),
    (
        "DELETE /v1/{project_id}/baremetalservers/{server_id}/detachvolume/{attachment_id}",
        Handler(detach_volume::run),
    ),
    ("GET /v1/{project_id}/jobs/{job_id}", Handler(show_job::run)),
];
