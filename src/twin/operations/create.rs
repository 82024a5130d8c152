//! Makes servers: one or several, at once (compute API) or in a job (the other APIs).

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::super::call::{Answer, Call, Outcome};
use super::super::facts::links;
use super::super::fault::Fault;
use super::super::world::{
    Change, Deed, Flavor, FloatingIp, Image, Keypair, Place, Plan, Server, ServerGroup, Slot,
    Volume, World,
};
use super::groups::by_name;
use super::networks::{Wish, new_address};
use super::pattern::{find, find_mut};
use super::values::{items, number, owned, texts, truth, word};

/// Servers that a project may have.
pub(super) const MOST_SERVERS: usize = 20_000;
/// Servers that one request may make.
const MOST_AT_ONCE: u64 = 500;
/// Network cards that an elastic server may have.
const MOST_PORTS: usize = 12;

/// What both ways of making servers have in common.
struct Order<'b> {
    asked: &'b Value,
    hints: &'b Value,
    /// Ids of security groups.
    groups: Vec<String>,
    nics: Vec<Wish<'b>>,
    count: u64,
}

/// Makes servers, which are being built when the answer comes.
pub(super) fn compute(world: &mut World, call: &Call<'_>) -> Outcome {
    all_or_nothing(world, |world| at_once(world, call))
}

/// Does something that leaves the world as it was when it goes wrong on the way.
fn all_or_nothing(world: &mut World, act: impl FnOnce(&mut World) -> Outcome) -> Outcome {
    let before = world.clone();
    let outcome = act(world);
    if outcome.is_err() {
        *world = before;
    }
    outcome
}

fn at_once(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = &call.body["server"];
    let at_least = number(&asked["min_count"]).unwrap_or(1);
    let count = number(&asked["max_count"]).unwrap_or(at_least);
    if at_least == 0 || count == 0 {
        return Err(Fault::invalid("no server is asked for"));
    }
    let mut groups = Vec::new();
    for group in items(&asked["security_groups"]) {
        groups.push(by_name(world, call, word(&group["name"]))?);
    }
    let networks = items(&asked["networks"]);
    if networks.len() > MOST_PORTS {
        return Err(Fault::too_many_ports());
    }
    let nics = networks.iter().map(|network| Wish {
        port: network["port"].as_str(),
        network: network["uuid"].as_str(),
        fixed: network["fixed_ip"].as_str(),
        in_subnet: false,
    });
    let order = Order {
        asked,
        hints: hints(call),
        groups,
        nics: nics.collect(),
        count,
    };
    let ids = order.place(world, call)?;
    for id in &ids {
        boot_volumes(world, call, id, items(&asked["block_device_mapping_v2"]))?;
        world.later(Change::Settle {
            server: id.clone(),
            state: "active",
        });
    }
    told(world, call, &ids)
}

fn told(world: &World, call: &Call<'_>, ids: &[String]) -> Outcome {
    let asked = &call.body["server"];
    let first = ids.first().map_or("", String::as_str);
    let server: &Server = find(world, call, first)?;
    if truth(&asked["return_reservation_id"]) {
        return Ok(json!({ "reservation_id": server.reservation() }).into());
    }
    let groups = items(&asked["security_groups"])
        .iter()
        .map(|group| word(&group["name"]));
    let mut groups: Vec<&str> = groups.collect();
    if groups.is_empty() {
        groups.push("default");
    }
    let groups: Vec<Value> = groups.iter().map(|name| json!({ "name": name })).collect();
    let place = call.link(&format!("servers/{first}"));
    let facts = json!({ "server": {
        "id": first, "links": links(call, "servers", first), "security_groups": groups,
        "OS-DCF:diskConfig": server.disk_config, "adminPass": server.password,
    } });
    Ok(Answer::from(facts).with_header("Location", place))
}

/// The hints, which stand beside the server or in it.
fn hints<'c>(call: &'c Call<'_>) -> &'c Value {
    let beside = &call.body["os:scheduler_hints"];
    if beside.is_object() {
        beside
    } else {
        &call.body["server"]["os:scheduler_hints"]
    }
}

/// The volumes that a server starts from or with.
fn boot_volumes(
    world: &mut World,
    call: &Call<'_>,
    server: &str,
    mappings: &[Value],
) -> Result<(), Fault> {
    for (place, mapping) in mappings.iter().enumerate() {
        let size = number(&mapping["volume_size"]).unwrap_or(40);
        let stays = !truth(&mapping["delete_on_termination"]);
        match word(&mapping["source_type"]) {
            "volume" => {
                let volume: &Volume = find(world, call, word(&mapping["uuid"]))?;
                if volume.place != Place::Free {
                    return Err(Fault::volume_state());
                }
                let volume = volume.id.clone();
                let device = world.free_device(server, "/dev/sd");
                let slot = Slot {
                    server: server.to_owned(),
                    device,
                    stays,
                };
                world.place_volume(&volume, Place::There(slot));
            }
            _ => {
                let disk = Disk {
                    size,
                    kind: owned(&mapping["volume_type"]),
                    boots: place == 0,
                    stays,
                };
                disk.add(world, call, server);
            }
        }
    }
    Ok(())
}

