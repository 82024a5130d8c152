//! Servers: list, show, rename, remove, and what was done to them.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::call::{Answer, Call, Outcome};
use super::super::facts::{self, micros};
use super::super::family::Family;
use super::super::fault::Fault;
use super::super::world::{Change, Deed, Plan, Server, World};
use super::page::SortValue;
use super::pattern::{Thing, find, find_mut, kept};
use super::values::{items, truth, word};

/// Servers that one request may be about.
const MOST_AT_ONCE: u64 = 1000;
/// Deeds beyond this many forget the oldest.
const MOST_DEEDS: usize = 100;

impl Thing for Server {
    const ONE: &'static str = "server";
    const MANY: &'static str = "servers";
    const NEWEST_FIRST: bool = true;

    kept!(servers, id, name);

    fn project(&self) -> Option<&str> {
        Some(&self.project)
    }

    fn facts(&self, world: &World, call: &Call<'_>) -> Value {
        facts::server(world, call, self)
    }

    fn missing(_: &str) -> Fault {
        Fault::no_server()
    }

    fn is_asked_for(&self, world: &World, call: &Call<'_>) -> Result<bool, Fault> {
        // The image counts alone: whatever else is asked for does not matter then.
        if let Some(image) = call.asked("image") {
            return Ok(image.rsplit('/').next() == Some(self.image.as_str()));
        }
        let like = |name: &str, own: &str| call.asked(name).is_none_or(|part| own.contains(part));
        let tagged = |tag: &str| self.tags.iter().any(|known| known == tag);
        let all = |name: &str| {
            call.asked(name)
                .is_none_or(|tags| tags.split(',').all(tagged))
        };
        let not_all = call
            .asked("not-tags")
            .is_none_or(|tags| !tags.split(',').all(tagged));
        let ip = call.asked("ip").or_else(|| call.asked("ip_eq"));
        let mut ports = world.ports_of(self);
        let status = call.asked("status");
        Ok(like("name", &self.name)
            && like("flavor", &self.flavor)
            && status.is_none_or(|status| {
                status.eq_ignore_ascii_case(&call.word("status", self.status()))
            })
            && call
                .asked("reservation_id")
                .is_none_or(|asked| asked == self.reservation())
            && all("tags")
            && not_all
            && ip.is_none_or(|part| ports.any(|port| port.ip.contains(part)))
            && since(call)?.is_none_or(|since| since <= self.updated))
    }

    fn sorted_by(&self, call: &Call<'_>, key: &str) -> Option<SortValue> {
        let text = |text: &str| Some(SortValue::Text(text.to_owned()));
        match key {
            "created_at" | "launched_at" => Some(SortValue::Text(micros(self.created))),
            "updated_at" => Some(SortValue::Text(micros(self.updated))),
            "display_name" | "name" => text(&self.name),
            "uuid" | "id" => text(&self.id),
            "vm_state" => text(&call.word("OS-EXT-STS:vm_state", self.state)),
            "task_state" => text(&call.word("OS-EXT-STS:task_state", self.task.unwrap_or(""))),
            "power_state" => Some(SortValue::Number(u64::from(self.power()))),
            "availability_zone" => text(&self.zone),
            "key_name" => text(self.key.as_deref().unwrap_or("")),
            "instance_type_id" => text(&self.flavor),
            "image_ref" => text(&self.image),
            "display_description" => text(&self.description),
            "auto_disk_config" => text(&self.disk_config),
            "host_name" => text(&self.host_name()),
            "reservation_id" => text(&self.reservation()),
            "project_id" => text(&self.project),
            "terminated_at" => text(
                &self
                    .trouble
                    .as_ref()
                    .map_or(String::new(), |_| micros(self.updated)),
            ),
            _ => None,
        }
    }
}

/// The time of `changes-since`.
pub(super) fn since(call: &Call<'_>) -> Result<Option<Timestamp>, Fault> {
    let Some(text) = call.asked("changes-since") else {
        return Ok(None);
    };
    // A plus sign that was not encoded arrives as a blank; a time without a zone is in UTC.
    let text = text.replace(' ', "+");
    let time = text.parse().or_else(|_| format!("{text}Z").parse());
    time.map(Some)
        .map_err(|_| Fault::invalid("changes-since must be a time such as 2024-03-01T08:00:00Z"))
}

