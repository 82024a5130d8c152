//! Networks, network cards and floating addresses.

use std::net::Ipv4Addr;

use serde_json::{Value, json};

use super::super::call::{Answer, Call, Outcome};
use super::super::facts;
use super::super::fault::Fault;
use super::super::world::{Change, FloatingIp, Network, Plan, Port, Server, World};
use super::pattern::{Thing, find, find_mut, kept, visible};
use super::quotas::{MOST_FLOATING_IPS, room};
use super::servers::{remember, unlocked};
use super::values::{items, owned, word};

/// Network cards that an elastic server may have.
const MOST_PORTS: u64 = 12;
/// Addresses at the start of a network that nobody gets who does not ask for one.
const ABOVE: u32 = 255;

impl Thing for Network {
    const ONE: &'static str = "network";
    const MANY: &'static str = "networks";
    const LISTED_WHOLE: bool = true;

    kept!(networks, id, name);

    fn project(&self) -> Option<&str> {
        Some(&self.project)
    }

    fn facts(&self, _: &World, _: &Call<'_>) -> Value {
        let mut facts = json!({ "id": self.id, "label": self.name });
        for unknown in [
            "broadcast",
            "cidr",
            "cidr_v6",
            "dns1",
            "dns2",
            "gateway",
            "gateway_v6",
            "netmask",
            "netmask_v6",
            "bridge",
        ] {
            facts[unknown] = Value::Null;
        }
        facts
    }
}

impl Thing for FloatingIp {
    const ONE: &'static str = "floating_ip";
    const MANY: &'static str = "floating_ips";
    const PATH: &'static str = "os-floating-ips";

    kept!(floating_ips, id, ip);

    fn project(&self) -> Option<&str> {
        Some(&self.project)
    }

    /// Table and example disagree on whether each stands in an object of its own.
    fn brief(&self, world: &World, call: &Call<'_>) -> Value {
        let mut facts = self.facts(world, call);
        facts["floating_ip"] = facts.clone();
        facts
    }

    fn facts(&self, world: &World, _: &Call<'_>) -> Value {
        let port = self.port.as_ref().and_then(|port| world.ports.get(port));
        json!({
            "id": self.id, "ip": self.ip, "pool": self.pool, "fixed_ip": port.map(|port| &port.ip),
            "instance_id": port.and_then(|port| port.server.as_ref()),
        })
    }
}

/// Takes an address from the pool.
pub(super) fn create_address(world: &mut World, call: &Call<'_>) -> Outcome {
    room::<FloatingIp>(world, call, MOST_FLOATING_IPS)?;
    let mut ip = new_address(world, call.project());
    if let Some(pool) = owned(&call.body["pool"]) {
        ip.pool = pool;
    }
    let facts = json!({ "floating_ip": ip.facts(world, call) });
    world.floating_ips.insert(&ip.id.clone(), ip);
    Ok(facts.into())
}

/// An address that nobody has.
pub(super) fn new_address(world: &mut World, project: &str) -> FloatingIp {
    let number = world.number();
    FloatingIp {
        id: world.fresh("floating ip"),
        project: project.to_owned(),
        ip: format!("203.0.{}.{}", number / 250 % 250, number % 250 + 1),
        pool: FloatingIp::POOL.to_owned(),
        port: None,
    }
}

/// Names the pool.
pub(super) fn pools(_: &mut World, _: &Call<'_>) -> Outcome {
    Ok(json!({ "floating_ip_pools": [{ "name": FloatingIp::POOL }] }).into())
}

/// Has a floating address lead to a server.
pub(super) fn add_address(world: &mut World, call: &Call<'_>) -> Outcome {
    let asked = &call.body["addFloatingIp"];
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let fixed = asked["fixed_address"].as_str();
    let fits = |port: &&Port| fixed.is_none_or(|fixed| port.ip == fixed);
    let port = world.ports_of(server).find(fits);
    let port = port
        .ok_or_else(|| Fault::no_port().with_status(404))?
        .id
        .clone();
    let ip = address(world, call, word(&asked["address"]))?.id.clone();
    find_mut::<FloatingIp>(world, call, &ip)?.port = Some(port);
    Ok(Answer::nothing())
}

