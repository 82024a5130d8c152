//! The small believable world that a Twin starts with, and what of it is lent.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::people::{People, Project, Role, User};
use super::{
    Deed, Flavor, FloatingIp, Illness, Image, Keypair, Network, Place, Plan, Port, Rule,
    SecurityGroup, Server, ServerGroup, Slot, Snapshot, Volume, World,
};

/// 2024-03-01T08:00:00Z: a day like any other.
const START: i64 = 1_709_280_000;
/// Volumes that can be attached: more than the largest documented limit.
const N_VOLUMES: u32 = 80;
/// A public key whose private half nobody has.
const PUBLIC_KEY: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIHR3aW50d2ludHdpbnR3aW50d2ludHdpbnR3aW50d2lu twin";

impl World {
    /// A world with nothing in it.
    pub(in crate::twin) fn empty(seed: u64) -> Self {
        World {
            seed,
            now: Timestamp::from_second(START).unwrap_or(Timestamp::UNIX_EPOCH),
            n_made: 0,
            people: Arc::default(),
            servers: Default::default(),
            flavors: Default::default(),
            images: Default::default(),
            keypairs: Default::default(),
            volumes: Default::default(),
            snapshots: Default::default(),
            networks: Default::default(),
            ports: Default::default(),
            security_groups: Default::default(),
            server_groups: Default::default(),
            floating_ips: Default::default(),
            jobs: Default::default(),
            agenda: BTreeMap::new(),
        }
    }

    /// The world of this seed.
    pub(in crate::twin) fn new(seed: u64) -> Self {
        let mut world = Self::empty(seed);
        world.add_people();
        world.add_flavors();
        world.add_image("image", "Twin Linux", "Linux", None);
        world.add_image("image 2", "Twin Windows", "Windows", None);
        world.add_image("own image", "my-image", "Linux", Some("home"));
        for (project, third) in [("home", 0), ("other", 1)] {
            world.add_network(project, third);
            world.add_security_groups(project);
        }
        world.add_keypair();
        world.add_servers();
        world.add_volumes();
        world.add_groups_and_addresses();
        world.add_old_jobs();
        world
    }

    fn project_id(&self, name: &str) -> String {
        self.id(&format!("project {name}"))
    }

    fn add_people(&mut self) {
        let domain = Project {
            id: self.id("domain").replace('-', ""),
            name: "twin-domain".to_owned(),
        };
        let project = |name: &str| Project {
            id: self.project_id(name),
            name: name.to_owned(),
        };
        let user = |name: &str, project: &str, role| {
            let hex = |what: &str| self.id(&format!("{what} {name}")).replace('-', "");
            User {
                id: hex("user"),
                name: name.to_owned(),
                password: format!("{name}-Password-1"),
                access: hex("access")[..20].to_uppercase(),
                secret: hex("secret"),
                project: self.project_id(project),
                role,
            }
        };
        let users = vec![
            user("twin", "home", Role::Admin),
            user("reader", "home", Role::Reader),
            user("neighbour", "other", Role::Admin),
        ];
        let mut people = People::default();
        for user in &users {
            // The tokens of the start are good for as long as the Twin runs.
            let token = self.id(&format!("token {}", user.name)).replace('-', "");
            people.admit(&token, user.at_home(), Timestamp::MAX);
        }
        people.projects = vec![project("home"), project("other")];
        (people.domain, people.users) = (Some(domain), users);
        self.people = Arc::new(people);
    }

    fn add_flavors(&mut self) {
        for (id, vcpus, ram, disk) in [
            ("physical.s3.large", 32, 196_608, 600),
            ("physical.h2.large", 64, 393_216, 1200),
            ("s3.medium.2", 1, 2048, 0),
            ("s3.large.2", 2, 4096, 0),
            ("c3.xlarge.4", 4, 16_384, 0),
        ] {
            let kind = id.split('.').next().unwrap_or(id);
            let text = |pairs: &[(&str, &str)]| -> BTreeMap<String, String> {
                let pairs = pairs.iter();
                pairs.map(|(k, v)| ((*k).into(), (*v).into())).collect()
            };
            let specs = match kind {
                "physical" => text(&[
                    ("resource_type", "ironic"),
                    ("capabilities:board_type", "s3"),
                    ("capabilities:cpu_arch", "x86_64"),
                    ("capabilities:hypervisor_type", "ironic"),
                    ("baremetal:disk_detail", "2*600GB SAS"),
                    ("baremetal:netcard_detail", "2*10GE"),
                ]),
                kind => text(&[
                    ("ecs:performancetype", "normal"),
                    ("ecs:generation", kind),
                    ("resource_type", "IOoptimizedS3_2"),
                    ("ecs:virtualization_env_types", "FusionCompute"),
                    ("cond:operation:status", "normal"),
                    ("cond:operation:az", "az-1(normal)"),
                ]),
            };
            let flavor = Flavor {
                id: id.to_owned(),
                vcpus,
                ram,
                disk,
                specs,
            };
            self.flavors.insert(id, flavor);
        }
    }

