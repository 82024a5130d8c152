//! What exists in the Twin: projects, servers, volumes and the rest, jobs, and the time.
//!
//! Main type: [`World`]. It knows no operation and no answer; cloning it shares whatever nobody
//! changes, so that a Twin can be put back in no time.

mod agenda;
mod collection;
mod devices;
mod file;
mod lent;
mod people;
mod server;
mod things;

pub(super) use agenda::{About, Change, Job, JobState, Part, Plan};
pub(super) use collection::Collection;
pub(super) use file::world_schema;
pub use file::{WorldError, WorldProblem};
pub(super) use people::{Caller, People, Project, Role, TOKEN_LIVES, User};
pub(super) use server::{Deed, Server};
pub(super) use things::{
    Flavor, FloatingIp, Image, Keypair, Network, Place, Port, Range, Rule, SecurityGroup,
    ServerGroup, Slot, Snapshot, Volume,
};

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// Everything there is.
#[derive(Clone, Debug)]
pub(super) struct World {
    seed: u64,
    /// Where servers run, and the enterprise project that they belong to.
    pub(super) host: Arc<str>,
    pub(super) enterprise: Arc<str>,
    now: Timestamp,
    n_made: u64,
    pub(super) people: Arc<People>,
    pub(super) servers: Collection<Server>,
    pub(super) flavors: Collection<Flavor>,
    pub(super) images: Collection<Image>,
    pub(super) keypairs: Collection<Keypair>,
    pub(super) volumes: Collection<Volume>,
    pub(super) snapshots: Collection<Snapshot>,
    pub(super) networks: Collection<Network>,
    pub(super) ports: Collection<Port>,
    pub(super) security_groups: Collection<SecurityGroup>,
    pub(super) server_groups: Collection<ServerGroup>,
    pub(super) floating_ips: Collection<FloatingIp>,
    pub(super) jobs: Collection<Job>,
    agenda: BTreeMap<(Timestamp, u64), agenda::Due>,
}

/// How time passes when the Twin is ill.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Illness {
    pub(super) jobs_never_end: bool,
}

/// The small believable world that a Twin starts with, as a file.
const SEEDED: &str = include_str!("seed.json");

/// How key pairs are kept: a name is taken once in a project.
pub(super) fn key_of(project: &str, name: &str) -> String {
    format!("{project}/{name}")
}

fn id(seed: u64, what: &str) -> String {
    let name = format!("{seed} {what}");
    Uuid::new_v5(&Uuid::NAMESPACE_OID, name.as_bytes()).to_string()
}

impl World {
    /// The small world that a Twin starts with, under a seed.
    pub(super) fn new(seed: u64) -> Self {
        Self::read(seed, SEEDED).expect("a test reads the file of the seeded world")
    }

    /// A world with nothing in it.
    fn empty(seed: u64, now: Timestamp) -> Self {
        World {
            seed,
            host: id(seed, "host").into(),
            enterprise: id(seed, "enterprise").into(),
            now,
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

    /// What decides ids.
    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// An id that the seed decides.
    pub(super) fn id(&self, what: &str) -> String {
        id(self.seed, what)
    }

    /// An id that nothing has yet.
    pub(super) fn fresh(&mut self, what: &str) -> String {
        self.n_made += 1;
        // What the world began with has numbers of its own.
        self.id(&format!("new {what} {}", self.n_made))
    }

    /// A number that nothing has yet.
    pub(super) fn number(&mut self) -> u64 {
        self.n_made += 1;
        self.n_made
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    pub(super) fn server(&self, project: &str, id: &str) -> Option<&Server> {
        let server = self.servers.get(id);
        server.filter(|server| server.project == project)
    }

    pub(super) fn volume(&self, project: &str, id: &str) -> Option<&Volume> {
        let volume = self.volumes.get(id);
        volume.filter(|volume| volume.project == project)
    }

    /// The volumes that are at a server, in the order of their devices.
    pub(super) fn volumes_of(&self, server: &Server) -> Vec<(&Volume, &Slot)> {
        let volumes = server.volumes.iter().filter_map(|id| self.volumes.get(id));
        let mut found: Vec<(&Volume, &Slot)> = volumes
            .filter_map(|volume| Some((volume, volume.there()?)))
            .collect();
        found.sort_by_key(|(_, slot)| (slot.device.len(), &slot.device));
        found
    }

    /// The devices that a server's volumes have, or will have.
    pub(super) fn devices_of<'a>(&'a self, server: &'a Server) -> impl Iterator<Item = &'a str> {
        let volumes = server.volumes.iter().filter_map(|id| self.volumes.get(id));
        volumes
            .filter_map(Volume::slot)
            .map(|slot| slot.device.as_str())
    }

    /// The network cards of a server.
    pub(super) fn ports_of<'a>(&'a self, server: &'a Server) -> impl Iterator<Item = &'a Port> {
        server.ports.iter().filter_map(|id| self.ports.get(id))
    }

    /// The members of a server group.
    pub(super) fn members_of<'a>(&'a self, group: &'a str) -> impl Iterator<Item = &'a Server> {
        self.servers
            .values()
            .filter(move |server| server.server_group.as_deref() == Some(group))
    }

    /// Lets time pass, and what is due happen.
    pub(super) fn advance(&mut self, time: Duration, illness: Illness) {
        let time = SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX);
        let end = self.now.checked_add(time).unwrap_or(Timestamp::MAX);
        while let Some(entry) = self.agenda.first_entry()
            && entry.key().0 <= end
        {
            let ((at, _), due) = entry.remove_entry();
            if illness.jobs_never_end && matches!(due, agenda::Due::Job(_)) {
                continue;
            }
            self.now = at;
            self.happen(at, due);
        }
        self.now = end;
    }
}
