//! The servers of a file, with their network cards and volumes.

use std::collections::BTreeMap;

use super::super::{Change, Deed, Flavor, Place, Server, Slot};
use super::build::Builder;
use super::{ServerEntry, StateWord, WorldFile};

impl Builder {
    pub(super) fn servers(&mut self, file: &WorldFile) {
        let nics = file.servers.iter().flat_map(|entry| &entry.nics);
        let own = nics.filter_map(|nic| nic.ip.clone());
        let free = file.ports.iter().filter_map(|port| port.ip.clone());
        self.given = own.chain(free).collect();
        for entry in &file.servers {
            let project = self.project(entry.project.as_deref());
            for name in self.each(&entry.name, entry.count, entry.id.as_deref()) {
                self.server(entry, &project, &name);
            }
        }
        for entry in &file.ports {
            let project = self.project(entry.project.as_deref());
            let nic = super::NicEntry {
                network: entry.network.clone(),
                id: entry.id.clone(),
                ip: entry.ip.clone(),
                mac: entry.mac.clone(),
            };
            if let Some(port) = self.port(&project, &nic) {
                self.world.plug(port);
            }
        }
    }

    fn server(&mut self, entry: &ServerEntry, project: &str, name: &str) {
        let id = self.id("server", project, name, entry.id.as_deref());
        let last = self.world.servers.values().next_back();
        let next = last.map_or(1, |last| last.number + 1);
        let number = entry
            .number
            .filter(|_| entry.count.is_none())
            .map_or(next, u64::from);
        let server = self.described(entry, project, name, &id, number);
        let is_building = server.state == "building";
        self.world.servers.insert(&id, server);
        for (place, nic) in entry.nics.iter().enumerate() {
            if let Some(mut port) = self.port(project, nic) {
                (port.server, port.primary) = (Some(id.clone()), place == 0);
                self.world.plug(port);
            }
        }
        for attached in &entry.volumes {
            self.attach(attached, project, &id);
        }
        self.tell_metadata(entry, &id);
        if is_building {
            let server = id;
            self.world.later(Change::Settle {
                server,
                state: "active",
            });
        }
    }

    fn described(
        &mut self,
        entry: &ServerEntry,
        project: &str,
        name: &str,
        id: &str,
        number: u64,
    ) -> Server {
        let created = self.time(entry.created.as_deref(), self.world.now);
        let (state, task) = states(entry);
        let groups = match &entry.security_groups {
            Some(names) => names.clone(),
            None => vec!["default".to_owned()],
        };
        let key = entry.key_name.as_deref();
        let group = entry.server_group.as_deref();
        let before = entry.resized_from.as_deref();
        if let Some(key) = key {
            self.refer("key pair", project, key);
        }
        Server {
            id: id.to_owned(),
            project: project.to_owned(),
            name: name.to_owned(),
            number,
            order: number,
            description: entry.description.clone(),
            flavor: self.refer("flavor", "", &entry.flavor),
            image: self.refer("image", project, &entry.image),
            key: key.map(str::to_owned),
            zone: entry.availability_zone.clone(),
            state,
            task,
            trouble: entry.fault.clone(),
            created,
            updated: self.time(entry.updated.as_deref(), Self::after(created)),
            metadata: BTreeMap::new(),
            tags: entry.tags.clone(),
            labels: entry.labels.clone(),
            groups: groups
                .iter()
                .map(|name| self.refer("security group", project, name))
                .collect(),
            locked: entry.locked,
            password: entry.password.clone(),
            user_data: entry.user_data.clone(),
            disk_config: entry.disk_config.clone(),
            server_group: group.map(|name| self.refer("server group", project, name)),
            recovers: entry.auto_recovery,
            resized_from: before.map(|name| self.refer("flavor", "", name)),
            ports: Vec::new(),
            volumes: Vec::new(),
            deeds: vec![Deed {
                id: format!("req-{}", self.world.id(&format!("request {number}"))),
                what: "create",
                at: created,
            }],
        }
    }

    fn attach(&mut self, attached: &super::AttachedEntry, project: &str, server: &str) {
        let volume = self.refer("volume", project, &attached.volume);
        let known = self.world.volumes.get(&volume);
        if known.is_some_and(|volume| volume.place != Place::Free) {
            let what = format!("the volume `{}` is at two servers", attached.volume);
            return self.flaw(&attached.volume, what);
        }
        let device = attached.device.clone();
        let slot = Slot {
            server: server.to_owned(),
            device: device.unwrap_or_else(|| self.world.free_device(server, "/dev/sd")),
            stays: !attached.delete_with_server,
        };
        self.world.place_volume(&volume, Place::There(slot));
    }

    /// What is written, or what such a cloud writes there itself.
    fn tell_metadata(&mut self, entry: &ServerEntry, id: &str) {
        let usual = self.usual_metadata(id);
        if let Some(server) = self.world.servers.get_mut(id) {
            server.metadata = entry.metadata.clone().unwrap_or(usual);
        }
    }

    fn usual_metadata(&self, id: &str) -> BTreeMap<String, String> {
        let world = &self.world;
        let Some(server) = world.servers.get(id) else {
            return BTreeMap::new();
        };
        let is_metal = world
            .flavors
            .get(&server.flavor)
            .is_some_and(Flavor::is_metal);
        let kind = if is_metal {
            "__type_baremetal"
        } else {
            "__type_virtual"
        };
        let port = world.ports_of(server).next();
        let image = world.images.get(&server.image);
        let text = |text: &str| text.to_owned();
        let of_image = |of: fn(&super::super::Image) -> &String| {
            image.map(|image| of(image).clone()).unwrap_or_default()
        };
        let user = world.people.users.first();
        let mut pairs = vec![
            ("chargingMode", text("1")),
            ("metering.order_id", text("CS0000000001")),
            ("metering.product_id", text("00301-00001-0--0")),
            (
                "vpc_id",
                port.map(|port| port.network.clone()).unwrap_or_default(),
            ),
            ("metering.image_id", server.image.clone()),
            ("metering.imagetype", text("gold")),
            ("metering.image_type", text("gold")),
            (
                "metering.resourcespeccode",
                format!("{}.linux", server.flavor),
            ),
            ("metering.resourcetype", text(kind)),
            ("metering.resource_type", text(kind)),
            ("image_name", of_image(|image| &image.name)),
            (
                "op_svc_userid",
                user.map(|user| user.id.clone()).unwrap_or_default(),
            ),
            ("os_type", of_image(|image| &image.system)),
            ("os_bit", text("64")),
            ("key", text("value")),
        ];
        if is_metal {
            let port = port.map(|port| port.id.as_str()).unwrap_or_default();
            pairs.push(("baremetalPortIDList", format!("[{port}]")));
            pairs.push(("__bms_support_evs", text("true")));
        }
        pairs
            .into_iter()
            .map(|(key, value)| (key.to_owned(), value))
            .collect()
    }
}

/// The stable state, and the task of a server that something went wrong with.
fn states(entry: &ServerEntry) -> (&'static str, Option<&'static str>) {
    if entry.fault.is_some() {
        return ("error", Some("deleting"));
    }
    match entry.state {
        StateWord::Active => ("active", None),
        StateWord::Stopped => ("stopped", None),
        StateWord::Suspended => ("suspended", None),
        StateWord::Paused => ("paused", None),
        StateWord::Error => ("error", None),
        StateWord::Resized => ("resized", None),
        StateWord::Building => ("building", Some("spawning")),
    }
}
