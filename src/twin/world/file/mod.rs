//! A world as a file: what people write for `proofhouse twin --world`, and what `--print-world`
//! prints. The world that a Twin starts with is such a file, too: `seed.json`.
//!
//! Main entries: [`World::read`] and [`World::tell`]. What is left out follows from the seed (ids) or from the start of the
//! world (times). Things refer to each other by name or id. Jobs that are under way and tokens are
//! not in it.

mod build;
mod build_servers;
mod read;
mod tell;

pub use read::{WorldError, WorldProblem};

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

#[cfg(doc)]
use super::World;

/// The version of the format.
const VERSION: u32 = 1;

/// A world: projects, who may ask, and what there is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct WorldFile {
    /// The version of this format: 1.
    version: u32,
    /// When the world starts, as `2024-03-01T08:00:00Z`.
    now: Option<String>,
    /// The domain that the projects belong to.
    domain: Option<String>,
    /// Who owns things. Whoever does not say a project is in the first one.
    projects: Vec<ProjectEntry>,
    /// Who may ask. The first one is what `proofhouse twin` tells and lends.
    users: Vec<UserEntry>,
    /// Types of servers.
    #[serde(default)]
    flavors: Vec<FlavorEntry>,
    /// Images of operating systems.
    #[serde(default)]
    images: Vec<ImageEntry>,
    /// Networks, each with one subnet.
    #[serde(default)]
    networks: Vec<NetworkEntry>,
    /// What network traffic is let in.
    #[serde(default)]
    security_groups: Vec<SecurityGroupEntry>,
    /// Servers that are kept apart.
    #[serde(default)]
    server_groups: Vec<ServerGroupEntry>,
    /// Public keys.
    #[serde(default)]
    keypairs: Vec<KeypairEntry>,
    /// Volumes, attached or not.
    #[serde(default)]
    volumes: Vec<VolumeEntry>,
    /// Servers, the oldest first.
    #[serde(default)]
    servers: Vec<ServerEntry>,
    /// Network cards that no server has.
    #[serde(default)]
    ports: Vec<PortEntry>,
    /// Copies of volumes.
    #[serde(default)]
    snapshots: Vec<SnapshotEntry>,
    /// Addresses that can be reached from everywhere.
    #[serde(default)]
    floating_ips: Vec<FloatingIpEntry>,
    /// Jobs that ended before the world starts.
    #[serde(default)]
    jobs: Vec<JobEntry>,
}

/// A project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ProjectEntry {
    name: String,
    id: Option<String>,
}

/// Somebody at home in a project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct UserEntry {
    name: String,
    id: Option<String>,
    project: Option<String>,
    /// What the user may do when permissions are on.
    #[serde(default)]
    role: RoleWord,
    /// `NAME-Password-1` where nothing is said.
    password: Option<String>,
    access_key: Option<String>,
    secret_key: Option<String>,
    /// A token that is good for as long as the Twin runs.
    token: Option<String>,
}

/// What a user may do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum RoleWord {
    /// Everything.
    #[default]
    Admin,
    /// Whatever changes nothing.
    Reader,
}

/// A type of server. One whose `resource_type` is `ironic` is made of metal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FlavorEntry {
    id: String,
    vcpus: u32,
    ram_mb: u32,
    #[serde(default)]
    disk_gb: u32,
    #[serde(default)]
    extra_specs: BTreeMap<String, String>,
}

/// An image; everybody's where it names no project.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ImageEntry {
    name: String,
    id: Option<String>,
    project: Option<String>,
    os_type: String,
    created: Option<String>,
    #[serde(default)]
    min_disk_gb: u32,
    #[serde(default)]
    min_ram_mb: u32,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
}

/// A network with one subnet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NetworkEntry {
    name: String,
    id: Option<String>,
    project: Option<String>,
    subnet_id: Option<String>,
    /// Its addresses, as `192.168.0.0/16`.
    cidr: String,
}

/// A security group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SecurityGroupEntry {
    name: String,
    id: Option<String>,
    project: Option<String>,
    #[serde(default)]
    description: String,
    #[serde(default)]
    rules: Vec<RuleEntry>,
}

/// What a security group lets in: addresses, or another group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct RuleEntry {
    id: Option<String>,
    protocol: Option<String>,
    from_port: Option<i64>,
    to_port: Option<i64>,
    cidr: Option<String>,
    group: Option<String>,
}

/// A server group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ServerGroupEntry {
    name: String,
    id: Option<String>,
    project: Option<String>,
    policies: Vec<String>,
}

/// A public key.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct KeypairEntry {
    name: String,
    project: Option<String>,
    #[serde(rename = "type", default = "ssh")]
    kind: String,
    /// As OpenSSH writes it.
    public_key: String,
    created: Option<String>,
}

