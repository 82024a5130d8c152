//! What of a world a run may use: whatever fits, found by what it is.

use std::collections::BTreeMap;

use super::{Flavor, Place, Role, Server, Volume, World};

impl World {
    /// What a run may use, by parameter or field name. A name can be more special: the operation's
    /// id or the word before the parameter stands in front of it.
    pub(in crate::twin) fn lent(&self) -> BTreeMap<String, Vec<String>> {
        let mut lent = Lent::of(self);
        lent.people();
        lent.servers();
        lent.volumes();
        lent.what_servers_are_made_of();
        lent.networks();
        lent.groups_and_addresses();
        let told = lent.told.into_iter();
        told.map(|(name, values)| (name.to_owned(), values))
            .collect()
    }
}

impl World {
    /// Whatever exists, by the names that fields have for it: what is lent, and what goes by a name or an
    /// address of its own.
    pub(in crate::twin) fn known(&self) -> BTreeMap<String, Vec<String>> {
        let mut known = self.lent();
        let addresses = self
            .floating_ips
            .values()
            .map(|floating| floating.ip.clone());
        known.insert("address".to_owned(), addresses.collect());
        let groups = self
            .security_groups
            .values()
            .map(|group| group.name.clone());
        known.insert("name".to_owned(), groups.collect());
        known
    }
}

struct Lent<'w> {
    world: &'w World,
    /// The first user's project.
    home: String,
    /// The servers that operations are tried on: of metal where there are such.
    servers: Vec<&'w Server>,
    told: BTreeMap<&'static str, Vec<String>>,
}

impl<'w> Lent<'w> {
    fn of(world: &'w World) -> Self {
        let home = world.people.users.first();
        let home = home.map(|user| user.project.clone()).unwrap_or_default();
        let own = world
            .servers
            .values()
            .filter(|server| server.project == home);
        let is_metal = |server: &Server| {
            world
                .flavors
                .get(&server.flavor)
                .is_some_and(Flavor::is_metal)
        };
        let (metal, elastic): (Vec<_>, Vec<_>) = own.partition(|server| is_metal(server));
        let servers = if metal.is_empty() { elastic } else { metal };
        Self {
            world,
            home,
            servers,
            told: BTreeMap::new(),
        }
    }

