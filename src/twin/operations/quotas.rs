//! How much a project may have, and how much it has.

use serde_json::{Value, json};

use super::super::call::{Call, Outcome};
use super::super::family::Family;
use super::super::fault::Fault;
use super::super::world::{FloatingIp, SecurityGroup, Server, ServerGroup, World};
use super::create::MOST_SERVERS;
use super::pattern::{Thing, visible};

/// What a project may have of other things, and a server group of members.
pub(super) const MOST_KEYPAIRS: usize = 100;
pub(super) const MOST_SECURITY_GROUPS: usize = 100;
pub(super) const MOST_RULES: usize = 5000;
pub(super) const MOST_SERVER_GROUPS: usize = 10;
pub(super) const MOST_MEMBERS: usize = 16;
pub(super) const MOST_FLOATING_IPS: usize = 50;

/// Whether the caller's project may have one thing more of a kind.
pub(super) fn room<T: Thing>(world: &World, call: &Call<'_>, most: usize) -> Result<(), Fault> {
    room_beside(visible::<T>(world, call).count(), most, call)
}

/// Whether one more may stand beside so many.
pub(super) fn room_beside(n: usize, most: usize, call: &Call<'_>) -> Result<(), Fault> {
    if n < most {
        return Ok(());
    }
    let fault = Fault::over_quota();
    Err(match Family::of(&call.path) {
        Family::Compute => fault.with_status(403),
        Family::Bare | Family::Elastic | Family::Identity => fault,
    })
}

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
        "maxTotalKeypairs": MOST_KEYPAIRS, "maxServerMeta": 128, "maxPersonality": 5, "maxPersonalitySize": 10240,
        "maxServerGroups": MOST_SERVER_GROUPS, "maxServerGroupMembers": MOST_MEMBERS, "maxSecurityGroups": MOST_SECURITY_GROUPS,
        "maxSecurityGroupRules": MOST_RULES, "maxTotalFloatingIps": MOST_FLOATING_IPS, "maxImageMeta": 128,
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
        "fixed_ips": 40, "floating_ips": MOST_FLOATING_IPS, "key_pairs": MOST_KEYPAIRS, "metadata_items": 128, "injected_files": 5,
        "injected_file_content_bytes": 10240, "injected_file_path_bytes": 255, "security_groups": MOST_SECURITY_GROUPS,
        "security_group_rules": MOST_RULES, "server_groups": MOST_SERVER_GROUPS, "server_group_members": MOST_MEMBERS,
    } })
    .into())
}