    fn add_image(&mut self, what: &str, name: &str, system: &str, project: Option<&str>) {
        let metadata = [
            ("image_type", "gold"),
            ("os_type", system),
            ("os_bit", "64"),
            ("key", "value"),
        ];
        let image = Image {
            id: self.id(what),
            project: project.map(|name| self.project_id(name)),
            name: name.to_owned(),
            system: system.to_owned(),
            created: self.now - SignedDuration::from_hours(24 * 300),
            min_disk: 40,
            min_ram: 1024,
            metadata: metadata.map(|(k, v)| (k.into(), v.into())).into(),
        };
        self.images.insert(&image.id.clone(), image);
    }

    fn add_network(&mut self, project: &str, third: u8) {
        let suffix = if project == "home" { "" } else { " other" };
        let network = Network {
            id: self.id(&format!("network{suffix}")),
            project: self.project_id(project),
            name: "vpc-twin".to_owned(),
            subnet: self.id(&format!("subnet{suffix}")),
            prefix: [192, 168, third],
        };
        self.networks.insert(&network.id.clone(), network);
    }

    fn add_security_groups(&mut self, project: &str) {
        let suffix = if project == "home" { "" } else { " other" };
        let project = self.project_id(project);
        let own = self.id(&format!("group{suffix}"));
        let rule = |world: &Self, number: u32, cidr: Option<&str>, group: Option<&str>| Rule {
            id: world.id(&format!("rule {number}{suffix}")),
            protocol: Some("tcp".to_owned()),
            from: Some(22),
            to: Some(22),
            cidr: cidr.map(str::to_owned),
            group: group.map(str::to_owned),
        };
        let rules = vec![
            rule(self, 1, Some("0.0.0.0/0"), None),
            rule(self, 2, None, Some(&own)),
        ];
        let web = rule(self, 3, Some("192.0.2.0/24"), None);
        for (id, name, rules) in [
            (own, "default", rules),
            (self.id(&format!("group web{suffix}")), "web", vec![web]),
            (self.id(&format!("group idle{suffix}")), "idle", Vec::new()),
        ] {
            let group = SecurityGroup {
                id: id.clone(),
                project: project.clone(),
                name: name.to_owned(),
                description: name.to_owned(),
                rules,
            };
            self.security_groups.insert(&id, group);
        }
    }

    fn add_keypair(&mut self) {
        let project = self.project_id("home");
        let key = Keypair {
            name: "keypair-twin".to_owned(),
            number: 1,
            kind: "ssh".to_owned(),
            public: PUBLIC_KEY.to_owned(),
            fingerprint: crate::twin::operations::fingerprint(PUBLIC_KEY).unwrap_or_default(),
            created: self.now - SignedDuration::from_hours(24 * 90),
            project,
        };
        self.keypairs.insert(&key_of(&key.project, &key.name), key);
    }

    fn add_servers(&mut self) {
        for (number, project, state) in [
            (1, "home", "active"),
            (2, "home", "active"),
            (3, "home", "stopped"),
            (4, "home", "suspended"),
            (5, "home", "error"),
            (6, "home", "active"),
            (7, "home", "resized"),
            (9, "other", "active"),
        ] {
            let server = self.seeded_server(number, project, state);
            let id = server.id.clone();
            self.servers.insert(&id, server);
            let n_ports = if number == 1 { 2 } else { 1 };
            for place in 0..n_ports {
                let port = self.seeded_port(number, place, project, Some(&id));
                self.plug(port);
            }
        }
        let spare = self.seeded_port(200, 0, "home", None);
        self.plug(spare);
    }

