//! Shows a server.

use serde_json::{Value, json};

use super::super::Call;
use super::super::fault::Fault;
use super::super::world::{World, server_facts};

pub(super) fn run(world: &mut World, call: &Call<'_>) -> Result<Value, Fault> {
    let server = world.server(call.parameter("project_id"), call.parameter("server_id"));
    let server = server.ok_or_else(Fault::no_server)?;
    Ok(json!({ "server": server_facts(world, server) }))
}
