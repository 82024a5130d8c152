//! What the world says of servers and jobs, in more detail than any one edition asks for.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::call::Call;
use super::family::Family;
use super::world::{Job, JobState, Part, Port, Server, World};

pub(super) fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

pub(super) fn micros(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%6f").to_string()
}

pub(super) fn millis(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// Links to a thing: from within the API, and for good.
pub(super) fn links(call: &Call<'_>, of: &str, id: &str) -> Value {
    let link = |rel: &str, href: String| json!({ "rel": rel, "href": href });
    let bookmark = format!("{}/{}/{of}/{id}", call.base, call.project());
    json!([
        link("self", call.link(&format!("{of}/{id}"))),
        link("bookmark", bookmark)
    ])
}

/// Everything about a server.
pub(super) fn server(world: &World, call: &Call<'_>, server: &Server) -> Value {
    let user = &call.caller.user;
    let (host, enterprise) = (&*world.host, &*world.enterprise);
    let mut facts = json!({
        "id": server.id, "name": server.name, "status": server.status(), "progress": 0,
        "user_id": user, "tenant_id": server.project, "hostId": host.replace('-', ""),
        "created": seconds(server.created), "updated": seconds(server.updated),
        "key_name": server.key, "accessIPv4": "", "accessIPv6": "", "config_drive": "",
        "description": server.description, "locked": server.locked, "host_status": "UP",
        "tags": server.tags, "metadata": server.metadata, "links": links(call, "servers", &server.id),
        "enterprise_project_id": enterprise, "fault": fault(server),
        "image": image(world, call, server), "flavor": flavor(world, call, server),
        "security_groups": groups(world, call, server), "addresses": addresses(world, server),
        "sys_tags": [{ "key": "_sys_enterprise_project_id", "value": enterprise }],
        "os:scheduler_hints": {
            "dec_baremetal": ["share"], "group": server.server_group.as_slice(), "tenancy": ["shared"],
            "dedicated_host_id": [],
        },
        "os-extended-volumes:volumes_attached": volumes(world, server),
        "host": host,
    });
    if let (Value::Object(facts), Value::Object(more)) = (&mut facts, extensions(server)) {
        facts.extend(more);
    }
    facts
}

/// What of a server its networks know.
pub(super) fn addresses(world: &World, server: &Server) -> Value {
    let mut networks = serde_json::Map::new();
    for port in world.ports_of(server) {
        let list = networks
            .entry(port.network.clone())
            .or_insert_with(|| json!([]));
        if let Some(list) = list.as_array_mut() {
            list.push(address(port, &port.ip, "fixed"));
            for id in world.addresses_at(&port.id) {
                let floating = world.floating_ips.get(&id);
                list.extend(floating.map(|floating| address(port, &floating.ip, "floating")));
            }
        }
    }
    Value::Object(networks)
}

fn address(port: &Port, ip: &str, kind: &str) -> Value {
    json!({
        "version": 4, "addr": ip, "OS-EXT-IPS:type": kind, "OS-EXT-IPS-MAC:mac_addr": port.mac,
        "OS-EXT-IPS:port_id": port.id,
    })
}

fn volumes(world: &World, server: &Server) -> Vec<Value> {
    let volumes = world.volumes_of(server).into_iter();
    volumes
        .map(|(volume, slot)| {
            json!({
                "id": volume.id, "delete_on_termination": !slot.stays, "device": slot.device,
                "bootIndex": if volume.bootable { "0" } else { "-1" },
            })
        })
        .collect()
}

/// The API for bare-metal servers calls groups by their ids.
fn groups(world: &World, call: &Call<'_>, server: &Server) -> Vec<Value> {
    let by_id = Family::of(&call.path) == Family::Bare;
    let groups = server.groups.iter();
    groups
        .map(|id| {
            let known = world.security_groups.get(id).filter(|_| !by_id);
            let name = known.map_or(id, |group| &group.name);
            json!({ "id": id, "name": name })
        })
        .collect()
}

fn image(world: &World, call: &Call<'_>, server: &Server) -> Value {
    let known = world.images.get(&server.image);
    json!({
        "id": server.image, "name": known.map(|image| &image.name),
        "__os_type": known.map(|image| &image.system), "links": links(call, "images", &server.image),
    })
}

fn flavor(world: &World, call: &Call<'_>, server: &Server) -> Value {
    let known = world.flavors.get(&server.flavor);
    let number = |of: fn(&super::world::Flavor) -> u64| known.map_or(0, of);
    json!({
        "id": server.flavor, "name": server.flavor, "original_name": server.flavor,
        "disk": number(|flavor| flavor.disk), "vcpus": number(|flavor| u64::from(flavor.vcpus)),
        "ram": number(|flavor| flavor.ram), "ephemeral": 0, "swap": 0,
        "links": links(call, "flavors", &server.flavor),
        "extra_specs": known.map(|flavor| &flavor.specs),
        "gpus": [{ "name": "twin", "count": 1, "memory_mb": 1024 }],
        "asic_accelerators": [{ "name": "twin", "count": 1, "memory_mb": 1024 }],
    })
}

fn fault(server: &Server) -> Value {
    server.trouble.as_ref().map_or(Value::Null, |message| {
        json!({
            "message": message, "code": 500, "details": message, "created": seconds(server.updated),
        })
    })
}

fn extensions(server: &Server) -> Value {
    let launched = (server.state != "building").then(|| micros(server.updated));
    let number = server.number;
    json!({
        "OS-EXT-STS:task_state": server.task, "OS-EXT-STS:vm_state": server.state,
        "OS-EXT-STS:power_state": server.power(),
        "OS-EXT-SRV-ATTR:host": "twin.host", "OS-EXT-SRV-ATTR:instance_name": format!("instance-{number:08x}"),
        "OS-EXT-SRV-ATTR:hypervisor_hostname": "nova001@1", "OS-EXT-SRV-ATTR:hostname": server.host_name(),
        "OS-EXT-SRV-ATTR:reservation_id": server.reservation(), "OS-EXT-SRV-ATTR:launch_index": 0,
        "OS-EXT-SRV-ATTR:kernel_id": "", "OS-EXT-SRV-ATTR:ramdisk_id": "",
        "OS-EXT-SRV-ATTR:root_device_name": "/dev/sda", "OS-EXT-SRV-ATTR:user_data": server.user_data,
        "OS-EXT-AZ:availability_zone": server.zone, "OS-DCF:diskConfig": server.disk_config,
        "OS-SRV-USG:launched_at": launched,
        "OS-SRV-USG:terminated_at": server.trouble.as_ref().map(|_| micros(server.updated)),
    })
}

/// Everything about a job.
pub(super) fn job(job: &Job, state: JobState) -> Value {
    let parts = job.parts.iter().map(|known| part(job, known, state));
    let parts: Vec<Value> = parts.collect();
    let mut facts = progress(job, state);
    facts["job_id"] = json!(job.id);
    facts["job_type"] = json!(job.kind);
    facts["entities"] = json!({ "sub_jobs_total": parts.len(), "sub_jobs": parts });
    if let Some((word, id)) = &job.about {
        facts["entities"][*word] = json!(id);
    }
    facts
}

fn part(job: &Job, part: &Part, state: JobState) -> Value {
    let state = match state {
        JobState::Failed if !part.fails => JobState::Done,
        state => state,
    };
    let mut facts = progress(job, state);
    facts["job_id"] = json!(part.id);
    facts["job_type"] = json!(part.kind);
    facts["entities"] = json!({ part.about.0: part.about.1 });
    facts
}

/// How far a job is, and what went wrong.
fn progress(job: &Job, state: JobState) -> Value {
    let status = match state {
        JobState::Waiting => "INIT",
        JobState::Running => "RUNNING",
        JobState::Done => "SUCCESS",
        JobState::Failed => "FAIL",
    };
    let failed = state == JobState::Failed;
    let code = failed.then_some("BMS.3019");
    let reason = failed.then_some("the job did not do what it was to do");
    json!({
        "status": status, "begin_time": millis(job.begun), "end_time": job.ended.map(millis),
        "error_code": code, "fail_reason": reason, "message": reason, "code": code,
    })
}