    fn seeded_server(&self, number: u64, project: &str, state: &'static str) -> Server {
        let suffix = if project == "home" { "" } else { " other" };
        let days = i64::try_from(number).unwrap_or(0);
        let created = self.now - SignedDuration::from_hours(24 * days);
        // The sixth and seventh are elastic, the others are made of metal.
        let bare = number != 6 && number != 7;
        let flavor = if bare {
            "physical.s3.large"
        } else {
            "s3.medium.2"
        };
        let trouble = (state == "error").then_some("the disks could not be wiped");
        let (network, port) = (
            self.id(&format!("network{suffix}")),
            self.id(&format!("port {number} 0")),
        );
        let metadata = seeded_metadata(self, bare, flavor, &network, &port);
        Server {
            id: self.id(&format!("server {number}")),
            project: self.project_id(project),
            name: format!("{}-{number}", if bare { "bms" } else { "ecs" }),
            number,
            order: number,
            description: format!("server {number}"),
            flavor: flavor.to_owned(),
            image: self.id("image"),
            key: Some("keypair-twin".to_owned()),
            zone: "az-1".to_owned(),
            state,
            task: trouble.map(|_| "deleting"),
            trouble,
            created,
            updated: created + SignedDuration::from_mins(14),
            metadata,
            tags: vec![
                if bare {
                    "__type_baremetal"
                } else {
                    "__type_virtual"
                }
                .to_owned(),
            ],
            labels: [("key", "value")].map(|(k, v)| (k.into(), v.into())).into(),
            groups: vec![self.id(&format!("group{suffix}"))],
            locked: false,
            password: "VHdpbg==".to_owned(),
            user_data: String::new(),
            disk_config: "MANUAL".to_owned(),
            server_group: None,
            recovers: true,
            resized_from: (state == "resized").then(|| "s3.large.2".to_owned()),
            ports: Vec::new(),
            volumes: Vec::new(),
            deeds: vec![Deed {
                id: format!("req-{}", self.id(&format!("request {number}"))),
                what: "create",
                at: created,
            }],
        }
    }

    fn seeded_port(&self, number: u64, place: u64, project: &str, server: Option<&str>) -> Port {
        let suffix = if project == "home" { "" } else { " other" };
        let network = self.id(&format!("network{suffix}"));
        let prefix = self
            .networks
            .get(&network)
            .map_or([0; 3], |known| known.prefix);
        let last = number + 10 * place;
        Port {
            id: self.id(&format!("port {number} {place}")),
            project: self.project_id(project),
            ip: format!("{}.{}.{}.{last}", prefix[0], prefix[1], prefix[2]),
            mac: format!("fa:16:3e:00:{:02x}:{last:02x}", prefix[2]),
            network,
            server: server.map(str::to_owned),
            primary: place == 0,
        }
    }

    fn add_volumes(&mut self) {
        for number in 0..N_VOLUMES {
            self.add_volume(&format!("volume {number}"), |_| {});
        }
        self.add_volume("bootable volume", |volume| volume.bootable = true);
        self.add_volume("block volume", |volume| volume.scsi = false);
        self.add_volume("cursed volume", |volume| volume.cursed = true);
        self.add_volume("attached volume", |_| {});
        let slot = Slot {
            server: self.id("server 1"),
            device: "/dev/sdb".to_owned(),
            stays: true,
        };
        self.place_volume(&self.id("attached volume"), Place::There(slot));
        for what in ["snapshot", "snapshot 2"] {
            let snapshot = Snapshot {
                id: self.id(what),
                project: self.project_id("home"),
                name: what.to_owned(),
                description: None,
                volume: self.id("volume 79"),
                size: 10,
                created: self.now - SignedDuration::from_hours(24),
            };
            self.snapshots.insert(&snapshot.id.clone(), snapshot);
        }
    }

    fn add_volume(&mut self, name: &str, change: impl FnOnce(&mut Volume)) {
        let mut volume = Volume {
            id: self.id(name),
            project: self.project_id("home"),
            name: name.replace(' ', "-"),
            description: None,
            size: 10,
            kind: "SSD".to_owned(),
            zone: "az-1".to_owned(),
            created: self.now - SignedDuration::from_hours(48),
            snapshot: None,
            metadata: [("key", "value")].map(|(k, v)| (k.into(), v.into())).into(),
            bootable: false,
            scsi: true,
            cursed: false,
            place: Place::Free,
        };
        change(&mut volume);
        self.volumes.insert(&volume.id.clone(), volume);
    }