    fn tell<T: Into<String>>(
        &mut self,
        names: &[&'static str],
        values: impl IntoIterator<Item = T>,
    ) {
        let values: Vec<String> = values.into_iter().map(Into::into).collect();
        for name in names {
            self.told.insert(name, values.clone());
        }
    }

    fn people(&mut self) {
        let people = &self.world.people;
        let token = |user: &super::User| people.token_of(&user.id).map(str::to_owned);
        let first = people.users.first();
        let mut at_home = people.users.iter().filter(|user| user.project == self.home);
        let reader = at_home.find(|user| user.role == Role::Reader);
        let (own, readers) = (first.and_then(token), reader.and_then(token));
        self.tell(&["token"], own);
        self.tell(&["reader_token"], readers);
        self.tell(&["user_name"], first.map(|user| user.name.clone()));
        self.tell(&["password"], first.map(|user| user.password.clone()));
        self.tell(&["access_key"], first.map(|user| user.access.clone()));
        self.tell(&["secret_key"], first.map(|user| user.secret.clone()));
        self.tell(&["user_id", "userid"], first.map(|user| user.id.clone()));
        self.tell(&["project_id", "tenant_id"], [self.home.clone()]);
        let mut others = people
            .projects
            .iter()
            .filter(|project| project.id != self.home);
        self.tell(
            &["other_project_id"],
            others.next().map(|project| project.id.clone()),
        );
        self.tell(&["api_version"], ["v2.1"]);
    }

    /// A server that is on, then others; none that can be used for little only.
    fn servers(&mut self) {
        let ids = |states: &[&str]| -> Vec<String> {
            let fit = self
                .servers
                .iter()
                .filter(|server| states.contains(&server.state));
            fit.map(|server| server.id.clone()).collect()
        };
        let usual = ids(&["active", "stopped", "error"]);
        let (stopped, suspended) = (ids(&["stopped"]), ids(&["suspended"]));
        let is_empty = |server: &&&Server| server.state == "active" && server.volumes.is_empty();
        let empty = self
            .servers
            .iter()
            .find(is_empty)
            .map(|server| server.id.clone());
        let own = self
            .world
            .servers
            .values()
            .filter(|server| server.project == self.home);
        let resized = own.filter(|server| server.state == "resized");
        let resized: Vec<String> = resized.map(|server| server.id.clone()).collect();
        self.tell(&["server_id", "instance_uuid", "servers.id"], usual);
        self.tell(&["empty_server_id", "marker"], empty);
        self.tell(&["suspended_server_id"], suspended);
        let only_stopped = [
            "servers.action.os-start/server_id",
            "cloudservers.migrate/server_id",
            "cloudservers.resize/server_id",
            "cloudservers.reinstallos/server_id",
            "cloudservers.changeos/server_id",
        ];
        self.tell(&only_stopped, stopped);
        let only_resized = [
            "servers.action.confirmResize/server_id",
            "servers.action.revertResize/server_id",
        ];
        self.tell(&only_resized, resized);
        if let Some(main) = self.main() {
            let (requests, reservation) = (
                main.deeds.iter().map(|deed| deed.id.clone()),
                main.reservation(),
            );
            self.tell(&["request_id"], requests);
            self.tell(&["reservation_id"], [reservation]);
            self.tell(&["key"], main.labels.keys().take(1).cloned());
            self.tell(&["tag"], main.tags.iter().take(1).cloned());
            self.tell(&["availability_zone"], [main.zone.clone()]);
        }
        let jobs = self.world.jobs.values().map(|job| job.id.clone());
        self.tell(&["job_id"], jobs);
    }

    /// The server that has most to show.
    fn main(&self) -> Option<&'w Server> {
        self.servers.first().copied()
    }

    fn volumes(&mut self) {
        let home = self.home.clone();
        let free = |fits: fn(&Volume) -> bool| -> Vec<String> {
            let volumes = self.world.volumes.values();
            let free =
                volumes.filter(|volume| volume.project == home && volume.place == Place::Free);
            free.filter(|volume| fits(volume))
                .map(|volume| volume.id.clone())
                .collect()
        };
        let plain = free(|volume| !volume.bootable && volume.scsi && !volume.cursed);
        let (bootable, block) = (free(|volume| volume.bootable), free(|volume| !volume.scsi));
        let cursed = free(|volume| volume.cursed);
        let attached = self.main().and_then(|main| main.volumes.first());
        let snapshots = self.world.snapshots.values();
        let snapshots = snapshots.filter(|snapshot| snapshot.project == self.home);
        let snapshots: Vec<String> = snapshots.map(|snapshot| snapshot.id.clone()).collect();
        self.tell(&["volumeId", "volume_id"], plain);
        self.tell(&["bootable_volume_id"], bootable);
        self.tell(&["block_volume_id"], block);
        self.tell(&["failing_volume_id"], cursed);
        let at_server = [
            "attachment_id",
            "os-volume_attachments/volume_id",
            "block_device/volume_id",
            "detachvolume/volume_id",
        ];
        self.tell(&at_server, attached.cloned());
        self.tell(&["snapshot_id"], snapshots);
        // Pools of disks that are one customer's; whatever they are called, volumes may be in them.
        let pools = ["pool", "other pool"].map(|pool| self.world.id(pool));
        self.tell(&["cluster_id"], pools);
    }

