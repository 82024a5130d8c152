//! A file becomes a world: ids and times that nobody wrote follow from the seed, names become ids.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::net::Ipv4Addr;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::super::people::{People, Project, Role, User};
use super::super::{
    Flavor, FloatingIp, Illness, Image, Keypair, Network, Place, Plan, Port, Range, Rule,
    SecurityGroup, ServerGroup, Snapshot, Volume, World, key_of,
};
use super::read::{Flaw, nearest};
use super::{
    JobEntry, NetworkEntry, NicEntry, RoleWord, SecurityGroupEntry, VolumeEntry, WorldFile,
};

/// 2024-03-01T08:00:00Z: a day like any other.
const START: Timestamp = Timestamp::constant(1_709_280_000, 0);
/// From 1970 to 2200: a little may be added to or taken from any such time.
const YEARS: RangeInclusive<i64> = 86_400..=7_258_118_400;
/// How long ago the jobs of a file were begun; that is enough for them to end.
const JOBS_ENDED: Duration = Duration::from_secs(60);
/// Things that one entry may stand for.
const MOST_OF_A_KIND: u32 = 20_000;

/// A world that is being built.
pub(super) struct Builder {
    pub(super) world: World,
    /// Ids by kind, project and name, and by kind, project and id.
    names: BTreeMap<(&'static str, String, String), String>,
    /// Addresses that the file gives away itself.
    pub(super) given: BTreeSet<String>,
    n_ports: u32,
    flaws: Vec<Flaw>,
}

impl Builder {
    pub(super) fn new(seed: u64) -> Self {
        Self {
            world: World::empty(seed, START),
            names: BTreeMap::new(),
            given: BTreeSet::new(),
            n_ports: 0,
            flaws: Vec::new(),
        }
    }

    /// The world, or all that keeps it from being one.
    pub(super) fn build(mut self, file: &WorldFile) -> Result<World, Vec<Flaw>> {
        self.world.now = self.time(file.now.as_deref(), START);
        self.people(file);
        self.flavors_and_images(file);
        file.networks.iter().for_each(|entry| self.network(entry));
        self.groups(file);
        self.keypairs(file);
        file.volumes.iter().for_each(|entry| self.volumes(entry));
        self.servers(file);
        self.snapshots(file);
        self.addresses(file);
        // The jobs of the file ended before it all starts.
        self.world.now -= JOBS_ENDED;
        file.jobs.iter().for_each(|entry| self.job(entry));
        self.world.advance(JOBS_ENDED, Illness::default());
        if self.flaws.is_empty() {
            Ok(self.world)
        } else {
            Err(self.flaws)
        }
    }

    pub(super) fn flaw(&mut self, word: &str, what: impl Into<String>) {
        let word = word.to_owned();
        self.flaws.push(Flaw {
            word,
            what: what.into(),
        });
    }

    /// A time that is written, or the usual one.
    pub(super) fn time(&mut self, written: Option<&str>, usual: Timestamp) -> Timestamp {
        let Some(text) = written else { return usual };
        let time: Option<Timestamp> = text.parse().ok();
        time.filter(|time| YEARS.contains(&time.as_second()))
            .unwrap_or_else(|| {
                let what = "is no time of these centuries; write it as 2024-03-01T08:00:00Z";
                self.flaw(text, format!("`{text}` {what}"));
                usual
            })
    }

    /// The project that is named, or the first one.
    pub(super) fn project(&mut self, named: Option<&str>) -> String {
        match named {
            Some(name) => self.refer("project", "", name),
            None => {
                let first = self.world.people.projects.first();
                first.map(|project| project.id.clone()).unwrap_or_default()
            }
        }
    }

    /// The id of a thing, written or by the seed, and known by its name from here on.
    pub(super) fn id(
        &mut self,
        kind: &'static str,
        project: &str,
        name: &str,
        written: Option<&str>,
    ) -> String {
        let of_seed = || self.world.id(&format!("{kind} {project} {name}"));
        let id = written.map_or_else(of_seed, str::to_owned);
        let by = |word: &str| (kind, project.to_owned(), word.to_owned());
        let is_taken = self.names.contains_key(&by(&id))
            || (written.is_none() && self.names.contains_key(&by(name)));
        if is_taken {
            self.flaw(
                written.unwrap_or(name),
                format!("there are two {kind}s `{name}`; give each an `id` of its own"),
            );
        }
        self.names.insert(by(&id), id.clone());
        // The first of a name keeps it.
        self.names.entry(by(name)).or_insert_with(|| id.clone());
        id
    }