    fn add_groups_and_addresses(&mut self) {
        let project = self.project_id("home");
        let group = ServerGroup {
            id: self.id("servergroup"),
            project: project.clone(),
            name: "apart".to_owned(),
            policies: vec!["anti-affinity".to_owned()],
        };
        if let Some(server) = self.servers.get_mut(&self.id("server 1")) {
            server.server_group = Some(group.id.clone());
        }
        self.server_groups.insert(&group.id.clone(), group);
        for (place, port) in [(7, Some("port 1 0")), (8, None)] {
            let ip = FloatingIp {
                id: self.id(&format!("floating ip {place}")),
                project: project.clone(),
                ip: format!("198.51.100.{place}"),
                port: port.map(|port| self.id(port)),
            };
            self.floating_ips.insert(&ip.id.clone(), ip);
        }
    }

    /// Jobs that ended long ago, so that there are some to look at: a plain one, and two that were
    /// divided, of which one failed in part.
    fn add_old_jobs(&mut self) {
        let project = self.project_id("home");
        let server = |world: &Self, number: u32| {
            let about = ("server_id", world.id(&format!("server {number}")));
            ("baremetalSingleCreate", about)
        };
        let port = ("baremetalSingleCreate", ("nic_id", self.id("port 1 0")));
        let about = Some(("server_id", self.id("server 1")));
        let plain = Plan {
            kind: "baremetalDetachVolume",
            about: about.clone(),
            ..Plan::default()
        };
        let well = Plan {
            kind: "baremetalBatchCreate",
            about: about.clone(),
            parts: vec![server(self, 1), port],
            ..Plan::default()
        };
        let ill = Plan {
            kind: "baremetalBatchCreate",
            about,
            parts: vec![server(self, 5), server(self, 2)],
            fails: true,
            ..Plan::default()
        };
        for plan in [plain, well, ill] {
            self.start(&project, plan);
        }
        self.advance(Duration::from_secs(60), Illness::default());
    }

