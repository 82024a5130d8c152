//! Attaches and detaches volumes: in jobs, or at once (compute API).

use serde_json::{Value, json};

use super::super::call::{Answer, Call, Outcome};
use super::super::family::Family;
use super::super::fault::Fault;
use super::super::world::{Place, Plan, Server, Slot, Volume, World};
use super::pattern::find;
use super::servers::{remember, unlocked, wrong_state};
use super::values::{truth, word};

/// Volumes that a server may have, where no document says another number.
const MOST_VOLUMES: u64 = 60;

/// A volume that may be attached, and where it goes.
struct Attachment {
    volume: String,
    cursed: bool,
    slot: Slot,
}

fn attachment(world: &World, call: &Call<'_>) -> Result<Attachment, Fault> {
    let family = Family::of(&call.path);
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    unlocked(server, call)?;
    if matches!(server.state, "suspended" | "paused" | "building") {
        return Err(wrong_state(call, server));
    }
    let asked = &call.body["volumeAttachment"];
    let volume = world.volume(call.project(), word(&asked["volumeId"]));
    let volume = volume.ok_or_else(|| match family {
        Family::Compute => Fault::no_volume().with_status(404),
        Family::Bare | Family::Elastic | Family::Identity => Fault::no_volume(),
    })?;
    let unfit = family == Family::Bare && (volume.bootable || !volume.scsi);
    if unfit || volume.place != Place::Free {
        return Err(Fault::volume_state());
    }
    if world.devices_of(server).count() as u64 >= call.limit(MOST_VOLUMES) {
        return Err(Fault::too_many_volumes());
    }
    let device = match word(&asked["device"]) {
        asked if asked.starts_with('/') => given_device(world, server, asked)?,
        // The elastic API's own word for a bus stands here, too.
        word if family != Family::Elastic && !word.is_empty() => return Err(Fault::bad_device()),
        _ => world.free_device(&server.id, world.device_prefix(server)),
    };
    Ok(Attachment {
        volume: volume.id.clone(),
        cursed: volume.cursed,
        slot: Slot {
            server: server.id.clone(),
            device,
            stays: true,
        },
    })
}

/// Attaches a volume in a job.
pub(super) fn in_job(world: &mut World, call: &Call<'_>) -> Outcome {
    let wanted = attachment(world, call)?;
    if truth(&call.body["dry_run"]) {
        return Ok(Answer::nothing());
    }
    let server = wanted.slot.server.clone();
    let change = world.send_volume(&wanted.volume, wanted.slot);
    let plan = Plan {
        kind: kind(call, "baremetalAttachVolume", "attachVolume").into(),
        about: Some(("server_id", server)),
        changes: vec![change],
        fails: wanted.cursed,
        ..Plan::default()
    };
    Ok(json!({ "job_id": world.start(call.project(), plan) }).into())
}

fn kind(call: &Call<'_>, bare: &'static str, elastic: &'static str) -> &'static str {
    match Family::of(&call.path) {
        Family::Bare => bare,
        Family::Elastic | Family::Compute | Family::Identity => elastic,
    }
}

/// Detaches a volume in a job. The system disk only from a server that is off.
pub(super) fn out_in_job(world: &mut World, call: &Call<'_>) -> Outcome {
    let (volume, server) = attached(world, call)?;
    let change = world.fetch_volume(&volume);
    let plan = Plan {
        kind: kind(call, "baremetalDetachVolume", "detachVolume").into(),
        about: Some(("server_id", server)),
        changes: vec![change],
        ..Plan::default()
    };
    Ok(json!({ "job_id": world.start(call.project(), plan) }).into())
}

/// The volume that the path names, which must be at the server, and the server.
fn attached(world: &World, call: &Call<'_>) -> Result<(String, String), Fault> {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    unlocked(server, call)?;
    let (volume, slot) = of_server(world, call, server)?;
    if matches!(volume.place, Place::Leaving(_)) {
        return Err(Fault::volume_state());
    }
    let boots = matches!(slot.device.as_str(), "/dev/sda" | "/dev/vda");
    if boots && server.status() != "SHUTOFF" {
        return Err(wrong_state(call, server));
    }
    Ok((volume.id.clone(), server.id.clone()))
}

fn of_server<'w>(
    world: &'w World,
    call: &Call<'_>,
    server: &Server,
) -> Result<(&'w Volume, &'w Slot), Fault> {
    let id = call.parameter("volume_id");
    let volume = world.volume(call.project(), id);
    let found = volume.and_then(|volume| {
        let slot = volume.there().filter(|slot| slot.server == server.id)?;
        Some((volume, slot))
    });
    found.ok_or_else(|| match Family::of(&call.path) {
        Family::Compute => Fault::no_attachment().with_status(404),
        Family::Bare | Family::Elastic | Family::Identity => Fault::no_attachment(),
    })
}

/// Attaches a volume at once.
pub(super) fn at_once(world: &mut World, call: &Call<'_>) -> Outcome {
    let wanted = attachment(world, call)?;
    let facts = told(&wanted.volume, &wanted.slot);
    let server = wanted.slot.server.clone();
    world.place_volume(&wanted.volume, Place::There(wanted.slot));
    remember(world, &server, "attach_volume", call);
    Ok(json!({ "volumeAttachment": facts }).into())
}

/// Detaches a volume at once.
pub(super) fn out_at_once(world: &mut World, call: &Call<'_>) -> Outcome {
    let (volume, server) = attached(world, call)?;
    world.release_volume(&volume);
    remember(world, &server, "detach_volume", call);
    Ok(Answer::nothing())
}

fn told(volume: &str, slot: &Slot) -> Value {
    json!({ "id": volume, "volumeId": volume, "serverId": slot.server, "device": slot.device })
}

fn device_facts(volume: &Volume, slot: &Slot, place: usize) -> Value {
    let mut facts = told(&volume.id, slot);
    facts["size"] = json!(volume.size);
    facts["bootIndex"] = json!(if volume.bootable { 0 } else { -1 });
    facts["bus"] = json!(if volume.scsi { "scsi" } else { "virtio" });
    facts["pciAddress"] = json!(format!("0000:02:{:02x}.0", place + 1));
    facts
}

/// Lists what is attached to a server.
pub(super) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let volumes = world.volumes_of(server).into_iter().enumerate();
    let told = volumes.map(|(place, (volume, slot))| device_facts(volume, slot, place));
    let told: Vec<Value> = told.collect();
    Ok(json!({ "volumeAttachments": told, "attachableQuantity": { "free_scsi": 60 } }).into())
}

/// Shows what is attached.
pub(super) fn show(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let (volume, slot) = of_server(world, call, server)?;
    Ok(json!({ "volumeAttachment": device_facts(volume, slot, 0) }).into())
}

/// A device that was asked for: a data disk's, and not in use.
fn given_device(world: &World, server: &Server, asked: &str) -> Result<String, Fault> {
    let letters = asked
        .strip_prefix("/dev/sd")
        .or_else(|| asked.strip_prefix("/dev/vd"));
    let is_legal = letters.is_some_and(|letters| {
        (1..=2).contains(&letters.len())
            && letters != "a"
            && letters.chars().all(|c| c.is_ascii_lowercase())
    });
    if is_legal && !world.devices_of(server).any(|device| device == asked) {
        Ok(asked.to_owned())
    } else {
        Err(Fault::bad_device())
    }
}
