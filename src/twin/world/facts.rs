//! What the world says of a thing, in more detail than any one edition asks for.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{Job, JobState, Server, World};

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
        "enterprise_project_id": world.id("enterprise"), "fault": null,
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

fn extensions(world: &World, server: &Server) -> Value {
    json!({
        "OS-EXT-STS:task_state": null, "OS-EXT-STS:vm_state": server.vm_state,
        "OS-EXT-STS:power_state": if server.status == "SHUTOFF" { 4 } else { 1 },
        "OS-EXT-SRV-ATTR:host": "twin.host", "OS-EXT-SRV-ATTR:instance_name": format!("instance-{:08x}", server.number),
        "OS-EXT-SRV-ATTR:hypervisor_hostname": "nova001@1", "OS-EXT-SRV-ATTR:hostname": format!("bms-{}", server.number),
        "OS-EXT-SRV-ATTR:reservation_id": format!("r-{:08x}", server.number), "OS-EXT-SRV-ATTR:launch_index": 0,
        "OS-EXT-SRV-ATTR:kernel_id": "", "OS-EXT-SRV-ATTR:ramdisk_id": "",
        "OS-EXT-SRV-ATTR:root_device_name": "/dev/sda", "OS-EXT-SRV-ATTR:user_data": "",
        "OS-EXT-AZ:availability_zone": "az-1", "OS-DCF:diskConfig": "MANUAL",
        "OS-SRV-USG:launched_at": micros(server.updated), "OS-SRV-USG:terminated_at": null,
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
    let status = match state {
        JobState::Waiting => "INIT",
        JobState::Running => "RUNNING",
        JobState::Done => "SUCCESS",
        JobState::Failed => "FAIL",
    };
    let mut facts = json!({
        "job_id": job.id, "job_type": job.kind, "status": status, "begin_time": millis(job.begun),
        "end_time": job.ended.map(millis), "error_code": null, "fail_reason": null, "message": null, "code": null,
        "entities": { "sub_jobs_total": 0, "sub_jobs": [], "server_id": job.server },
    });
    if state == JobState::Failed {
        facts["error_code"] = json!("BMS.3019");
        facts["fail_reason"] = json!("the volume could not be attached");
        facts["message"] = facts["fail_reason"].clone();
        facts["code"] = facts["error_code"].clone();
    }
    facts
}