    /// The id of the thing that a name or id stands for, in a project or for everybody.
    pub(super) fn refer(&mut self, kind: &'static str, project: &str, name: &str) -> String {
        let key = |project: &str| (kind, project.to_owned(), name.to_owned());
        let found = self
            .names
            .get(&key(project))
            .or_else(|| self.names.get(&key("")));
        if let Some(id) = found {
            return id.clone();
        }
        let visible = self
            .names
            .keys()
            .filter(|(known, owner, _)| *known == kind && (owner == project || owner.is_empty()));
        let like = nearest(name, visible.map(|(_, _, name)| name.as_str()));
        let hint = like.map(|like| format!("; did you mean `{like}`?"));
        let what = format!("there is no {kind} `{name}`{}", hint.unwrap_or_default());
        self.flaw(name, what);
        String::new()
    }

    /// The names of so many things of a kind.
    pub(super) fn each(&mut self, name: &str, count: Option<u32>, id: Option<&str>) -> Vec<String> {
        let Some(count) = count else {
            return vec![name.to_owned()];
        };
        if count > MOST_OF_A_KIND || id.is_some() {
            self.flaw(
                name,
                format!("`count` may be up to {MOST_OF_A_KIND}, and excludes `id`"),
            );
            return Vec::new();
        }
        (1..=count)
            .map(|number| format!("{name}-{number}"))
            .collect()
    }

    fn people(&mut self, file: &WorldFile) {
        let domain = file.domain.clone();
        let mut people = People::default();
        people.domain = Some(Project {
            id: self.world.id("domain").replace('-', ""),
            name: domain.unwrap_or_else(|| "twin-domain".to_owned()),
        });
        for entry in &file.projects {
            let id = self.id("project", "", &entry.name, entry.id.as_deref());
            let name = entry.name.clone();
            people.projects.push(Project { id, name });
        }
        if file.projects.is_empty() || file.users.is_empty() {
            self.flaw("projects", "a world needs a project and a user");
        }
        self.world.people = Arc::new(people.clone());
        for entry in &file.users {
            let name = &entry.name;
            let hex = |what: &str| self.world.id(&format!("{what} {name}")).replace('-', "");
            let (id, access, secret) = (hex("user"), hex("access"), hex("secret"));
            let token = entry.token.clone().unwrap_or_else(|| hex("token"));
            let user = User {
                id: entry.id.clone().unwrap_or(id),
                name: name.clone(),
                password: entry
                    .password
                    .clone()
                    .unwrap_or_else(|| format!("{name}-Password-1")),
                access: entry
                    .access_key
                    .clone()
                    .unwrap_or_else(|| access[..20].to_uppercase()),
                secret: entry.secret_key.clone().unwrap_or(secret),
                project: self.project(entry.project.as_deref()),
                role: match entry.role {
                    RoleWord::Admin => Role::Admin,
                    RoleWord::Reader => Role::Reader,
                },
            };
            // The tokens of the start are good for as long as the Twin runs.
            people.admit(&token, user.at_home(), Timestamp::MAX);
            people.users.push(user);
        }
        self.world.people = Arc::new(people);
    }

    fn flavors_and_images(&mut self, file: &WorldFile) {
        for entry in &file.flavors {
            let id = self.id("flavor", "", &entry.id, Some(&entry.id));
            let flavor = Flavor {
                id: id.clone(),
                vcpus: entry.vcpus,
                ram: entry.ram_mb.into(),
                disk: entry.disk_gb.into(),
                specs: entry.extra_specs.clone(),
            };
            self.world.flavors.insert(&id, flavor);
        }
        for entry in &file.images {
            let project = entry
                .project
                .as_deref()
                .map(|name| self.project(Some(name)));
            let owner = project.clone().unwrap_or_default();
            let image = Image {
                id: self.id("image", &owner, &entry.name, entry.id.as_deref()),
                project,
                name: entry.name.clone(),
                system: entry.os_type.clone(),
                created: self.time(entry.created.as_deref(), self.world.now),
                min_disk: entry.min_disk_gb.into(),
                min_ram: entry.min_ram_mb.into(),
                metadata: entry.metadata.clone(),
            };
            self.world.images.insert(&image.id.clone(), image);
        }
    }

