//! What changes a server: power, flavor, image, locks, and the small things.

use serde_json::{Value, json};

use super::super::call::{Answer, Call, Outcome};
use super::super::fault::Fault;
use super::super::world::{Change, Flavor, Image, Plan, Server, World};
use super::pattern::{Thing, find, find_mut};
use super::servers::{named, remember, unlocked, wrong_state};
use super::values::{owned, texts, truth, word};

/// A change of power: what it is called, the states that it works in, the task, the state after it.
struct Power {
    what: &'static str,
    from: &'static [&'static str],
    task: &'static str,
    to: &'static str,
}

const START: Power = Power {
    what: "start",
    from: &["stopped"],
    task: "powering-on",
    to: "active",
};
const STOP: Power = Power {
    what: "stop",
    from: &["active", "error"],
    task: "powering-off",
    to: "stopped",
};
const REBOOT: Power = Power {
    what: "reboot",
    from: &["active"],
    task: "rebooting",
    to: "active",
};
const REBOOT_HARD: Power = Power {
    what: "reboot",
    from: &["active", "stopped", "paused", "suspended", "error"],
    task: "reboot_started_hard",
    to: "active",
};

fn reboot_of(asked: &Value) -> Power {
    if word(&asked["type"]).eq_ignore_ascii_case("HARD") {
        REBOOT_HARD
    } else {
        REBOOT
    }
}

pub(super) fn start(world: &mut World, call: &Call<'_>) -> Outcome {
    one(world, call, &START)
}

pub(super) fn stop(world: &mut World, call: &Call<'_>) -> Outcome {
    one(world, call, &STOP)
}

pub(super) fn reboot(world: &mut World, call: &Call<'_>) -> Outcome {
    one(world, call, &reboot_of(&call.body["reboot"]))
}

fn one(world: &mut World, call: &Call<'_>, power: &Power) -> Outcome {
    let server = ready(world, call, power.from)?;
    server.task = Some(power.task);
    let id = server.id.clone();
    remember(world, &id, power.what, call);
    world.later(Change::Settle {
        server: id,
        state: power.to,
    });
    Ok(Answer::nothing())
}

/// The server of the path, unlocked, idle and in one of these states.
fn ready<'w>(
    world: &'w mut World,
    call: &Call<'_>,
    states: &[&str],
) -> Result<&'w mut Server, Fault> {
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    unlocked(server, call)?;
    if server.task.is_some() || !states.contains(&server.state) {
        return Err(wrong_state(call, server));
    }
    Ok(server)
}

pub(super) fn start_many(world: &mut World, call: &Call<'_>) -> Outcome {
    many(world, call, &START, &call.body["os-start"])
}

pub(super) fn stop_many(world: &mut World, call: &Call<'_>) -> Outcome {
    many(world, call, &STOP, &call.body["os-stop"])
}

pub(super) fn reboot_many(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = &call.body["reboot"];
    many(world, call, &reboot_of(asked), asked)
}

/// Changes the power of several servers in a job. One that is there already stays as it is.
fn many(world: &mut World, call: &Call<'_>, power: &Power, asked: &Value) -> Outcome {
    let mut plan = Plan {
        kind: power.what.into(),
        ..Plan::default()
    };
    for id in named(world, call, &asked["servers"])? {
        let server: &mut Server = find_mut(world, call, &id)?;
        unlocked(server, call)?;
        if power.from.contains(&server.state) && server.task.is_none() {
            server.task = Some(power.task);
            plan.changes.push(Change::Settle {
                server: id.clone(),
                state: power.to,
            });
        }
        plan.parts.push((power.what.into(), ("server_id", id)));
    }
    let job = world.start(call.project(), plan);
    Ok(json!({ "job_id": job }).into())
}

/// The flavor that a request names, another one than the server has.
fn other_flavor(world: &World, call: &Call<'_>) -> Result<String, Fault> {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let flavor = word(&call.body["resize"]["flavorRef"]);
    let flavor: &Flavor = find(world, call, flavor).map_err(|_| Fault::no_flavor())?;
    if flavor.id == server.flavor {
        return Err(Fault::same_flavor());
    }
    Ok(flavor.id.clone())
}

/// Changes the flavor; the caller confirms or takes it back afterwards.
pub(super) fn resize(world: &mut World, call: &Call<'_>) -> Outcome {
    let flavor = other_flavor(world, call)?;
    let server = ready(world, call, &["active", "stopped"])?;
    server.task = Some("resize_prep");
    server.resized_from = Some(server.flavor.clone());
    let id = server.id.clone();
    remember(world, &id, "resize", call);
    world.later(Change::Resize {
        server: id.clone(),
        flavor,
    });
    world.later(Change::Settle {
        server: id,
        state: "resized",
    });
    Ok(Answer::nothing())
}

pub(super) fn confirm_resize(world: &mut World, call: &Call<'_>) -> Outcome {
    let server = ready(world, call, &["resized"])?;
    server.resized_from = None;
    server.state = "active";
    let id = server.id.clone();
    remember(world, &id, "confirmResize", call);
    Ok(Answer::nothing())
}

pub(super) fn revert_resize(world: &mut World, call: &Call<'_>) -> Outcome {
    let server = ready(world, call, &["resized"])?;
    server.task = Some("resize_reverting");
    let flavor = server
        .resized_from
        .take()
        .unwrap_or_else(|| server.flavor.clone());
    let id = server.id.clone();
    remember(world, &id, "revertResize", call);
    world.later(Change::Resize {
        server: id.clone(),
        flavor,
    });
    world.later(Change::Settle {
        server: id,
        state: "active",
    });
    Ok(Answer::nothing())
}

