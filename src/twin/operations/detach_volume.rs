//! Detaches a volume, in a job. The system disk only from a server that is off.

use serde_json::{Value, json};

use super::super::Call;
use super::super::fault::Fault;
use super::super::world::{Work, World};

pub(super) fn run(world: &mut World, call: &Call<'_>) -> Result<Value, Fault> {
    let (project, id) = (call.parameter("project_id"), call.parameter("server_id"));
    let server = world.server(project, id).ok_or_else(Fault::no_server)?;
    let wanted = call.parameter("attachment_id");
    let attached = world
        .volumes_of(id)
        .into_iter()
        .find(|(volume, _)| volume.id == wanted);
    let (volume, device) = attached.ok_or_else(Fault::no_attachment)?;
    if world.is_busy(&volume.id) {
        return Err(Fault::volume_state());
    }
    if device == "/dev/sda" && server.status != "SHUTOFF" {
        return Err(Fault::server_state());
    }
    let work = Work::Detach {
        volume: volume.id.clone(),
    };
    let job = world.start(project, id, "baremetalDetachVolume", false, work);
    Ok(json!({ "job_id": job }))
}