    fn network(&mut self, entry: &NetworkEntry) {
        let project = self.project(entry.project.as_deref());
        let id = self.id("network", &project, &entry.name, entry.id.as_deref());
        let of_seed = self.world.id(&format!("subnet {project} {}", entry.name));
        let Some(range) = Range::parse(&entry.cidr) else {
            let what = format!(
                "`{}` is no range of addresses; write it as 192.168.0.0/16",
                entry.cidr
            );
            return self.flaw(&entry.cidr, what);
        };
        let network = Network {
            id: id.clone(),
            project,
            name: entry.name.clone(),
            subnet: entry.subnet_id.clone().unwrap_or(of_seed),
            range,
        };
        self.world.networks.insert(&id, network);
    }

    fn groups(&mut self, file: &WorldFile) {
        for entry in &file.server_groups {
            let project = self.project(entry.project.as_deref());
            let group = ServerGroup {
                id: self.id("server group", &project, &entry.name, entry.id.as_deref()),
                project,
                name: entry.name.clone(),
                policies: entry.policies.clone(),
            };
            self.world.server_groups.insert(&group.id.clone(), group);
        }
        // A rule may let in a group that comes later.
        let mut ids = Vec::new();
        for entry in &file.security_groups {
            let project = self.project(entry.project.as_deref());
            let id = self.id("security group", &project, &entry.name, entry.id.as_deref());
            ids.push((project, id));
        }
        for (entry, (project, id)) in file.security_groups.iter().zip(ids) {
            let group = SecurityGroup {
                rules: self.rules(entry, &project, &id),
                id: id.clone(),
                project,
                name: entry.name.clone(),
                description: entry.description.clone(),
            };
            self.world.security_groups.insert(&id, group);
        }
    }

    fn rules(&mut self, entry: &SecurityGroupEntry, project: &str, group: &str) -> Vec<Rule> {
        let mut rules = Vec::new();
        for (place, rule) in entry.rules.iter().enumerate() {
            let of_seed = self.world.id(&format!("rule {place} of {group}"));
            let from = rule.group.as_deref();
            rules.push(Rule {
                id: rule.id.clone().unwrap_or(of_seed),
                protocol: rule.protocol.clone(),
                from: rule.from_port,
                to: rule.to_port,
                cidr: rule.cidr.clone(),
                group: from.map(|name| self.refer("security group", project, name)),
            });
        }
        rules
    }

    fn keypairs(&mut self, file: &WorldFile) {
        for (number, entry) in (1..).zip(&file.keypairs) {
            let project = self.project(entry.project.as_deref());
            let fingerprint = crate::twin::operations::fingerprint(&entry.public_key);
            if fingerprint.is_none() {
                let what = format!("the `public_key` of `{}` is none", entry.name);
                self.flaw(&entry.public_key, what);
            }
            let key = Keypair {
                name: entry.name.clone(),
                number,
                kind: entry.kind.clone(),
                public: entry.public_key.clone(),
                fingerprint: fingerprint.unwrap_or_default(),
                created: self.time(entry.created.as_deref(), self.world.now),
                project,
            };
            self.id("key pair", &key.project, &key.name, None);
            self.world
                .keypairs
                .insert(&key_of(&key.project, &key.name), key);
        }
    }

    fn volumes(&mut self, entry: &VolumeEntry) {
        let project = self.project(entry.project.as_deref());
        for name in self.each(&entry.name, entry.count, entry.id.as_deref()) {
            let volume = Volume {
                id: self.id("volume", &project, &name, entry.id.as_deref()),
                project: project.clone(),
                name,
                description: entry.description.clone(),
                size: entry.size_gb.into(),
                kind: entry.kind.clone(),
                zone: entry.availability_zone.clone(),
                created: self.time(entry.created.as_deref(), self.world.now),
                snapshot: entry.snapshot.clone(),
                metadata: entry.metadata.clone(),
                bootable: entry.bootable,
                scsi: entry.scsi,
                cursed: entry.attaching_fails,
                place: Place::Free,
            };
            self.world.volumes.insert(&volume.id.clone(), volume);
        }
    }