/// A disk that is made together with a server.
struct Disk {
    size: u64,
    kind: Option<String>,
    boots: bool,
    stays: bool,
}

impl Disk {
    fn add(self, world: &mut World, call: &Call<'_>, server: &str) {
        let device = world.free_device(server, "/dev/vd");
        let id = world.fresh("volume");
        let volume = Volume {
            id: id.clone(),
            project: call.project().to_owned(),
            name: format!("volume-{}", &id[..8]),
            description: None,
            size: self.size,
            kind: self.kind.unwrap_or_else(|| "SSD".to_owned()),
            zone: "az-1".to_owned(),
            created: call.now,
            snapshot: None,
            metadata: BTreeMap::new(),
            bootable: self.boots,
            scsi: true,
            cursed: false,
            place: Place::Free,
        };
        world.volumes.insert(&id, volume);
        let slot = Slot {
            server: server.to_owned(),
            device,
            stays: self.stays,
        };
        world.place_volume(&id, Place::There(slot));
    }
}

/// Makes servers in a job. A dry run tries everything, and leaves nothing.
pub(super) fn in_job(world: &mut World, call: &Call<'_>) -> Outcome {
    if truth(&call.body["dry_run"]) {
        ordered(&mut world.clone(), call)?;
        return Ok(Answer::nothing());
    }
    all_or_nothing(world, |world| ordered(world, call))
}

fn ordered(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = &call.body["server"];
    let count = number(&asked["count"]).unwrap_or(1);
    let mut groups = Vec::new();
    for group in items(&asked["security_groups"]) {
        groups.push(by_name(world, call, word(&group["id"]))?);
    }
    if items(&asked["nics"]).len() > MOST_PORTS {
        return Err(Fault::too_many_ports());
    }
    let nics = items(&asked["nics"]).iter().map(|nic| Wish {
        port: None,
        network: nic["subnet_id"].as_str(),
        fixed: nic["ip_address"].as_str().filter(|ip| !ip.is_empty()),
        in_subnet: true,
    });
    let order = Order {
        asked,
        hints: hints(call),
        groups,
        nics: nics.collect(),
        count,
    };
    let ids = order.place(world, call)?;
    let mut plan = Plan {
        kind: "createServer".into(),
        ..Plan::default()
    };
    for id in &ids {
        disks(world, call, id)?;
        address(world, call, id)?;
        plan.parts
            .push(("createSingleServer".into(), ("server_id", id.clone())));
        plan.changes.push(Change::Settle {
            server: id.clone(),
            state: "active",
        });
    }
    let job = world.start(call.project(), plan);
    Ok(json!({ "job_id": job, "serverIds": ids }).into())
}

fn disks(world: &mut World, call: &Call<'_>, server: &str) -> Result<(), Fault> {
    let asked = &call.body["server"];
    let root = Some(&asked["root_volume"]).filter(|root| root.is_object());
    let root = root.map(|root| (root, true));
    // The document has the image decide the size that is left out.
    let image = world.servers.get(server).map(|server| &server.image);
    let image = image.and_then(|image| world.images.get(image));
    let least = image.map_or(40, |image| image.min_disk.max(1));
    let data = items(&asked["data_volumes"])
        .iter()
        .map(|data| (data, false));
    for (disk, boots) in root.into_iter().chain(data) {
        let size = number(&disk["size"]).unwrap_or(least);
        if boots && size < least {
            return Err(Fault::invalid(format!(
                "server.root_volume.size is below the {least} GB that the image needs"
            )));
        }
        let disk = Disk {
            size,
            kind: owned(&disk["volumetype"]),
            boots,
            stays: !boots,
        };
        disk.add(world, call, server);
    }
    Ok(())
}

/// A floating address for the first network card, where one is asked for.
fn address(world: &mut World, call: &Call<'_>, server: &str) -> Result<(), Fault> {
    let asked = &call.body["server"]["publicip"];
    if !asked.is_object() {
        return Ok(());
    }
    let port = world
        .servers
        .get(server)
        .and_then(|server| server.ports.first());
    let port = port.cloned();
    match asked["id"].as_str() {
        Some(id) => {
            let ip: &mut FloatingIp = find_mut(world, call, id)?;
            if ip.port.is_some() {
                return Err(Fault::conflict("the address leads elsewhere"));
            }
            ip.port = port;
        }
        None => {
            let ip = new_address(world, call.project());
            world
                .floating_ips
                .insert(&ip.id.clone(), FloatingIp { port, ..ip });
        }
    }
    Ok(())
}