    fn what_servers_are_made_of(&mut self) {
        let images = self.world.images.values();
        let (public, own): (Vec<_>, Vec<_>) = images.partition(|image| image.project.is_none());
        let own = own
            .iter()
            .filter(|image| image.project.as_deref() == Some(&self.home));
        let own: Vec<String> = own.map(|image| image.id.clone()).collect();
        self.tell(
            &["imageRef", "imageid"],
            public.iter().map(|image| image.id.clone()),
        );
        self.tell(&["image_id"], own);
        let main = self.main();
        self.tell(
            &["image", "data_image_id"],
            main.map(|main| main.image.clone()),
        );
        self.tell(
            &["flavor", "flavor_id", "flavors_id"],
            main.map(|main| main.flavor.clone()),
        );
        let used = |flavor: &&Flavor| {
            !self
                .world
                .servers
                .values()
                .any(|server| server.flavor == flavor.id)
        };
        let others = self
            .world
            .flavors
            .values()
            .filter(|flavor| !flavor.is_metal());
        self.tell(
            &["flavorRef"],
            others.filter(used).map(|flavor| flavor.id.clone()),
        );
        let mut keys = self.world.keypairs.values();
        let key = keys.find(|key| key.project == self.home);
        self.tell(
            &["key_name", "keyname", "keypair_name"],
            key.map(|key| key.name.clone()),
        );
    }

    fn networks(&mut self) {
        let mut networks = self.world.networks.values();
        let network = networks.find(|network| network.project == self.home);
        let names = ["vpcid", "vpc_id", "networkName", "net_id", "networks.uuid"];
        self.tell(&names, network.map(|network| network.id.clone()));
        self.tell(
            &["subnet_id"],
            network.map(|network| network.subnet.clone()),
        );
        let mut ports = self.world.ports.values();
        let free = ports.find(|port| port.server.is_none() && port.project == self.home);
        let (first, second) = match self.main().map(|main| main.ports.as_slice()) {
            Some([first, second, ..]) => (Some(first), Some(second)),
            Some([first]) => (Some(first), None),
            _ => (None, None),
        };
        let free = free.map(|port| port.id.clone());
        self.tell(&["networks.port", "interfaceAttachment.port_id"], free);
        self.tell(&["os-interface/id"], first.cloned());
        self.tell(&["port_id", "nics.id"], second.cloned());
    }

    fn groups_and_addresses(&mut self) {
        let main = self.main();
        let used = main.and_then(|main| main.groups.first());
        self.tell(
            &["security_groups.id", "security_group_s.id", "group_id"],
            used.cloned(),
        );
        let groups = self.world.security_groups.values();
        let is_idle = |id: &str| {
            let mut servers = self.world.servers.values();
            !servers.any(|server| server.groups.iter().any(|group| group == id))
        };
        let idle = groups.filter(|group| group.project == self.home && is_idle(&group.id));
        let idle: Vec<_> = idle.collect();
        let ruled = idle.iter().find(|group| !group.rules.is_empty());
        self.tell(&["parent_group_id"], ruled.map(|group| group.id.clone()));
        let rule = ruled.and_then(|group| group.rules.first());
        self.tell(
            &["security_group_rule_id"],
            rule.map(|rule| rule.id.clone()),
        );
        self.tell(
            &["security_group_id"],
            idle.iter().rev().map(|group| group.id.clone()),
        );
        let mut apart = self.world.server_groups.values();
        let apart = apart.find(|group| group.project == self.home);
        let names = [
            "server_group_id",
            "servergroups.marker",
            "cloudservers.os-server-groups.list/marker",
            "os:scheduler_hints.group",
        ];
        self.tell(&names, apart.map(|group| group.id.clone()));
        let ips = self
            .world
            .floating_ips
            .values()
            .filter(|ip| ip.project == self.home);
        let (free, used): (Vec<_>, Vec<_>) = ips.partition(|ip| ip.port.is_none());
        let all = free.iter().chain(&used).map(|ip| ip.id.clone());
        self.tell(&["floating_ip_id"], all);
        self.tell(&["publicip.id"], free.first().map(|ip| ip.id.clone()));
    }
}