/// Has a floating address no longer lead to a server.
pub(super) fn remove_address(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let ip = address(world, call, word(&call.body["removeFloatingIp"]["address"]))?;
    if !ip
        .port
        .as_ref()
        .is_some_and(|port| server.ports.contains(port))
    {
        return Err(Fault::conflict("the address does not lead to the server"));
    }
    let ip = ip.id.clone();
    find_mut::<FloatingIp>(world, call, &ip)?.port = None;
    Ok(Answer::nothing())
}

fn address<'w>(world: &'w World, call: &Call<'_>, ip: &str) -> Result<&'w FloatingIp, Fault> {
    let mut known = visible::<FloatingIp>(world, call);
    known
        .find(|known| known.ip == ip)
        .ok_or_else(|| FloatingIp::missing(ip))
}

fn attachment(world: &World, port: &Port) -> Value {
    let subnet = world
        .networks
        .get(&port.network)
        .map(|network| &network.subnet);
    json!({
        "port_id": port.id, "net_id": port.network, "mac_addr": port.mac, "port_state": "ACTIVE",
        "fixed_ips": [{ "subnet_id": subnet, "ip_address": port.ip }],
    })
}

/// Lists the network cards of a server.
pub(super) fn list(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let ports = world.ports_of(server).map(|port| attachment(world, port));
    let ports: Vec<Value> = ports.collect();
    Ok(
        json!({ "interfaceAttachments": ports, "attachableQuantity": { "free_nic": MOST_PORTS } })
            .into(),
    )
}

/// Shows a network card of a server.
pub(super) fn show(world: &mut World, call: &Call<'_>) -> Outcome {
    let port = of_server(world, call, call.parameter("port_id"))?;
    Ok(json!({ "interfaceAttachment": attachment(world, port) }).into())
}

fn of_server<'w>(world: &'w World, call: &Call<'_>, id: &str) -> Result<&'w Port, Fault> {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let found = world.ports_of(server).find(|port| port.id == id);
    found.ok_or_else(|| Fault::missing("the network card", id))
}

/// Gives a server a network card: one that exists, or a new one in a network.
pub(super) fn add(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    unlocked(server, call)?;
    if server.ports.len() as u64 >= call.limit(MOST_PORTS) {
        return Err(Fault::too_many_ports());
    }
    let id = server.id.clone();
    let asked = &call.body["interfaceAttachment"];
    let (port, network) = (asked["port_id"].as_str(), asked["net_id"].as_str());
    let fixed = asked["fixed_ips"][0]["ip_address"].as_str();
    let wish = Wish {
        port,
        network,
        fixed,
        in_subnet: false,
    };
    let port = wish.port(world, call, &id)?;
    let told = json!({ "interfaceAttachment": attachment(world, &port) });
    world.plug(port);
    remember(world, &id, "attach_interface", call);
    Ok(told.into())
}

/// Takes a network card from a server; for good, unless it was there before.
pub(super) fn remove(world: &mut World, call: &Call<'_>) -> Outcome {
    let port = of_server(world, call, call.parameter("port_id"))?.clone();
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    unlocked(server, call)?;
    if port.primary {
        return Err(Fault::primary_port());
    }
    world.unplug(&port.id);
    remember(world, call.parameter("server_id"), "detach_interface", call);
    Ok(Answer::nothing())
}

/// Gives a server several network cards, in a job.
pub(super) fn add_many(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    unlocked(server, call)?;
    let (id, nics) = (server.id.clone(), items(&call.body["nics"]));
    if nics.is_empty() {
        return Err(Fault::invalid("nics is empty"));
    }
    if (server.ports.len() + nics.len()) as u64 > call.limit(MOST_PORTS) {
        return Err(Fault::too_many_ports());
    }
    let mut ports = Vec::new();
    for nic in nics {
        let wish = Wish {
            port: None,
            network: nic["subnet_id"].as_str(),
            fixed: nic["ip_address"].as_str().filter(|ip| !ip.is_empty()),
            in_subnet: false,
        };
        ports.push(wish.port(world, call, &id)?);
    }
    let parts = ports
        .iter()
        .map(|port| ("addNic".into(), ("nic_id", port.id.clone())));
    let parts: Vec<_> = parts.collect();
    for port in ports {
        world.plug(port);
    }
    let plan = Plan {
        kind: "addNics".into(),
        about: Some(("server_id", id)),
        parts,
        ..Plan::default()
    };
    let job = world.start(call.project(), plan);
    Ok(json!({ "job_id": job }).into())
}

