//! A world becomes a file again, with the ids and times that the seed decided.

use jiff::Timestamp;

use super::super::{
    About, Flavor, FloatingIp, Image, JobState, Keypair, Network, Part, Port, Project, Role, Rule,
    Server, ServerGroup, Snapshot, User, Volume, World,
};
use super::{
    AttachedEntry, FlavorEntry, FloatingIpEntry, ImageEntry, JobEntry, KeypairEntry, NetworkEntry,
    NicEntry, PartEntry, PortEntry, ProjectEntry, RoleWord, RuleEntry, SecurityGroupEntry,
    ServerEntry, ServerGroupEntry, SnapshotEntry, StateWord, UserEntry, VERSION, VolumeEntry,
    WorldFile,
};

fn time(time: Timestamp) -> Option<String> {
    Some(time.to_string())
}

/// A number as a file may hold it.
fn small(number: u64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

/// An id that is written out.
fn told(id: &str) -> Option<String> {
    Some(id.to_owned())
}

impl World {
    /// The file that describes this world. What is under way is told as what it comes to.
    pub(in crate::twin) fn tell(&self) -> serde_json::Value {
        let people = &self.people;
        let servers = self.servers.values();
        let loose = self.ports.values().filter(|port| port.server.is_none());
        let file = WorldFile {
            version: VERSION,
            now: time(self.now),
            domain: people.domain.as_ref().map(|domain| domain.name.clone()),
            projects: people.projects.iter().map(project).collect(),
            users: people
                .users
                .iter()
                .map(|user| self.told_user(user))
                .collect(),
            flavors: self.flavors.values().map(flavor).collect(),
            images: self.images.values().map(image).collect(),
            networks: self.networks.values().map(network).collect(),
            security_groups: self.told_security_groups(),
            server_groups: self.server_groups.values().map(server_group).collect(),
            keypairs: self.keypairs.values().map(keypair).collect(),
            volumes: self.volumes.values().map(volume).collect(),
            servers: servers.map(|server| self.told_server(server)).collect(),
            ports: loose.map(loose_port).collect(),
            snapshots: self.snapshots.values().map(snapshot).collect(),
            floating_ips: self.floating_ips.values().map(floating_ip).collect(),
            jobs: self.told_jobs(),
        };
        file.to_json()
    }

    fn told_user(&self, user: &User) -> UserEntry {
        UserEntry {
            name: user.name.clone(),
            id: told(&user.id),
            project: told(&user.project),
            role: match user.role {
                Role::Admin => RoleWord::Admin,
                Role::Reader => RoleWord::Reader,
            },
            password: told(&user.password),
            access_key: told(&user.access),
            secret_key: told(&user.secret),
            token: self.people.token_of(&user.id).map(str::to_owned),
        }
    }

    fn told_security_groups(&self) -> Vec<SecurityGroupEntry> {
        let groups = self.security_groups.values();
        let rule = |rule: &Rule| RuleEntry {
            id: told(&rule.id),
            protocol: rule.protocol.clone(),
            from_port: rule.from,
            to_port: rule.to,
            cidr: rule.cidr.clone(),
            group: rule.group.clone(),
        };
        groups
            .map(|group| SecurityGroupEntry {
                name: group.name.clone(),
                id: told(&group.id),
                project: told(&group.project),
                description: group.description.clone(),
                rules: group.rules.iter().map(rule).collect(),
            })
            .collect()
    }

    fn told_server(&self, server: &Server) -> ServerEntry {
        ServerEntry {
            name: server.name.clone(),
            id: told(&server.id),
            count: None,
            project: told(&server.project),
            number: Some(small(server.number)),
            description: server.description.clone(),
            flavor: server.flavor.clone(),
            image: server.image.clone(),
            state: state(server),
            fault: server.trouble.clone(),
            key_name: server.key.clone(),
            availability_zone: server.zone.clone(),
            created: time(server.created),
            updated: time(server.updated),
            metadata: Some(server.metadata.clone()),
            tags: server.tags.clone(),
            labels: server.labels.clone(),
            security_groups: Some(server.groups.clone()),
            server_group: server.server_group.clone(),
            locked: server.locked,
            auto_recovery: server.recovers,
            password: server.password.clone(),
            user_data: server.user_data.clone(),
            disk_config: server.disk_config.clone(),
            resized_from: server.resized_from.clone(),
            nics: self.ports_of(server).map(nic).collect(),
            volumes: self
                .volumes_of(server)
                .into_iter()
                .map(|(volume, slot)| AttachedEntry {
                    volume: volume.id.clone(),
                    device: told(&slot.device),
                    delete_with_server: !slot.stays,
                })
                .collect(),
        }
    }

    fn told_jobs(&self) -> Vec<JobEntry> {
        let about = |word: &str, about: &About| (about.0 == word).then(|| about.1.clone());
        let part = |part: &Part| PartEntry {
            kind: part.kind.to_string(),
            server: about("server_id", &part.about),
            port: about("nic_id", &part.about),
        };
        let ended = self
            .jobs
            .values()
            .filter(|job| matches!(job.state(self.now), JobState::Done | JobState::Failed));
        ended
            .map(|job| JobEntry {
                kind: job.kind.to_string(),
                project: told(&job.project),
                failed: job.fails,
                server: job
                    .about
                    .as_ref()
                    .and_then(|known| about("server_id", known)),
                port: job.about.as_ref().and_then(|known| about("nic_id", known)),
                sub_jobs: job.parts.iter().map(part).collect(),
            })
            .collect()
    }
}

fn volume(volume: &Volume) -> VolumeEntry {
    VolumeEntry {
        name: volume.name.clone(),
        id: told(&volume.id),
        count: None,
        project: told(&volume.project),
        description: volume.description.clone(),
        size_gb: small(volume.size),
        kind: volume.kind.clone(),
        availability_zone: volume.zone.clone(),
        created: time(volume.created),
        snapshot: volume.snapshot.clone(),
        metadata: volume.metadata.clone(),
        bootable: volume.bootable,
        scsi: volume.scsi,
        attaching_fails: volume.cursed,
    }
}

fn nic(port: &Port) -> NicEntry {
    NicEntry {
        network: port.network.clone(),
        id: told(&port.id),
        ip: told(&port.ip),
        mac: told(&port.mac),
    }
}

fn state(server: &Server) -> StateWord {
    match server.state {
        "stopped" => StateWord::Stopped,
        "suspended" => StateWord::Suspended,
        "paused" => StateWord::Paused,
        "error" => StateWord::Error,
        "resized" => StateWord::Resized,
        "building" => StateWord::Building,
        _ => StateWord::Active,
    }
}

fn project(project: &Project) -> ProjectEntry {
    ProjectEntry {
        name: project.name.clone(),
        id: told(&project.id),
    }
}

fn flavor(flavor: &Flavor) -> FlavorEntry {
    FlavorEntry {
        id: flavor.id.clone(),
        vcpus: flavor.vcpus,
        ram_mb: small(flavor.ram),
        disk_gb: small(flavor.disk),
        extra_specs: flavor.specs.clone(),
    }
}

fn image(image: &Image) -> ImageEntry {
    ImageEntry {
        name: image.name.clone(),
        id: told(&image.id),
        project: image.project.clone(),
        os_type: image.system.clone(),
        created: time(image.created),
        min_disk_gb: small(image.min_disk),
        min_ram_mb: small(image.min_ram),
        metadata: image.metadata.clone(),
    }
}

fn network(network: &Network) -> NetworkEntry {
    NetworkEntry {
        name: network.name.clone(),
        id: told(&network.id),
        project: told(&network.project),
        subnet_id: told(&network.subnet),
        cidr: network.range.to_string(),
    }
}

fn server_group(group: &ServerGroup) -> ServerGroupEntry {
    ServerGroupEntry {
        name: group.name.clone(),
        id: told(&group.id),
        project: told(&group.project),
        policies: group.policies.clone(),
    }
}

fn keypair(key: &Keypair) -> KeypairEntry {
    KeypairEntry {
        name: key.name.clone(),
        project: told(&key.project),
        kind: key.kind.clone(),
        public_key: key.public.clone(),
        created: time(key.created),
    }
}

fn loose_port(port: &Port) -> PortEntry {
    PortEntry {
        network: port.network.clone(),
        id: told(&port.id),
        project: told(&port.project),
        ip: told(&port.ip),
        mac: told(&port.mac),
    }
}

fn snapshot(snapshot: &Snapshot) -> SnapshotEntry {
    SnapshotEntry {
        name: snapshot.name.clone(),
        id: told(&snapshot.id),
        project: told(&snapshot.project),
        volume: snapshot.volume.clone(),
        description: snapshot.description.clone(),
        created: time(snapshot.created),
    }
}

fn floating_ip(ip: &FloatingIp) -> FloatingIpEntry {
    FloatingIpEntry {
        ip: ip.ip.clone(),
        id: told(&ip.id),
        project: told(&ip.project),
        server: None,
        port: ip.port.clone(),
    }
}
