//! What every operation does: the table, and a file for each family of them.
//!
//! An operation of a known pattern is a line of [`TABLE`]: the request, the status of success where
//! the document names none, and what does the work. The names of parameters are the Twin's own;
//! documents call them differently.

mod attach;
mod change;
mod create;
mod flavors;
mod groups;
mod identity;
mod images;
mod jobs;
mod keypairs;
mod metadata;
mod networks;
mod page;
mod pattern;
mod quotas;
mod servers;
mod tags;
mod values;
mod versions;
mod volumes;

pub(super) use keypairs::fingerprint;

use super::call::{Call, Outcome};
use super::world::{
    Flavor, FloatingIp, Image, Keypair, Network, SecurityGroup, Server, ServerGroup, Snapshot,
    Volume, World,
};
use pattern::{delete, detail, list, show};

/// Does what an operation does and tells the facts of its answer.
pub(super) type Handler = fn(&mut World, &Call<'_>) -> Outcome;

/// Paths that clients use for documented ones: how they start, and how those start.
pub(super) const ALIASES: &[(&str, &str)] = &[
    ("/v1/{project_id}/servers", "/v1/{project_id}/cloudservers"),
    (
        "/v1/{project_id}/servers",
        "/v1/{project_id}/baremetalservers",
    ),
    ("/v2.1/servers", "/v1/{project_id}/cloudservers"),
    (
        "/v1/{project_id}/cloudservers",
        "/v1.1/{project_id}/cloudservers",
    ),
    (
        "/v2/{project_id}/cloudservers",
        "/v1/{project_id}/cloudservers",
    ),
    (
        "/v2/{project_id}/cloudservers",
        "/v1/{project_id}/baremetalservers",
    ),
    (
        "/v1/{project_id}/baremetalservers",
        "/v1.1/{project_id}/baremetalservers",
    ),
];

/// Requests that anybody may make: they say who somebody is, or which versions there are.
pub(super) const PUBLIC: &[&str] = &[
    "GET /",
    "GET /{api_version}",
    "GET /v3",
    "POST /v3/auth/tokens",
];

/// Operations that change nothing here, whatever is asked: they tell something, or what they do to real
/// servers no answer shows. There is nothing that one of them could leave undone, or do by mistake.
pub(super) const WITHOUT_EFFECT: &[&str] = &[
    "POST /v1/{project_id}/cloudservers/{server_id}/migrate",
    "POST /v1.0/servers/{server_id}/action#monitorMetrics",
    "POST /v1/{project_id}/servers/resource_instances/action",
    "POST /v2.1/{project_id}/servers/{server_id}/action#os-getConsoleOutput",
];

/// Query parameters and fields that are read and change nothing here: how hard a volume is pulled, whose
/// quota is shown where all have the same, and whose key pair is made where everybody makes their own.
/// Wrong values of them are refused, which is another promise.
pub(super) const WITHOUT_MEANING: &[(&str, &str)] = &[
    (
        "DELETE /v1/{project_id}/cloudservers/{server_id}/detachvolume/{volume_id}",
        "delete_flag",
    ),
    (
        "DELETE /v2.1/{project_id}/servers/{server_id}/os-volume_attachments/{volume_id}",
        "delete_flag",
    ),
    (
        "GET /v2.1/{project_id}/os-quota-sets/{quota_project_id}",
        "user_id",
    ),
    ("POST /v2.1/{project_id}/os-keypairs", "keypair.user_id"),
];

/// Every operation: the request, the usual status, what does the work.
#[rustfmt::skip]
pub(super) const TABLE: &[(&str, u16, Handler)] = &[
    // Versions and identity.
    ("GET /", 200, versions::list),
    ("GET /{api_version}", 200, versions::show),
    ("GET /v3", 200, identity::version),
    ("POST /v3/auth/tokens", 201, identity::create_token),
    ("GET /v3/auth/tokens", 200, identity::show_token),
    ("GET /v3/projects", 200, identity::projects),
    ("GET /v3/auth/projects", 200, identity::projects),

    // Bare-metal servers.
    ("POST /v1/{project_id}/baremetalservers", 202, create::in_job),
    ("GET /v1/{project_id}/baremetalservers/detail", 200, detail::<Server>),
    ("GET /v1/{project_id}/baremetalservers/flavors", 200, flavors::of_a_zone),
    ("GET /v1/{project_id}/baremetalservers/limits", 200, quotas::absolute_limits),
    ("POST /v1/{project_id}/baremetalservers/action#os-start", 200, change::start_many),
    ("POST /v1/{project_id}/baremetalservers/action#os-stop", 200, change::stop_many),
    ("POST /v1/{project_id}/baremetalservers/action#reboot", 200, change::reboot_many),
    ("POST /v1/{project_id}/baremetalservers/delete", 200, servers::delete_many),
    ("GET /v1/{project_id}/baremetalservers/{server_id}", 200, show::<Server>),
    ("PUT /v1/{project_id}/baremetalservers/{server_id}", 200, servers::update),
    ("POST /v1/{project_id}/baremetalservers/{server_id}/attachvolume", 202, attach::in_job),
    ("DELETE /v1/{project_id}/baremetalservers/{server_id}/detachvolume/{volume_id}", 202, attach::out_in_job),
    ("GET /v1/{project_id}/baremetalservers/{server_id}/os-volume_attachments", 200, attach::list),
    ("GET /v1/{project_id}/baremetalservers/{server_id}/os-interface", 200, networks::list),
    ("POST /v1/{project_id}/baremetalservers/{server_id}/nics", 202, networks::add_many),
    ("POST /v1/{project_id}/baremetalservers/{server_id}/nics/delete", 202, networks::remove_many),
    ("POST /v1/{project_id}/baremetalservers/{server_id}/metadata", 200, metadata::merge),
    ("GET /v1/{project_id}/baremetalservers/{server_id}/os-server-password", 200, change::password),
    ("DELETE /v1/{project_id}/baremetalservers/{server_id}/os-server-password", 204, change::forget_password),

    // Jobs.
    ("GET /v1/{project_id}/jobs/{job_id}", 200, jobs::show),

    // Elastic servers.
    ("POST /v1/{project_id}/cloudservers", 200, create::in_job),
    ("GET /v1/{project_id}/cloudservers/detail", 200, detail::<Server>),
    ("POST /v1/{project_id}/cloudservers/delete", 200, servers::delete_many),
    ("POST /v1/{project_id}/cloudservers/action#os-start", 200, change::start_many),
    ("POST /v1/{project_id}/cloudservers/action#os-stop", 200, change::stop_many),
    ("POST /v1/{project_id}/cloudservers/action#reboot", 200, change::reboot_many),
    ("GET /v1/{project_id}/cloudservers/flavors", 200, flavors::of_a_zone),
    ("GET /v1/{project_id}/cloudservers/limits", 200, quotas::absolute_limits),
    ("POST /v1/{project_id}/cloudservers/os-server-groups", 200, groups::create_server_group),
    ("GET /v1/{project_id}/cloudservers/os-server-groups", 200, list::<ServerGroup>),
    ("GET /v1/{project_id}/cloudservers/os-server-groups/{server_group_id}", 200, show::<ServerGroup>),
    ("DELETE /v1/{project_id}/cloudservers/os-server-groups/{server_group_id}", 204, groups::delete_server_group),
    ("POST /v1/{project_id}/cloudservers/os-server-groups/{server_group_id}/action#add_member", 200, groups::add_member),
    ("POST /v1/{project_id}/cloudservers/os-server-groups/{server_group_id}/action#remove_member", 200, groups::remove_member),
    ("GET /v1/{project_id}/cloudservers/{server_id}", 200, show::<Server>),
    ("PUT /v1/{project_id}/cloudservers/{server_id}", 200, servers::update),
    ("POST /v1/{project_id}/cloudservers/{server_id}/migrate", 200, change::migrate),
    ("POST /v1/{project_id}/cloudservers/{server_id}/resize", 200, change::resize_in_job),
    ("POST /v1/{project_id}/cloudservers/{server_id}/nics", 200, networks::add_many),
    ("POST /v1/{project_id}/cloudservers/{server_id}/nics/delete", 200, networks::remove_many),
    ("POST /v1/{project_id}/cloudservers/{server_id}/attachvolume", 200, attach::in_job),
    ("DELETE /v1/{project_id}/cloudservers/{server_id}/detachvolume/{volume_id}", 200, attach::out_in_job),
    ("GET /v1/{project_id}/cloudservers/{server_id}/os-volume_attachments", 200, attach::list),
    ("GET /v1/{project_id}/cloudservers/{server_id}/os-interface", 200, networks::list),
    ("POST /v1/{project_id}/cloudservers/{server_id}/metadata", 200, metadata::merge),
    ("DELETE /v1/{project_id}/cloudservers/{server_id}/metadata/{key}", 204, metadata::remove_one),
    ("GET /v1/{project_id}/cloudservers/{server_id}/os-server-password", 200, change::password),
    ("DELETE /v1/{project_id}/cloudservers/{server_id}/os-server-password", 204, change::forget_password),
    ("GET /v1/{project_id}/cloudservers/{server_id}/autorecovery", 200, change::recovery),
    ("PUT /v1/{project_id}/cloudservers/{server_id}/autorecovery", 204, change::set_recovery),
    ("POST /v2/{project_id}/cloudservers/{server_id}/reinstallos", 200, change::reinstall),
    ("POST /v2/{project_id}/cloudservers/{server_id}/changeos", 200, change::change_system),
    ("POST /v1.0/servers/{server_id}/action#monitorMetrics", 200, change::monitor),
    ("GET /v2.1/servers/{server_id}/block_device", 200, attach::list),
    ("GET /v2.1/servers/{server_id}/block_device/{volume_id}", 200, attach::show),

    // Keys with values.
    ("POST /v1/{project_id}/servers/resource_instances/action", 200, tags::servers_by_labels),
    ("POST /v1/{project_id}/servers/{server_id}/tags/action#action=create", 204, tags::add_labels),
    ("POST /v1/{project_id}/servers/{server_id}/tags/action#action=delete", 204, tags::remove_labels),
    ("GET /v1/{project_id}/servers/tags", 200, tags::all_labels),
    ("GET /v1/{project_id}/servers/{server_id}/tags", 200, tags::labels),

    // The compute API: servers.
    ("POST /v2.1/{project_id}/servers", 202, create::compute),
    ("GET /v2.1/{project_id}/servers", 200, list::<Server>),
    ("GET /v2.1/{project_id}/servers/detail", 200, detail::<Server>),
    ("GET /v2.1/{project_id}/servers/{server_id}", 200, show::<Server>),
    ("PUT /v2.1/{project_id}/servers/{server_id}", 200, servers::update),
    ("DELETE /v2.1/{project_id}/servers/{server_id}", 204, servers::delete),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#os-start", 202, change::start),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#os-stop", 202, change::stop),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#reboot", 202, change::reboot),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#lock", 202, change::lock),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#unlock", 202, change::unlock),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#rebuild", 202, change::rebuild),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#resize", 202, change::resize),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#confirmResize", 204, change::confirm_resize),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#revertResize", 202, change::revert_resize),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#createImage", 202, images::create_from_server),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#os-getConsoleOutput", 200, change::console),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#addSecurityGroup", 202, groups::enter),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#removeSecurityGroup", 202, groups::leave),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#addFloatingIp", 202, networks::add_address),
    ("POST /v2.1/{project_id}/servers/{server_id}/action#removeFloatingIp", 202, networks::remove_address),
    ("GET /v2.1/{project_id}/servers/{server_id}/os-server-password", 200, change::password),
    ("DELETE /v2.1/{project_id}/servers/{server_id}/os-server-password", 204, change::forget_password),
    ("GET /v2.1/{project_id}/servers/{server_id}/os-instance-actions", 200, servers::deeds),
    ("GET /v2.1/{project_id}/servers/{server_id}/os-instance-actions/{request_id}", 200, servers::deed),

    // The compute API: what belongs to a server.
    ("GET /v2.1/{project_id}/servers/{server_id}/metadata", 200, metadata::show),
    ("POST /v2.1/{project_id}/servers/{server_id}/metadata", 200, metadata::merge),
    ("PUT /v2.1/{project_id}/servers/{server_id}/metadata", 200, metadata::replace),
    ("GET /v2.1/{project_id}/servers/{server_id}/metadata/{key}", 200, metadata::show_one),
    ("PUT /v2.1/{project_id}/servers/{server_id}/metadata/{key}", 200, metadata::set_one),
    ("DELETE /v2.1/{project_id}/servers/{server_id}/metadata/{key}", 204, metadata::remove_one),
    ("GET /v2.1/{project_id}/servers/{server_id}/tags", 200, tags::list),
    ("PUT /v2.1/{project_id}/servers/{server_id}/tags", 200, tags::replace),
    ("DELETE /v2.1/{project_id}/servers/{server_id}/tags", 204, tags::clear),
    ("GET /v2.1/{project_id}/servers/{server_id}/tags/{tag}", 204, tags::show),
    ("PUT /v2.1/{project_id}/servers/{server_id}/tags/{tag}", 201, tags::add),
    ("DELETE /v2.1/{project_id}/servers/{server_id}/tags/{tag}", 204, tags::remove),
    ("GET /v2.1/{project_id}/servers/{server_id}/ips", 200, networks::addresses),
    ("GET /v2.1/{project_id}/servers/{server_id}/ips/{network}", 200, networks::addresses_in),
    ("GET /v2.1/{project_id}/servers/{server_id}/os-interface", 200, networks::list),
    ("GET /v2.1/{project_id}/servers/{server_id}/os-interface/{port_id}", 200, networks::show),
    ("POST /v2.1/{project_id}/servers/{server_id}/os-interface", 200, networks::add),
    ("DELETE /v2.1/{project_id}/servers/{server_id}/os-interface/{port_id}", 202, networks::remove),
    ("GET /v2.1/{project_id}/servers/{server_id}/os-volume_attachments", 200, attach::list),
    ("GET /v2.1/{project_id}/servers/{server_id}/os-volume_attachments/{volume_id}", 200, attach::show),
    ("POST /v2.1/{project_id}/servers/{server_id}/os-volume_attachments", 200, attach::at_once),
    ("DELETE /v2.1/{project_id}/servers/{server_id}/os-volume_attachments/{volume_id}", 202, attach::out_at_once),
    ("GET /v2.1/{project_id}/servers/{server_id}/os-security-groups", 200, groups::of_server),

    // The compute API: the rest.
    ("GET /v2.1/{project_id}/flavors", 200, list::<Flavor>),
    ("GET /v2.1/{project_id}/flavors/detail", 200, detail::<Flavor>),
    ("GET /v2.1/{project_id}/flavors/{flavor_id}", 200, show::<Flavor>),
    ("GET /v2.1/{project_id}/flavors/{flavor_id}/os-extra_specs", 200, flavors::extra_specs),
    ("GET /v2.1/{project_id}/images", 200, list::<Image>),
    ("GET /v2.1/{project_id}/images/detail", 200, detail::<Image>),
    ("GET /v2.1/{project_id}/images/{image_id}", 200, show::<Image>),
    ("GET /v2.1/{project_id}/images/{image_id}/metadata", 200, images::metadata),
    ("DELETE /v2.1/{project_id}/images/{image_id}", 204, delete::<Image>),
    ("GET /v2.1/{project_id}/os-keypairs", 200, list::<Keypair>),
    ("GET /v2.1/{project_id}/os-keypairs/{keypair_name}", 200, show::<Keypair>),
    ("POST /v2.1/{project_id}/os-keypairs", 200, keypairs::create),
    ("DELETE /v2.1/{project_id}/os-keypairs/{keypair_name}", 202, delete::<Keypair>),
    ("GET /v2.1/{project_id}/os-networks", 200, list::<Network>),
    ("GET /v2.1/{project_id}/limits", 200, quotas::limits),
    ("GET /v2.1/{project_id}/os-quota-sets/{quota_project_id}", 200, quotas::quota),
    ("GET /v2.1/{project_id}/os-quota-sets/{quota_project_id}/defaults", 200, quotas::quota),
    ("POST /v2.1/{project_id}/os-server-groups", 200, groups::create_server_group),
    ("GET /v2.1/{project_id}/os-server-groups", 200, list::<ServerGroup>),
    ("GET /v2.1/{project_id}/os-server-groups/{server_group_id}", 200, show::<ServerGroup>),
    ("DELETE /v2.1/{project_id}/os-server-groups/{server_group_id}", 204, groups::delete_server_group),
    ("GET /v2.1/{project_id}/os-security-groups", 200, list::<SecurityGroup>),
    ("POST /v2.1/{project_id}/os-security-groups", 200, groups::create_security_group),
    ("GET /v2.1/{project_id}/os-security-groups/{security_group_id}", 200, show::<SecurityGroup>),
    ("PUT /v2.1/{project_id}/os-security-groups/{security_group_id}", 200, groups::update_security_group),
    ("DELETE /v2.1/{project_id}/os-security-groups/{security_group_id}", 202, delete::<SecurityGroup>),
    ("POST /v2.1/{project_id}/os-security-group-rules", 200, groups::create_rule),
    ("DELETE /v2.1/{project_id}/os-security-group-rules/{security_group_rule_id}", 202, groups::delete_rule),
    ("GET /v2.1/{project_id}/os-volumes", 200, list::<Volume>),
    ("GET /v2.1/{project_id}/os-volumes/detail", 200, detail::<Volume>),
    ("GET /v2.1/{project_id}/os-volumes/{volume_id}", 200, show::<Volume>),
    ("POST /v2.1/{project_id}/os-volumes", 200, volumes::create),
    ("DELETE /v2.1/{project_id}/os-volumes/{volume_id}", 202, delete::<Volume>),
    ("GET /v2.1/{project_id}/os-snapshots", 200, list::<Snapshot>),
    ("POST /v2.1/{project_id}/os-snapshots", 200, volumes::create_snapshot),
    ("GET /v2.1/{project_id}/os-snapshots/{snapshot_id}", 200, show::<Snapshot>),
    ("DELETE /v2.1/{project_id}/os-snapshots/{snapshot_id}", 202, delete::<Snapshot>),
    ("GET /v2.1/{project_id}/os-floating-ips", 200, list::<FloatingIp>),
    ("POST /v2.1/{project_id}/os-floating-ips", 200, networks::create_address),
    ("GET /v2.1/{project_id}/os-floating-ips/{floating_ip_id}", 200, show::<FloatingIp>),
    ("DELETE /v2.1/{project_id}/os-floating-ips/{floating_ip_id}", 202, delete::<FloatingIp>),
    ("GET /v2.1/{project_id}/os-floating-ip-pools", 200, networks::pools),
];
