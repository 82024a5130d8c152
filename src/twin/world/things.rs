//! What there is beside servers: volumes, networks, keys, groups, images.

use std::collections::BTreeMap;

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
    /// The first three bytes of its addresses.
    pub(in crate::twin) prefix: [u8; 3],
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
    pub(in crate::twin) port: Option<String>,
}