/// Takes several network cards from a server, in a job.
pub(super) fn remove_many(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    unlocked(server, call)?;
    let id = server.id.clone();
    let mut plan = Plan {
        kind: "delNics".into(),
        about: Some(("server_id", id)),
        ..Plan::default()
    };
    for nic in items(&call.body["nics"]) {
        let port = of_server(world, call, word(&nic["id"])).map_err(|_| Fault::no_port())?;
        if port.primary {
            return Err(Fault::primary_port());
        }
        plan.parts
            .push(("delNic".into(), ("nic_id", port.id.clone())));
        plan.changes.push(Change::Unplug {
            port: port.id.clone(),
        });
    }
    if plan.parts.is_empty() {
        return Err(Fault::invalid("nics is empty"));
    }
    let job = world.start(call.project(), plan);
    Ok(json!({ "job_id": job }).into())
}

/// The addresses of a server, by network.
pub(super) fn addresses(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    Ok(json!({ "addresses": facts::addresses(world, server) }).into())
}

/// The addresses of a server in one network.
pub(super) fn addresses_in(world: &mut World, call: &Call<'_>) -> Outcome {
    let server: &Server = find(world, call, call.parameter("server_id"))?;
    let network = call.parameter("network");
    let addresses = facts::addresses(world, server);
    let there = addresses.get(network).cloned();
    let there = there.ok_or_else(|| Fault::missing("the network", network))?;
    Ok(json!({ network: there }).into())
}

/// A network card that somebody wishes for a server: this very one, or any in a network. The card
/// counts before the network, and the network before the address.
pub(super) struct Wish<'b> {
    pub(super) port: Option<&'b str>,
    /// A network or its subnet; None is the project's first one.
    pub(super) network: Option<&'b str>,
    pub(super) fixed: Option<&'b str>,
    /// Whether the document says that the address must be one of the subnet's.
    pub(super) in_subnet: bool,
}

impl Wish<'_> {
    /// The network card, made for a server and not plugged in yet.
    pub(super) fn port(
        &self,
        world: &mut World,
        call: &Call<'_>,
        server: &str,
    ) -> Result<Port, Fault> {
        if let Some(id) = self.port {
            let known = world
                .ports
                .get(id)
                .filter(|port| port.project == call.project());
            let port = known.ok_or_else(Fault::no_port)?;
            if port.server.is_some() {
                return Err(Fault::conflict(
                    "the network card belongs to another server",
                ));
            }
            let (port, server) = (port.clone(), Some(server.to_owned()));
            return Ok(Port {
                server,
                primary: false,
                stays: true,
                ..port
            });
        }
        let wanted = |network: &&Network| {
            let asked = self.network.filter(|asked| !asked.is_empty());
            asked.is_none_or(|asked| network.id == asked || network.subnet == asked)
        };
        let network = visible::<Network>(world, call).find(wanted);
        let network = network.ok_or_else(Fault::no_subnet)?.clone();
        let taken = |world: &World, ip: &str| {
            let mut ports = world.ports.values();
            ports.any(|port| port.network == network.id && port.ip == ip)
        };
        // An address that is none is as good as no wish.
        let fixed = self.fixed.and_then(|ip| ip.parse::<Ipv4Addr>().ok());
        let ip = match fixed {
            Some(ip) if self.in_subnet && !network.range.contains(ip) => {
                return Err(Fault::no_address());
            }
            Some(ip) if taken(world, &ip.to_string()) => return Err(Fault::address_taken()),
            Some(ip) => ip.to_string(),
            None => {
                let mut ip = next_ip(world, &network);
                for _ in 0..network.range.len() {
                    if !taken(world, &ip) {
                        break;
                    }
                    ip = next_ip(world, &network);
                }
                ip
            }
        };
        let number = world.number();
        let mac = format!(
            "fa:16:3e:01:{:02x}:{:02x}",
            number / 256 % 256,
            number % 256
        );
        Ok(Port {
            id: world.fresh("port"),
            project: call.project().to_owned(),
            network: network.id,
            ip,
            mac,
            server: Some(server.to_owned()),
            primary: false,
            stays: false,
        })
    }
}

/// The next address of a network, above those that the start gave away.
fn next_ip(world: &mut World, network: &Network) -> String {
    let place = u32::try_from(world.number()).unwrap_or(0);
    network.range.nth(place.wrapping_add(ABOVE)).to_string()
}