/// A volume, or several of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct VolumeEntry {
    name: String,
    id: Option<String>,
    /// So many of them, called NAME-1, NAME-2 and so on.
    count: Option<u32>,
    project: Option<String>,
    description: Option<String>,
    size_gb: u32,
    #[serde(rename = "type", default = "ssd")]
    kind: String,
    #[serde(default = "zone")]
    availability_zone: String,
    created: Option<String>,
    snapshot: Option<String>,
    #[serde(default)]
    metadata: BTreeMap<String, String>,
    #[serde(default)]
    bootable: bool,
    /// Whether it is a SCSI device, as bare-metal servers need.
    #[serde(default = "yes")]
    scsi: bool,
    /// Whether jobs that attach it fail.
    #[serde(default)]
    attaching_fails: bool,
}

/// A server, or several of one kind.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct ServerEntry {
    name: String,
    id: Option<String>,
    /// So many of them, called NAME-1, NAME-2 and so on.
    count: Option<u32>,
    project: Option<String>,
    /// The number in host and instance names; the next free one where nothing is said.
    number: Option<u32>,
    #[serde(default)]
    description: String,
    flavor: String,
    image: String,
    #[serde(default)]
    state: StateWord,
    /// What went wrong; makes the state an error.
    fault: Option<String>,
    key_name: Option<String>,
    #[serde(default = "zone")]
    availability_zone: String,
    created: Option<String>,
    updated: Option<String>,
    /// What such a cloud writes there, where nothing is said.
    metadata: Option<BTreeMap<String, String>>,
    /// Words.
    #[serde(default)]
    tags: Vec<String>,
    /// Keys with values.
    #[serde(default)]
    labels: BTreeMap<String, String>,
    /// The group `default` where nothing is said.
    security_groups: Option<Vec<String>>,
    server_group: Option<String>,
    #[serde(default)]
    locked: bool,
    #[serde(default = "yes")]
    auto_recovery: bool,
    #[serde(default)]
    password: String,
    #[serde(default)]
    user_data: String,
    #[serde(default = "manual")]
    disk_config: String,
    /// The flavor before a resize that waits to be confirmed.
    resized_from: Option<String>,
    /// Network cards, the first one first.
    #[serde(default)]
    nics: Vec<NicEntry>,
    #[serde(default)]
    volumes: Vec<AttachedEntry>,
}

/// The stable state of a server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum StateWord {
    #[default]
    Active,
    Stopped,
    Suspended,
    Paused,
    Error,
    /// Of another flavor, which nobody confirmed yet.
    Resized,
    /// Will be active soon.
    Building,
}

/// A network card of a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NicEntry {
    network: String,
    id: Option<String>,
    ip: Option<String>,
    mac: Option<String>,
}

/// A volume at a server.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct AttachedEntry {
    volume: String,
    /// The next free one where nothing is said.
    device: Option<String>,
    #[serde(default)]
    delete_with_server: bool,
}

/// A network card that no server has.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PortEntry {
    network: String,
    id: Option<String>,
    project: Option<String>,
    ip: Option<String>,
    mac: Option<String>,
}

/// A copy of a volume.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct SnapshotEntry {
    name: String,
    id: Option<String>,
    project: Option<String>,
    volume: String,
    description: Option<String>,
    created: Option<String>,
}

/// A floating address, which leads to the first network card of a server, to this card, or nowhere.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct FloatingIpEntry {
    ip: String,
    id: Option<String>,
    project: Option<String>,
    server: Option<String>,
    /// The id or the address of a network card.
    port: Option<String>,
}

/// A job that ended.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct JobEntry {
    #[serde(rename = "type")]
    kind: String,
    project: Option<String>,
    /// Whether it failed; of one that was divided, the first part did.
    #[serde(default)]
    failed: bool,
    server: Option<String>,
    /// The id or the address of a network card.
    port: Option<String>,
    #[serde(default)]
    sub_jobs: Vec<PartEntry>,
}

/// A part of a job.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct PartEntry {
    #[serde(rename = "type")]
    kind: String,
    server: Option<String>,
    port: Option<String>,
}

fn yes() -> bool {
    true
}

fn ssh() -> String {
    "ssh".to_owned()
}

fn ssd() -> String {
    "SSD".to_owned()
}

fn zone() -> String {
    "az-1".to_owned()
}

fn manual() -> String {
    "MANUAL".to_owned()
}

impl WorldFile {
    /// The file as JSON, without what says nothing.
    pub(super) fn to_json(&self) -> Value {
        let mut file = serde_json::to_value(self).unwrap_or_default();
        drop_nothing(&mut file);
        file
    }
}

/// The JSON Schema of the format.
pub fn world_schema() -> Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12();
    let mut schema = settings
        .into_generator()
        .into_root_schema_for::<WorldFile>();
    schema.insert("title".to_owned(), "world.json".into());
    schema.to_value()
}

/// Takes out whatever says nothing: reading gives it back.
fn drop_nothing(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.retain(|_, member| !member.is_null() && *member != "");
            members.values_mut().for_each(drop_nothing);
        }
        Value::Array(items) => items.iter_mut().for_each(drop_nothing),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