impl Order<'_> {
    /// Makes the servers, being built. Nothing is made when anything is wrong.
    fn place(&self, world: &mut World, call: &Call<'_>) -> Result<Vec<String>, Fault> {
        if self.count == 0 || self.count > MOST_AT_ONCE {
            return Err(Fault::too_many_servers());
        }
        if world.servers.len() + usize::try_from(self.count).unwrap_or(0) > MOST_SERVERS {
            return Err(Fault::too_many_servers());
        }
        let flavor = find::<Flavor>(world, call, last(word(&self.asked["flavorRef"])));
        let flavor = flavor.map_err(|_| Fault::no_flavor())?.id.clone();
        let image = self.image(world, call)?;
        let key = match self.asked["key_name"]
            .as_str()
            .filter(|key| !key.is_empty())
        {
            Some(key) => {
                find::<Keypair>(world, call, key).map_err(|_| Fault::no_key())?;
                Some(key.to_owned())
            }
            None => None,
        };
        let group = match self.hints["group"].as_str() {
            Some(group) => Some(find::<ServerGroup>(world, call, group)?.id.clone()),
            None => None,
        };
        let default = Wish {
            port: None,
            network: None,
            fixed: None,
            in_subnet: false,
        };
        let mut ids: Vec<String> = Vec::new();
        for place in 0..self.count {
            let server = self.server(world, call, (flavor.as_str(), &image), place);
            let first = ids.first().and_then(|first| world.servers.get(first));
            let id = server.id.clone();
            let server = Server {
                order: first.map_or(server.number, |first| first.number),
                key: key.clone(),
                server_group: group.clone(),
                ..server
            };
            world.servers.insert(&id, server);
            let wishes = if self.nics.is_empty() {
                std::slice::from_ref(&default)
            } else {
                &self.nics
            };
            for (nth, wish) in wishes.iter().enumerate() {
                let mut port = wish.port(world, call, &id)?;
                port.primary = nth == 0;
                world.plug(port);
            }
            ids.push(id);
        }
        Ok(ids)
    }

    /// The image: named, or that of the volume which the server starts from.
    fn image(&self, world: &World, call: &Call<'_>) -> Result<String, Fault> {
        let mappings = items(&self.asked["block_device_mapping_v2"]);
        let named = self.asked["imageRef"]
            .as_str()
            .filter(|image| !image.is_empty());
        let of_volume = mappings
            .iter()
            .find(|mapping| mapping["source_type"] == "image");
        let named = named.or_else(|| of_volume.and_then(|mapping| mapping["uuid"].as_str()));
        match named {
            Some(image) => {
                let image = find::<Image>(world, call, last(image));
                Ok(image.map_err(|_| Fault::no_image())?.id.clone())
            }
            None if !mappings.is_empty() => Ok(String::new()),
            // The document lets the image out; then it is the first one that everybody has.
            None => {
                let mut public = world
                    .images
                    .values()
                    .filter(|image| image.project.is_none());
                let first = public.next().ok_or_else(Fault::no_image)?;
                Ok(first.id.clone())
            }
        }
    }

    fn server(
        &self,
        world: &mut World,
        call: &Call<'_>,
        (flavor, image): (&str, &str),
        place: u64,
    ) -> Server {
        let id = world.fresh("server");
        let asked = self.asked;
        let name = word(&asked["name"]);
        let name = if self.count > 1 {
            format!("{name}-{:04}", place + 1)
        } else {
            name.to_owned()
        };
        let groups = if self.groups.is_empty() {
            by_name(world, call, "default").into_iter().collect()
        } else {
            self.groups.clone()
        };
        let labels = items(&asked["server_tags"]).iter();
        let labels = labels.map(|tag| (word(&tag["key"]).into(), word(&tag["value"]).into()));
        let tags = items(&asked["tags"]).iter().filter_map(owned);
        let password = owned(&asked["adminPass"]);
        Server {
            project: call.project().to_owned(),
            number: world.number(),
            order: 0,
            name,
            description: word(&asked["description"]).to_owned(),
            flavor: flavor.to_owned(),
            image: image.to_owned(),
            key: None,
            zone: owned(&asked["availability_zone"]).unwrap_or_else(|| "az-1".to_owned()),
            state: "building",
            task: Some("spawning"),
            trouble: None,
            created: call.now,
            updated: call.now,
            metadata: texts(&asked["metadata"]),
            tags: tags.collect(),
            labels: labels.collect(),
            groups,
            locked: false,
            password: password.unwrap_or_else(|| format!("Tw1n-{}", &id[..8])),
            user_data: word(&asked["user_data"]).to_owned(),
            disk_config: owned(&asked["OS-DCF:diskConfig"]).unwrap_or_else(|| "MANUAL".to_owned()),
            server_group: None,
            recovers: true,
            resized_from: None,
            ports: Vec::new(),
            volumes: Vec::new(),
            deeds: vec![Deed {
                id: call.request_id.clone(),
                what: "create",
                at: call.now,
            }],
            id,
        }
    }
}

/// The id at the end of a reference, which may be a whole link.
fn last(reference: &str) -> &str {
    reference.rsplit('/').next().unwrap_or(reference)
}
