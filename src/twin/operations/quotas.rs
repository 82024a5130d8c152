//! How much a project may have, and how much it has.

use serde_json::{Value, json};

use super::super::call::{Call, Outcome};
use super::super::fault::Fault;
use super::super::world::{FloatingIp, SecurityGroup, Server, ServerGroup, World};
use super::create::MOST_SERVERS;
use super::pattern::visible;

/// As the limits of both APIs tell it.
fn absolute(world: &World, call: &Call<'_>) -> Value {
    let servers = visible::<Server>(world, call);
    let (mut n_servers, mut cores, mut ram) = (0_u64, 0_u64, 0_u64);
    for server in servers {
        n_servers += 1;
        if let Some(flavor) = world.flavors.get(&server.flavor) {
            cores += u64::from(flavor.vcpus);
            ram += flavor.ram;
        }
    }
    json!({
        "maxTotalInstances": MOST_SERVERS, "maxTotalCores": 1_000_000, "maxTotalRAMSize": 1_000_000_000_u64,
        "maxTotalKeypairs": 100, "maxServerMeta": 128, "maxPersonality": 5, "maxPersonalitySize": 10240,
        "maxServerGroups": 10, "maxServerGroupMembers": 16, "maxSecurityGroups": 100,
        "maxSecurityGroupRules": 5000, "maxTotalFloatingIps": 50, "maxImageMeta": 128,
        "maxClusterServerGroupMembers": 16, "maxFaultDomainMembers": 10,
        "totalInstancesUsed": n_servers, "totalCoresUsed": cores, "totalRAMUsed": ram,
        "totalServerGroupsUsed": visible::<ServerGroup>(world, call).count(),
        "totalSecurityGroupsUsed": visible::<SecurityGroup>(world, call).count(),
        "totalFloatingIpsUsed": visible::<FloatingIp>(world, call).count(),
    })
}

/// Limits, and the rates of requests, of which there are none.
pub(super) fn limits(world: &mut World, call: &Call<'_>) -> Outcome {
    Ok(json!({ "limits": { "rate": [], "absolute": absolute(world, call) } }).into())
}

/// Limits alone.
pub(super) fn absolute_limits(world: &mut World, call: &Call<'_>) -> Outcome {
    Ok(json!({ "absolute": absolute(world, call) }).into())
}

/// The quota of a project, which is that of every project.
pub(super) fn quota(_: &mut World, call: &Call<'_>) -> Outcome {
    let asked = call.parameter("quota_project_id");
    if asked != call.project() {
        return Err(Fault::forbidden());
    }
    Ok(json!({ "quota_set": {
        "id": asked, "instances": MOST_SERVERS, "cores": 1_000_000, "ram": 1_000_000_000_u64,
        "fixed_ips": 40, "floating_ips": 50, "key_pairs": 100, "metadata_items": 128, "injected_files": 5,
        "injected_file_content_bytes": 10240, "injected_file_path_bytes": 255, "security_groups": 100,
        "security_group_rules": 5000, "server_groups": 10, "server_group_members": 16,
    } })
    .into())
}
