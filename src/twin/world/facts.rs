//! What the world says of a thing, in more detail than any one edition asks for.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Job, JobState, Part, Server, World};

fn seconds(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

fn micros(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%6f").to_string()
}

fn millis(time: Timestamp) -> String {
    time.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
}

/// Everything about a server.
pub(in crate::twin) fn server_facts(world: &World, server: &Server) -> Value {
    let (network, port) = (
        world.id("network"),
        world.id(&format!("port {}", server.number)),
    );
    let image = world.id("image");
    let flavor = "physical.s3.large";
    let link = |rel: &str, of: &str, id: &str| json!({ "rel": rel, "href": format!("https://twin.invalid/{of}/{id}") });
    let links = |of: &str, id: &str| json!([link("self", of, id), link("bookmark", of, id)]);
    let volumes: Vec<Value> = world
        .volumes_of(&server.id)
        .into_iter()
        .map(|(volume, device)| {
            let boot = if volume.bootable { "0" } else { "-1" };
            json!({ "id": volume.id, "delete_on_termination": false, "bootIndex": boot, "device": device })
        })
        .collect();
    let mut facts = json!({
        "id": server.id, "name": server.name, "status": server.status, "progress": 0,
        "user_id": world.id("user"), "tenant_id": server.project, "hostId": world.id("host").replace('-', ""),
        "created": seconds(server.created), "updated": seconds(server.updated),
        "key_name": "keypair-twin", "accessIPv4": "", "accessIPv6": "", "config_drive": "",
        "description": format!("bare metal {}", server.number), "locked": false, "host_status": "UP",
        "tags": ["__type_baremetal"], "links": links("servers", &server.id),
        "enterprise_project_id": world.id("enterprise"), "fault": fault(server),
        "image": { "id": image, "name": "Twin Linux", "__os_type": "Linux", "links": links("images", &image) },
        "flavor": {
            "id": flavor, "name": flavor, "disk": "600", "vcpus": "32", "ram": "196608",
            "links": links("flavors", flavor),
            "gpus": [{ "name": "twin", "count": 1, "memory_mb": 1024 }],
            "asic_accelerators": [{ "name": "twin", "count": 1, "memory_mb": 1024 }],
        },
        "security_groups": [{ "id": world.id("group"), "name": world.id("group") }],
        "sys_tags": [{ "key": "_sys_enterprise_project_id", "value": world.id("enterprise") }],
        "os:scheduler_hints": { "dec_baremetal": ["share"], "group": [world.id("servergroup")] },
    });
    let address = json!({
        "version": 4, "addr": format!("192.168.0.{}", server.number), "OS-EXT-IPS:type": "fixed",
        "OS-EXT-IPS-MAC:mac_addr": format!("fa:16:3e:00:00:{:02x}", server.number), "OS-EXT-IPS:port_id": port,
    });
    facts["addresses"] = json!({ network.as_str(): [address] });
    facts["os-extended-volumes:volumes_attached"] = json!(volumes);
    facts["metadata"] = metadata(world, &image, flavor, &network, &port);
    let more = extensions(world, server);
    if let (Value::Object(facts), Value::Object(more)) = (&mut facts, more) {
        facts.extend(more);
    }
    facts
}

fn fault(server: &Server) -> Value {
    server.trouble.map_or(Value::Null, |trouble| {
        json!({
            "message": trouble.message, "code": 500, "details": trouble.message, "created": seconds(server.updated),
        })
    })
}

fn extensions(world: &World, server: &Server) -> Value {
    json!({
        "OS-EXT-STS:task_state": server.trouble.map(|trouble| trouble.task_state), "OS-EXT-STS:vm_state": server.vm_state,
        "OS-EXT-STS:power_state": if server.status == "SHUTOFF" { 4 } else { 1 },
        "OS-EXT-SRV-ATTR:host": "twin.host", "OS-EXT-SRV-ATTR:instance_name": format!("instance-{:08x}", server.number),
        "OS-EXT-SRV-ATTR:hypervisor_hostname": "nova001@1", "OS-EXT-SRV-ATTR:hostname": format!("bms-{}", server.number),
        "OS-EXT-SRV-ATTR:reservation_id": format!("r-{:08x}", server.number), "OS-EXT-SRV-ATTR:launch_index": 0,
        "OS-EXT-SRV-ATTR:kernel_id": "", "OS-EXT-SRV-ATTR:ramdisk_id": "",
        "OS-EXT-SRV-ATTR:root_device_name": "/dev/sda", "OS-EXT-SRV-ATTR:user_data": "",
        "OS-EXT-AZ:availability_zone": "az-1", "OS-DCF:diskConfig": "MANUAL",
        "OS-SRV-USG:launched_at": micros(server.updated), "OS-SRV-USG:terminated_at": server.trouble.map(|_| micros(server.updated)),
        "host": world.id("host"),
    })
}

fn metadata(world: &World, image: &str, flavor: &str, network: &str, port: &str) -> Value {
    json!({
        "chargingMode": "1", "metering.order_id": "CS0000000001", "metering.product_id": "00301-00001-0--0",
        "vpc_id": network, "metering.image_id": image, "metering.imagetype": "gold", "metering.image_type": "gold",
        "baremetalPortIDList": format!("[{port}]"), "metering.resourcespeccode": format!("{flavor}.linux"),
        "metering.resourcetype": "__type_baremetal", "metering.resource_type": "__type_baremetal",
        "image_name": "Twin Linux", "op_svc_userid": world.id("user").replace('-', ""), "os_type": "Linux",
        "__bms_support_evs": "true", "os_bit": "64", "key": "value",
    })
}

/// Everything about a job.
pub(in crate::twin) fn job_facts(job: &Job, state: JobState) -> Value {
    let parts: Vec<Value> = job
        .parts
        .iter()
        .map(|part| part_facts(job, part, state))
        .collect();
    let mut facts = progress(job, state);
    facts["job_id"] = json!(job.id);
    facts["job_type"] = json!(job.kind);
    facts["entities"] =
        json!({ "sub_jobs_total": parts.len(), "sub_jobs": parts, "server_id": job.server });
    facts
}

fn part_facts(job: &Job, part: &Part, state: JobState) -> Value {
    let state = match state {
        JobState::Failed if !part.fails => JobState::Done,
        state => state,
    };
    let mut facts = progress(job, state);
    facts["job_id"] = json!(part.id);
    facts["job_type"] = json!(part.kind);
    facts["entities"] = json!([{ part.about.0: part.about.1 }]);
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
    let (code, reason) = match state {
        JobState::Failed => (
            json!("BMS.3019"),
            json!("the job did not do what it was to do"),
        ),
        JobState::Waiting | JobState::Running | JobState::Done => (Value::Null, Value::Null),
    };
    json!({
        "status": status, "begin_time": millis(job.begun), "end_time": job.ended.map(millis),
        "error_code": code, "fail_reason": reason, "message": reason, "code": code,
    })
}
