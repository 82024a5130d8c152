//! Documented preconditions on states: of the server that the path names, and of the volume.

use super::call::Call;
use super::family::Family;
use super::fault::Fault;
use super::world::{Volume, World};
use crate::contract::{Constraint, StatesRule};
use crate::wire::Method;

/// Whether the world is in a state that allows the call. What does not exist is told by others.
pub(super) fn allow(world: &World, call: &Call<'_>) -> Result<(), Fault> {
    for statement in &call.operation.statements {
        let Constraint::StatePrecondition {
            subject,
            rule,
            states,
        } = &statement.constraint
        else {
            continue;
        };
        let Some((words, fault)) = words(world, call, subject) else {
            continue;
        };
        let listed = words
            .iter()
            .any(|word| states.iter().any(|state| same(state, word)));
        let allowed = match rule {
            StatesRule::OneOf => listed,
            StatesRule::NoneOf => !listed,
        };
        if !allowed {
            return Err(fault);
        }
    }
    Ok(())
}

/// The words that a subject's state can be told with, and what is said when it is the wrong one.
fn words(world: &World, call: &Call<'_>, subject: &str) -> Option<(Vec<&'static str>, Fault)> {
    let subject = subject.to_ascii_lowercase();
    let at_compute = Family::of(&call.path) == Family::Compute;
    if subject.starts_with("volume") {
        let volume = volume(world, call)?;
        let mut words = vec![volume.status()];
        words.extend(volume.bootable.then_some("bootable"));
        let fault = Fault::volume_state();
        return Some((words, fault));
    }
    let server = world.server(call.project(), call.parameter("server_id"))?;
    let data_disk = volume(world, call).is_some_and(|volume| !volume.bootable);
    if call.operation.method == Method::Delete && data_disk {
        // That the server must be off is said of its system disk.
        return None;
    }
    let word = if subject.ends_with("vm_state") {
        server.state
    } else if subject.ends_with("task_state") {
        return Some((
            server.task.map_or(vec!["null", ""], |task| vec![task]),
            state_fault(at_compute),
        ));
    } else if subject.ends_with("status") {
        server.status()
    } else {
        return None;
    };
    Some((vec![word], state_fault(at_compute)))
}

fn state_fault(at_compute: bool) -> Fault {
    let fault = Fault::server_state();
    if at_compute {
        fault.with_status(409)
    } else {
        fault
    }
}

fn volume<'w>(world: &'w World, call: &Call<'_>) -> Option<&'w Volume> {
    let in_body = call.body["volumeAttachment"]["volumeId"].as_str();
    let id = in_body.or_else(|| call.body["volume_id"].as_str());
    let id = id.unwrap_or_else(|| call.parameter("volume_id"));
    world.volume(call.project(), id)
}

/// Documents write states in capitals or not, and a server that is off in two ways.
fn same(a: &str, b: &str) -> bool {
    let off = |word: &str| ["shutoff", "stopped"].contains(&word.to_ascii_lowercase().as_str());
    a.eq_ignore_ascii_case(b) || (off(a) && off(b))
}
