//! Renames a server. The host name stays as it is.

use serde_json::Value;

use super::super::Call;
use super::super::fault::Fault;
use super::super::world::World;

pub(super) fn run(world: &mut World, call: &Call<'_>) -> Result<Value, Fault> {
    let now = world.now();
    let (project, id) = (call.parameter("project_id"), call.parameter("server_id"));
    let server = world
        .servers
        .get_mut(id)
        .filter(|server| server.project == project);
    let server = server.ok_or_else(Fault::no_server)?;
    if let Some(name) = call.body["server"]["name"].as_str() {
        name.clone_into(&mut server.name);
        server.updated = now;
    }
    super::show_server::run(world, call)
}
