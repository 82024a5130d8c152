//! What there is beside servers: volumes, networks, keys, groups, images.

use std::collections::BTreeMap;
use std::fmt;
use std::net::Ipv4Addr;

use jiff::Timestamp;

/// A type of server.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Flavor {
    pub(in crate::twin) id: String,
    pub(in crate::twin) vcpus: u32,
    /// In MB.
    pub(in crate::twin) ram: u64,
    /// In GB.
    pub(in crate::twin) disk: u64,
    pub(in crate::twin) specs: BTreeMap<String, String>,
}

impl Flavor {
    /// Whether its servers are made of metal.
    pub(in crate::twin) fn is_metal(&self) -> bool {
        self.specs
            .get("resource_type")
            .is_some_and(|kind| kind == "ironic")
    }
}

/// An image of an operating system.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Image {
    pub(in crate::twin) id: String,
    /// None: everybody's.
    pub(in crate::twin) project: Option<String>,
    pub(in crate::twin) name: String,
    pub(in crate::twin) system: String,
    pub(in crate::twin) created: Timestamp,
    pub(in crate::twin) min_disk: u64,
    pub(in crate::twin) min_ram: u64,
    pub(in crate::twin) metadata: BTreeMap<String, String>,
}

/// A key pair, of which the public half is kept.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Keypair {
    pub(in crate::twin) name: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) number: u64,
    pub(in crate::twin) kind: String,
    pub(in crate::twin) public: String,
    pub(in crate::twin) fingerprint: String,
    pub(in crate::twin) created: Timestamp,
}

/// A volume.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Volume {
    pub(in crate::twin) id: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) name: String,
    pub(in crate::twin) description: Option<String>,
    /// In GB.
    pub(in crate::twin) size: u64,
    pub(in crate::twin) kind: String,
    pub(in crate::twin) zone: String,
    pub(in crate::twin) created: Timestamp,
    pub(in crate::twin) snapshot: Option<String>,
    pub(in crate::twin) metadata: BTreeMap<String, String>,
    pub(in crate::twin) bootable: bool,
    pub(in crate::twin) scsi: bool,
    /// Whether the job that attaches it fails.
    pub(in crate::twin) cursed: bool,
    /// Where it is, was going to be, or will no longer be.
    pub(in crate::twin) place: Place,
}

/// Where a volume is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::twin) enum Place {
    /// Nowhere.
    Free,
    /// On its way to a server.
    Coming(Slot),
    /// At a server.
    There(Slot),
    /// On its way from a server.
    Leaving(Slot),
}

/// A server's device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::twin) struct Slot {
    pub(in crate::twin) server: String,
    pub(in crate::twin) device: String,
    /// Whether the volume goes when the server goes.
    pub(in crate::twin) stays: bool,
}

impl Volume {
    /// The slot that it has or will have.
    pub(in crate::twin) fn slot(&self) -> Option<&Slot> {
        match &self.place {
            Place::Free => None,
            Place::Coming(slot) | Place::There(slot) | Place::Leaving(slot) => Some(slot),
        }
    }

    /// The slot where it can be found now.
    pub(in crate::twin) fn there(&self) -> Option<&Slot> {
        match &self.place {
            Place::Free | Place::Coming(_) => None,
            Place::There(slot) | Place::Leaving(slot) => Some(slot),
        }
    }

    pub(in crate::twin) fn status(&self) -> &'static str {
        match self.place {
            Place::Free => "available",
            Place::Coming(_) => "attaching",
            Place::There(_) => "in-use",
            Place::Leaving(_) => "detaching",
        }
    }
}

/// A copy of a volume at one time.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Snapshot {
    pub(in crate::twin) id: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) name: String,
    pub(in crate::twin) description: Option<String>,
    pub(in crate::twin) volume: String,
    pub(in crate::twin) size: u64,
    pub(in crate::twin) created: Timestamp,
}

/// A network, its one subnet included.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Network {
    pub(in crate::twin) id: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) name: String,
    pub(in crate::twin) subnet: String,
    pub(in crate::twin) range: Range,
}

/// The IPv4 addresses of a network.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::twin) struct Range {
    first: u32,
    bits: u8,
}

impl Range {
    /// Reads `192.168.0.0/16`: from 8 to 29 bits are the same in all its addresses.
    pub(in crate::twin) fn parse(text: &str) -> Option<Self> {
        let (first, bits) = text.split_once('/')?;
        let (first, bits) = (first.parse::<Ipv4Addr>().ok()?, bits.parse().ok()?);
        let range = Self {
            first: first.to_bits(),
            bits,
        };
        ((8..=29).contains(&bits) && range.first & (range.len() - 1) == 0).then_some(range)
    }

    /// How many addresses it has, the first and the last included, which nobody gets.
    pub(in crate::twin) fn len(self) -> u32 {
        1 << (32 - self.bits)
    }

    /// Whether a network card may have the address.
    pub(in crate::twin) fn contains(self, ip: Ipv4Addr) -> bool {
        let place = ip.to_bits().wrapping_sub(self.first);
        (1..self.len() - 1).contains(&place)
    }

    /// An address by its place; after the last one comes the first again.
    pub(in crate::twin) fn nth(self, place: u32) -> Ipv4Addr {
        Ipv4Addr::from_bits(self.first + 1 + place % (self.len() - 2))
    }
}

impl fmt::Display for Range {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", Ipv4Addr::from_bits(self.first), self.bits)
    }
}

/// A network card.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Port {
    pub(in crate::twin) id: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) network: String,
    pub(in crate::twin) ip: String,
    pub(in crate::twin) mac: String,
    pub(in crate::twin) server: Option<String>,
    /// The card that a server cannot lose.
    pub(in crate::twin) primary: bool,
    /// Whether it was there before it was plugged in, and stays when it is pulled out.
    pub(in crate::twin) stays: bool,
}

/// A security group.
#[derive(Clone, Debug)]
pub(in crate::twin) struct SecurityGroup {
    pub(in crate::twin) id: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) name: String,
    pub(in crate::twin) description: String,
    pub(in crate::twin) rules: Vec<Rule>,
}

/// What a security group lets in.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Rule {
    pub(in crate::twin) id: String,
    pub(in crate::twin) protocol: Option<String>,
    pub(in crate::twin) from: Option<i64>,
    pub(in crate::twin) to: Option<i64>,
    pub(in crate::twin) cidr: Option<String>,
    /// The id of a group that is let in instead of addresses.
    pub(in crate::twin) group: Option<String>,
}

/// Servers that are kept apart.
#[derive(Clone, Debug)]
pub(in crate::twin) struct ServerGroup {
    pub(in crate::twin) id: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) name: String,
    pub(in crate::twin) policies: Vec<String>,
}

/// An address that can be reached from everywhere.
#[derive(Clone, Debug)]
pub(in crate::twin) struct FloatingIp {
    pub(in crate::twin) id: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) ip: String,
    pub(in crate::twin) pool: String,
    pub(in crate::twin) port: Option<String>,
}

impl FloatingIp {
    /// Where floating addresses come from.
    pub(in crate::twin) const POOL: &'static str = "admin_external_net";
}