/// What is said when the server is not in a state that allows it.
pub(super) fn wrong_state(call: &Call<'_>, server: &Server) -> Fault {
    let fault = Fault::server_state();
    if Family::of(&call.path) == Family::Compute {
        let (state, task) = (server.state, server.task.unwrap_or("none"));
        fault
            .with_status(409)
            .saying(format!("the server is {state}, its task is {task}"))
    } else {
        fault
    }
}

/// Refuses what a lock keeps from a server.
pub(super) fn unlocked(server: &Server, call: &Call<'_>) -> Result<(), Fault> {
    if !server.locked {
        return Ok(());
    }
    Err(match Family::of(&call.path) {
        Family::Compute => Fault::locked().with_status(409),
        Family::Bare | Family::Elastic | Family::Identity => Fault::locked(),
    })
}

/// Keeps what was done to a server.
pub(super) fn remember(world: &mut World, server: &str, what: &'static str, call: &Call<'_>) {
    if let Some(server) = world.servers.get_mut(server) {
        if server.deeds.len() >= MOST_DEEDS {
            server.deeds.remove(0);
        }
        server.deeds.push(Deed {
            id: call.request_id.clone(),
            what,
            at: call.now,
        });
    }
}

/// Renames and describes a server. The host name stays as it is.
pub(super) fn update(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = &call.body["server"];
    let server: &mut Server = find_mut(world, call, call.parameter("server_id"))?;
    if let Some(name) = asked["name"].as_str() {
        name.clone_into(&mut server.name);
    }
    if let Some(description) = asked["description"].as_str() {
        description.clone_into(&mut server.description);
    }
    server.updated = call.now;
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    Ok(json!({ "server": server.facts(world, call) }).into())
}

/// Removes a server at once, and the volumes that were to go with it.
pub(super) fn delete(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    unlocked(server, call)?;
    world.vanish(call.parameter("server_id"), false, false);
    Ok(Answer::nothing())
}

/// The servers that a request names, each once.
pub(super) fn named(world: &World, call: &Call<'_>, list: &Value) -> Result<Vec<String>, Fault> {
    let mut ids: Vec<String> = Vec::new();
    for item in items(list) {
        let server: &Server = find(world, call, word(&item["id"]))?;
        if !ids.contains(&server.id) {
            ids.push(server.id.clone());
        }
    }
    if ids.is_empty() {
        return Err(Fault::invalid("servers is empty"));
    }
    if items(list).len() as u64 > call.limit(MOST_AT_ONCE) {
        return Err(Fault::invalid(
            "servers has more items than one request may be about",
        ));
    }
    Ok(ids)
}

/// Removes servers in a job, with their addresses and volumes where that is wished.
pub(super) fn delete_many(world: &mut World, call: &Call<'_>) -> Outcome {
    let ids = named(world, call, &call.body["servers"])?;
    let (volumes, addresses) = (
        truth(&call.body["delete_volume"]),
        truth(&call.body["delete_publicip"]),
    );
    let mut plan = Plan {
        kind: "deleteServer".into(),
        ..Plan::default()
    };
    for id in ids {
        let server: &mut Server = find_mut(world, call, &id)?;
        unlocked(server, call)?;
        server.task = Some("deleting");
        plan.parts
            .push(("deleteSingleServer".into(), ("server_id", id.clone())));
        plan.changes.push(Change::Vanish {
            server: id,
            volumes,
            addresses,
        });
    }
    let job = world.start(call.project(), plan);
    Ok(json!({ "job_id": job }).into())
}

/// Lists what was done to a server, the latest first.
pub(super) fn deeds(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let deeds = server
        .deeds
        .iter()
        .rev()
        .map(|deed| told(server, deed, call));
    Ok(json!({ "instanceActions": deeds.collect::<Vec<_>>() }).into())
}

fn told(server: &Server, deed: &Deed, call: &Call<'_>) -> Value {
    json!({
        "action": deed.what, "instance_uuid": server.id, "message": null, "project_id": server.project,
        "request_id": deed.id, "start_time": micros(deed.at), "user_id": call.caller.user,
    })
}

/// Shows one deed, and the steps that it took.
pub(super) fn deed(world: &mut World, call: &Call<'_>) -> Outcome {
    let id = call.parameter("request_id");
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let deed = server.deeds.iter().find(|deed| deed.id == id);
    let deed = deed.ok_or_else(|| Fault::missing("the action", id))?;
    let mut facts = told(server, deed, call);
    facts["events"] = json!([{
        "event": format!("compute_{}", deed.what), "result": "Success", "traceback": null,
        "start_time": micros(deed.at), "finish_time": micros(deed.at),
    }]);
    Ok(json!({ "instanceAction": facts }).into())
}