    fn snapshots(&mut self, file: &WorldFile) {
        for entry in &file.snapshots {
            let project = self.project(entry.project.as_deref());
            let volume = self.refer("volume", &project, &entry.volume);
            let snapshot = Snapshot {
                id: self.id("snapshot", &project, &entry.name, entry.id.as_deref()),
                project,
                name: entry.name.clone(),
                description: entry.description.clone(),
                size: self
                    .world
                    .volumes
                    .get(&volume)
                    .map_or(0, |volume| volume.size),
                volume,
                created: self.time(entry.created.as_deref(), self.world.now),
            };
            self.world.snapshots.insert(&snapshot.id.clone(), snapshot);
        }
    }

    fn addresses(&mut self, file: &WorldFile) {
        for entry in &file.floating_ips {
            let project = self.project(entry.project.as_deref());
            if entry.ip.parse::<Ipv4Addr>().is_err() {
                self.flaw(&entry.ip, format!("`{}` is no address", entry.ip));
            }
            let named = entry
                .port
                .as_deref()
                .map(|port| self.refer("port", &project, port));
            let first = entry.server.as_deref().and_then(|name| {
                let server = self.refer("server", &project, name);
                self.world.servers.get(&server)?.ports.first().cloned()
            });
            let ip = FloatingIp {
                id: self.id("floating ip", &project, &entry.ip, entry.id.as_deref()),
                project,
                ip: entry.ip.clone(),
                pool: FloatingIp::POOL.to_owned(),
                port: named.or(first),
            };
            self.world.floating_ips.insert(&ip.id.clone(), ip);
        }
    }

    fn job(&mut self, entry: &JobEntry) {
        let project = self.project(entry.project.as_deref());
        let mut about = |server: Option<&str>, port: Option<&str>| match (server, port) {
            (Some(server), _) => Some(("server_id", self.refer("server", &project, server))),
            (None, Some(port)) => Some(("nic_id", self.refer("port", &project, port))),
            (None, None) => None,
        };
        let whole = about(entry.server.as_deref(), entry.port.as_deref());
        let parts = entry.sub_jobs.iter().filter_map(|part| {
            let about = about(part.server.as_deref(), part.port.as_deref())?;
            Some((Cow::Owned(part.kind.clone()), about))
        });
        let plan = Plan {
            kind: Cow::Owned(entry.kind.clone()),
            about: whole,
            parts: parts.collect(),
            fails: entry.failed,
            ..Plan::default()
        };
        self.world.start(&project, plan);
    }

    /// An address that the file gives nobody.
    fn free_address(&mut self, range: Range) -> String {
        for _ in 0..range.len() {
            self.n_ports += 1;
            let ip = range.nth(self.n_ports).to_string();
            if !self.given.contains(&ip) {
                return ip;
            }
        }
        String::new()
    }

    /// A network card at an address, which the seed knows it by. None where its network is none, which
    /// was told already.
    pub(super) fn port(&mut self, project: &str, nic: &NicEntry) -> Option<Port> {
        let network = self.refer("network", project, &nic.network);
        let range = self.world.networks.get(&network)?.range;
        let ip = match &nic.ip {
            Some(ip) => ip.clone(),
            None => self.free_address(range),
        };
        if !ip.parse().is_ok_and(|ip| range.contains(ip)) {
            let what = format!("`{ip}` is no address of the network `{}`", nic.network);
            self.flaw(&ip, what);
        }
        let number = self.world.ports.len() + 1;
        let mac = format!(
            "fa:16:3e:00:{:02x}:{:02x}",
            number / 256 % 256,
            number % 256
        );
        Some(Port {
            id: self.id("port", project, &ip, nic.id.as_deref()),
            project: project.to_owned(),
            network,
            mac: nic.mac.clone().unwrap_or(mac),
            ip,
            server: None,
            primary: false,
            stays: false,
        })
    }

    /// A little after a server was made.
    pub(super) fn after(created: Timestamp) -> Timestamp {
        created
            .checked_add(SignedDuration::from_mins(14))
            .unwrap_or(created)
    }
}