    /// What a run may use, by parameter or field name. A name can be more special: the operation's
    /// id or the word before the parameter stands in front of it.
    pub(in crate::twin) fn lent(&self) -> BTreeMap<String, Vec<String>> {
        let of = |what: &str| self.id(what);
        let volumes: Vec<String> = (0..N_VOLUMES).map(|n| of(&format!("volume {n}"))).collect();
        let servers: Vec<String> = [1, 2, 3, 5].map(|n| of(&format!("server {n}"))).into();
        let jobs = self.jobs.values().map(|job| job.id.clone());
        let user = self.people.users.first();
        let home = user.map(|user| user.project.clone()).unwrap_or_default();
        let word = |of: fn(&User) -> &String| user.map(|user| vec![of(user).clone()]);
        let text = |text: &str| vec![text.to_owned()];
        let one = |what: &str| vec![of(what)];
        let stopped = one("server 3");
        let mut lent = vec![
            ("token", vec![of("token twin").replace('-', "")]),
            ("reader_token", vec![of("token reader").replace('-', "")]),
            ("user_name", word(|user| &user.name).unwrap_or_default()),
            ("password", word(|user| &user.password).unwrap_or_default()),
            ("access_key", word(|user| &user.access).unwrap_or_default()),
            ("secret_key", word(|user| &user.secret).unwrap_or_default()),
            ("user_id", word(|user| &user.id).unwrap_or_default()),
            ("userid", word(|user| &user.id).unwrap_or_default()),
            ("project_id", vec![home.clone()]),
            ("tenant_id", vec![home]),
            ("api_version", text("v2.1")),
            ("server_id", servers.clone()),
            ("instance_uuid", servers.clone()),
            ("servers.id", servers.clone()),
            ("empty_server_id", one("server 2")),
            ("suspended_server_id", one("server 4")),
            ("volumeId", volumes.clone()),
            ("volume_id", volumes),
            ("bootable_volume_id", one("bootable volume")),
            ("block_volume_id", one("block volume")),
            ("failing_volume_id", one("cursed volume")),
            ("attachment_id", one("attached volume")),
            ("snapshot_id", vec![of("snapshot"), of("snapshot 2")]),
            ("job_id", jobs.collect()),
            ("imageRef", vec![of("image"), of("image 2")]),
            ("imageid", vec![of("image"), of("image 2")]),
            ("data_image_id", one("image")),
            ("image_id", one("own image")),
            ("image", one("image")),
            ("flavor", text("physical.s3.large")),
            ("flavor_id", text("physical.s3.large")),
            ("flavors_id", text("physical.s3.large")),
            ("flavorRef", vec!["s3.large.2".into(), "c3.xlarge.4".into()]),
            ("key_name", text("keypair-twin")),
            ("keyname", text("keypair-twin")),
            ("keypair_name", text("keypair-twin")),
            ("availability_zone", text("az-1")),
            ("vpcid", one("network")),
            ("vpc_id", one("network")),
            ("networkName", one("network")),
            ("net_id", one("network")),
            ("networks.uuid", one("network")),
            ("networks.port", one("port 200 0")),
            ("subnet_id", one("subnet")),
            ("os-interface/id", one("port 1 0")),
            ("port_id", one("port 1 1")),
            ("interfaceAttachment.port_id", one("port 200 0")),
            ("nics.id", one("port 1 1")),
            ("security_groups.id", one("group")),
            ("security_group_s.id", one("group")),
            ("security_group_id", vec![of("group idle"), of("group web")]),
            ("security_group_rule_id", one("rule 3")),
            ("parent_group_id", one("group web")),
            ("group_id", one("group")),
            ("server_group_id", one("servergroup")),
            ("os:scheduler_hints.group", one("servergroup")),
            (
                "floating_ip_id",
                vec![of("floating ip 8"), of("floating ip 7")],
            ),
            ("publicip.id", one("floating ip 8")),
            ("key", text("key")),
            ("tag", text("__type_baremetal")),
            ("marker", one("server 2")),
            ("servergroups.marker", one("servergroup")),
            ("request_id", vec![format!("req-{}", of("request 1"))]),
            ("reservation_id", text("r-00000001")),
        ];
        for stopped_only in ["os-start", "migrate", "resize"] {
            let names: &[&str] = match stopped_only {
                "os-start" => &["servers.action.os-start/server_id"],
                "migrate" => &["cloudservers.migrate/server_id"],
                _ => &["cloudservers.resize/server_id"],
            };
            lent.extend(names.iter().map(|name| (*name, stopped.clone())));
        }
        for at_server in [
            "os-volume_attachments/volume_id",
            "block_device/volume_id",
            "detachvolume/volume_id",
        ] {
            lent.push((at_server, one("attached volume")));
        }
        for resized in ["confirmResize", "revertResize"] {
            let name = match resized {
                "confirmResize" => "servers.action.confirmResize/server_id",
                _ => "servers.action.revertResize/server_id",
            };
            lent.push((name, one("server 7")));
        }
        lent.push((
            "cloudservers.os-server-groups.list/marker",
            one("servergroup"),
        ));
        let lent = lent.into_iter();
        lent.map(|(name, values)| (name.to_owned(), values))
            .collect()
    }
}

/// How key pairs are kept: a name is taken once in a project.
pub(in crate::twin) fn key_of(project: &str, name: &str) -> String {
    format!("{project}/{name}")
}

fn seeded_metadata(
    world: &World,
    bare: bool,
    flavor: &str,
    network: &str,
    port: &str,
) -> BTreeMap<String, String> {
    let image = world.id("image");
    let kind = if bare {
        "__type_baremetal"
    } else {
        "__type_virtual"
    };
    let mut pairs = vec![
        ("chargingMode", "1".to_owned()),
        ("metering.order_id", "CS0000000001".to_owned()),
        ("metering.product_id", "00301-00001-0--0".to_owned()),
        ("vpc_id", network.to_owned()),
        ("metering.image_id", image),
        ("metering.imagetype", "gold".to_owned()),
        ("metering.image_type", "gold".to_owned()),
        ("metering.resourcespeccode", format!("{flavor}.linux")),
        ("metering.resourcetype", kind.to_owned()),
        ("metering.resource_type", kind.to_owned()),
        ("image_name", "Twin Linux".to_owned()),
        ("op_svc_userid", world.id("user twin").replace('-', "")),
        ("os_type", "Linux".to_owned()),
        ("os_bit", "64".to_owned()),
        ("key", "value".to_owned()),
    ];
    if bare {
        pairs.push(("baremetalPortIDList", format!("[{port}]")));
        pairs.push(("__bms_support_evs", "true".to_owned()));
    }
    let pairs = pairs.into_iter();
    pairs.map(|(key, value)| (key.to_owned(), value)).collect()
}