/// Changes the flavor of a server that is off, in a job.
pub(super) fn resize_in_job(world: &mut World, call: &Call<'_>) -> Outcome {
    let flavor = other_flavor(world, call)?;
    let server = ready(world, call, &["stopped"])?;
    if truth(&call.body["dry_run"]) {
        return Ok(Answer::nothing());
    }
    server.task = Some("resize_prep");
    let id = server.id.clone();
    let plan = Plan {
        kind: "resizeServer".into(),
        about: Some(("server_id", id.clone())),
        changes: vec![
            Change::Resize {
                server: id.clone(),
                flavor,
            },
            Change::Settle {
                server: id,
                state: "stopped",
            },
        ],
        ..Plan::default()
    };
    Ok(json!({ "job_id": world.start(call.project(), plan) }).into())
}

/// Moves a server that is off to another host, in a job.
pub(super) fn migrate(world: &mut World, call: &Call<'_>) -> Outcome {
    let server = ready(world, call, &["stopped"])?;
    let id = server.id.clone();
    let plan = Plan {
        kind: "migrateServer".into(),
        about: Some(("server_id", id)),
        ..Plan::default()
    };
    Ok(json!({ "job_id": world.start(call.project(), plan) }).into())
}

/// Starts over from an image.
pub(super) fn rebuild(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = &call.body["rebuild"];
    let image = word(&asked["imageRef"]).rsplit('/').next().unwrap_or("");
    let image: &Image = find(world, call, image).map_err(|_| Fault::no_image())?;
    let image = image.id.clone();
    let server = ready(world, call, &["active", "stopped", "error"])?;
    let state = if server.state == "stopped" {
        "stopped"
    } else {
        "active"
    };
    server.task = Some("rebuilding");
    if let Some(name) = owned(&asked["name"]) {
        server.name = name;
    }
    if asked["metadata"].is_object() {
        server.metadata = texts(&asked["metadata"]);
    }
    let id = server.id.clone();
    remember(world, &id, "rebuild", call);
    world.later(Change::Reimage {
        server: id.clone(),
        image,
        key: None,
    });
    world.later(Change::Settle {
        server: id.clone(),
        state,
    });
    let server: &Server = find(world, call, &id)?;
    let mut facts = server.facts(world, call);
    facts["adminPass"] = json!(server.password);
    Ok(json!({ "server": facts }).into())
}

/// Installs the system anew, in a job.
pub(super) fn reinstall(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let image = server.image.clone();
    let key = owned(&call.body["os-reinstall"]["keyname"]);
    install(world, call, "reinstallOS", image, key)
}

/// Installs another system, in a job.
pub(super) fn change_system(world: &mut World, call: &Call<'_>) -> Outcome {
    let image = word(&call.body["os-change"]["imageid"]);
    let image: &Image = find(world, call, image).map_err(|_| Fault::no_image())?;
    let image = image.id.clone();
    let key = owned(&call.body["os-change"]["keyname"]);
    install(world, call, "changeOS", image, key)
}

fn install(
    world: &mut World,
    call: &Call<'_>,
    kind: &'static str,
    image: String,
    key: Option<String>,
) -> Outcome {
    let server = ready(world, call, &["active", "stopped", "error"])?;
    server.task = Some("rebuilding");
    let id = server.id.clone();
    remember(world, &id, "rebuild", call);
    let plan = Plan {
        kind: kind.into(),
        about: Some(("server_id", id.clone())),
        changes: vec![
            Change::Reimage {
                server: id.clone(),
                image,
                key,
            },
            Change::Settle {
                server: id,
                state: "active",
            },
        ],
        ..Plan::default()
    };
    Ok(json!({ "job_id": world.start(call.project(), plan) }).into())
}

pub(super) fn lock(world: &mut World, call: &Call<'_>) -> Outcome {
    find_mut::<Server>(world, call, call.parameter("server_id"))?.locked = true;
    Ok(Answer::nothing())
}

pub(super) fn unlock(world: &mut World, call: &Call<'_>) -> Outcome {
    find_mut::<Server>(world, call, call.parameter("server_id"))?.locked = false;
    Ok(Answer::nothing())
}

/// Has a server report its load. The Twin's servers have none.
pub(super) fn monitor(world: &mut World, call: &Call<'_>) -> Outcome {
    find::<Server>(world, call, call.parameter("server_id"))?;
    Ok(Answer::nothing())
}

/// What a server wrote on its console: the last lines of it.
pub(super) fn console(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let lines = ["starting", "mounting disks", "ready"];
    let asked = call.body["os-getConsoleOutput"]["length"].as_i64();
    let n = asked
        .and_then(|n| usize::try_from(n).ok())
        .unwrap_or(lines.len());
    let lines = lines.iter().skip(lines.len().saturating_sub(n));
    let lines = lines.map(|line| format!("{}: {line}\n", server.name));
    Ok(json!({ "output": lines.collect::<String>() }).into())
}

/// The password of the first start, encrypted with the server's key.
pub(super) fn password(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    Ok(json!({ "password": server.password }).into())
}

pub(super) fn forget_password(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    server.password.clear();
    Ok(Answer::nothing())
}

/// Whether a server starts again on another host when its own breaks.
pub(super) fn recovery(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    Ok(json!({ "support_auto_recovery": server.recovers.to_string() }).into())
}

pub(super) fn set_recovery(world: &mut World, call: &Call<'_>) -> Outcome {
    let recovers = truth(&call.body["support_auto_recovery"]);
    find_mut::<Server>(world, call, call.parameter("server_id"))?.recovers = recovers;
    Ok(Answer::nothing())
}
