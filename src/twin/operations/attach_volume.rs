//! Attaches a volume, in a job.

use serde_json::{Value, json};

use super::super::Call;
use super::super::defect::DefectClass;
use super::super::fault::Fault;
use super::super::world::{Volume, Work, World};
use crate::contract::{Constraint, Operation};

pub(super) fn run(world: &mut World, call: &Call<'_>) -> Result<Value, Fault> {
    let (project, id) = (call.parameter("project_id"), call.parameter("server_id"));
    let server = world.server(project, id).ok_or_else(Fault::no_server)?;
    if matches!(server.vm_state, "suspended" | "paused") {
        return Err(Fault::server_state());
    }
    let asked = &call.body["volumeAttachment"];
    let volume = asked["volumeId"]
        .as_str()
        .and_then(|id| world.volume(project, id));
    let volume = volume.ok_or_else(Fault::no_volume)?;
    if volume.bootable || !volume.scsi || volume.attached.is_some() || world.is_busy(&volume.id) {
        return Err(Fault::volume_state());
    }
    if world.n_volumes_of(id) as u64 >= limit(call) {
        return Err(Fault::too_many_volumes());
    }
    let device = device(world, id, asked["device"].as_str().unwrap_or(""))?;
    let Volume {
        id: volume, cursed, ..
    } = volume.clone();
    let work = Work::Attach {
        volume,
        server: id.to_owned(),
        device,
    };
    let job = world.start(project, id, "baremetalAttachVolume", cursed, work);
    Ok(json!({ "job_id": job }))
}

/// How many volumes a server may have: what the document says.
fn limit(call: &Call<'_>) -> u64 {
    let documented = quota(call.operation).unwrap_or(u64::MAX);
    if call.is_ill(DefectClass::LimitTooHigh) {
        documented.saturating_add(1)
    } else if call.is_ill(DefectClass::LimitTooLow) {
        documented.saturating_sub(1)
    } else {
        documented
    }
}

fn quota(operation: &Operation) -> Option<u64> {
    operation.statements.iter().find_map(|statement| {
        if let Constraint::Quota { max, .. } = statement.constraint {
            Some(max)
        } else {
            None
        }
    })
}

/// The device asked for, or the next free one. It must be a data disk's, and not be in use.
fn device(world: &World, server: &str, asked: &str) -> Result<String, Fault> {
    let attached = world
        .volumes_of(server)
        .into_iter()
        .map(|(_, device)| device.to_owned());
    let used: Vec<String> = attached
        .chain(world.coming(server).map(|(_, device)| device.to_owned()))
        .collect();
    if asked.is_empty() {
        let mut free = (1..).map(name).filter(|device| !used.contains(device));
        return free.next().ok_or_else(Fault::bad_device);
    }
    let letters = asked
        .strip_prefix("/dev/sd")
        .or_else(|| asked.strip_prefix("/dev/vd"));
    let is_legal = letters.is_some_and(|letters| {
        (1..=2).contains(&letters.len())
            && letters != "a"
            && letters.chars().all(|c| c.is_ascii_lowercase())
    });
    if is_legal && !used.iter().any(|device| device == asked) {
        Ok(asked.to_owned())
    } else {
        Err(Fault::bad_device())
    }
}

/// `/dev/sda` for 0, `/dev/sdz` for 25, `/dev/sdaa` for 26.
fn name(number: u32) -> String {
    let letter = |n: u32| char::from_u32(u32::from(b'a') + n % 26).unwrap_or('a');
    match number / 26 {
        0 => format!("/dev/sd{}", letter(number)),
        tens => format!("/dev/sd{}{}", letter(tens - 1), letter(number)),
    }
}

#[cfg(test)]
mod tests {
    use super::name;

    #[test]
    fn devices_go_on_after_z() {
        assert_eq!(
            [name(1), name(25), name(26), name(53)],
            ["/dev/sdb", "/dev/sdz", "/dev/sdaa", "/dev/sdbb"]
        );
    }
}
