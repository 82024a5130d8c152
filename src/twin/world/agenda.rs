//! What will happen, and the jobs that tell of it.

use std::borrow::Cow;

use jiff::{SignedDuration, Timestamp};

use super::{Place, Port, Slot, World};

/// How long a job waits before it runs, and how long it runs.
const JOB_WAITS: SignedDuration = SignedDuration::from_secs(1);
const JOB_RUNS: SignedDuration = SignedDuration::from_secs(3);
/// How long a server takes to change its state.
const STATE_TAKES: SignedDuration = SignedDuration::from_secs(2);
/// Jobs beyond this many forget the oldest, so that memory is bounded by the world.
const MOST_JOBS: usize = 10_000;

/// A change that takes time.
#[derive(Clone, Debug)]
pub(in crate::twin) enum Change {
    /// A volume arrives where it is coming.
    Arrive { volume: String },
    /// A volume is free.
    Free { volume: String },
    /// A server reaches a stable state.
    Settle { server: String, state: &'static str },
    /// A server is of another flavor.
    Resize { server: String, flavor: String },
    /// A server runs another image, and lets others in by another key pair.
    Reimage {
        server: String,
        image: String,
        key: Option<String>,
    },
    /// A server is gone, with its volumes and addresses where that is wished.
    Vanish {
        server: String,
        volumes: bool,
        addresses: bool,
    },
    /// A network card belongs to nobody and is gone.
    Unplug { port: String },
}

/// What the agenda holds for a time.
#[derive(Clone, Debug)]
pub(super) enum Due {
    /// A job's time is over.
    Job(String),
    /// Something that no job tells of.
    Change(Change),
}

/// An asynchronous job.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Job {
    pub(in crate::twin) id: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) kind: Cow<'static, str>,
    /// What it is about: the word of the answer, and the id.
    pub(in crate::twin) about: Option<About>,
    pub(in crate::twin) begun: Timestamp,
    /// The code and the words of its failure, once it failed.
    pub(in crate::twin) fails: bool,
    pub(in crate::twin) ended: Option<Timestamp>,
    pub(in crate::twin) shown_ended: bool,
    /// The jobs it was divided into; they wait, run and end with it.
    pub(in crate::twin) parts: Vec<Part>,
    changes: Vec<Change>,
}

/// The word of an answer for a thing, and the thing's id.
pub(in crate::twin) type About = (&'static str, String);

/// One of the jobs that a job was divided into.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Part {
    pub(in crate::twin) id: String,
    pub(in crate::twin) kind: Cow<'static, str>,
    pub(in crate::twin) about: About,
    pub(in crate::twin) fails: bool,
}

/// A job that is to be started.
#[derive(Clone, Debug, Default)]
pub(in crate::twin) struct Plan {
    pub(in crate::twin) kind: Cow<'static, str>,
    pub(in crate::twin) about: Option<About>,
    /// The kind of its parts and what each is about; none where it is not divided.
    pub(in crate::twin) parts: Vec<(Cow<'static, str>, About)>,
    /// What happens when it ends well.
    pub(in crate::twin) changes: Vec<Change>,
    /// Whether it ends badly.
    pub(in crate::twin) fails: bool,
}

/// The state that a job tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::twin) enum JobState {
    Waiting,
    Running,
    Done,
    Failed,
}

impl Job {
    /// The state at a time.
    pub(in crate::twin) fn state(&self, now: Timestamp) -> JobState {
        match self.ended {
            Some(_) if self.fails => JobState::Failed,
            Some(_) => JobState::Done,
            None if now.duration_since(self.begun) < JOB_WAITS => JobState::Waiting,
            None => JobState::Running,
        }
    }
}

impl World {
    /// Starts a job and gives its id.
    pub(in crate::twin) fn start(&mut self, project: &str, plan: Plan) -> String {
        let id = self.fresh("job").replace('-', "");
        let parts = plan.parts.into_iter().enumerate();
        let part = |(place, (kind, about)): (usize, _)| Part {
            id: self.id(&format!("part {place} of {id}")).replace('-', ""),
            kind,
            about,
            fails: plan.fails && place == 0,
        };
        let job = Job {
            parts: parts.map(part).collect(),
            id: id.clone(),
            project: project.to_owned(),
            kind: plan.kind,
            about: plan.about,
            begun: self.now,
            fails: plan.fails,
            ended: None,
            shown_ended: false,
            changes: plan.changes,
        };
        self.jobs.insert(&id, job);
        self.jobs.keep_last(MOST_JOBS);
        self.put_on_agenda(JOB_WAITS + JOB_RUNS, Due::Job(id.clone()));
        id
    }

    /// Has a change happen a little later, without a job.
    pub(in crate::twin) fn later(&mut self, change: Change) {
        self.put_on_agenda(STATE_TAKES, Due::Change(change));
    }

    fn put_on_agenda(&mut self, after: SignedDuration, due: Due) {
        let at = self.now.checked_add(after).unwrap_or(Timestamp::MAX);
        self.n_made += 1;
        self.agenda.insert((at, self.n_made), due);
    }

    /// What is on the agenda happens.
    pub(super) fn happen(&mut self, at: Timestamp, due: Due) {
        match due {
            Due::Change(change) => self.change(at, &change),
            Due::Job(id) => {
                let Some(job) = self.jobs.get_mut(&id) else {
                    return;
                };
                job.ended = Some(at);
                let changes = std::mem::take(&mut job.changes);
                let fails = job.fails;
                for change in &changes {
                    if fails {
                        self.give_up(change);
                    } else {
                        self.change(at, change);
                    }
                }
            }
        }
    }

    /// Takes over the jobs of another course of the world, in which something was done: here they run and
    /// end like there, and nothing comes of it.
    pub(in crate::twin) fn pretend(&mut self, other: &World) {
        for (time, due) in &other.agenda {
            let Due::Job(id) = due else { continue };
            let new = self.jobs.get(id).is_none();
            if let Some(job) = other.jobs.get(id).filter(|_| new) {
                let changes = Vec::new();
                let job = Job {
                    changes,
                    ..job.clone()
                };
                self.jobs.insert(id, job);
                self.agenda.insert(*time, Due::Job(id.clone()));
            }
        }
        self.n_made = other.n_made;
    }

    /// What becomes of a change whose job failed.
    fn give_up(&mut self, change: &Change) {
        if let Change::Arrive { volume } = change {
            self.release_volume(volume);
        }
    }

    fn change(&mut self, at: Timestamp, change: &Change) {
        match change {
            Change::Arrive { volume } => {
                if let Some(volume) = self.volumes.get_mut(volume)
                    && let Place::Coming(slot) = volume.place.clone()
                {
                    volume.place = Place::There(slot);
                }
            }
            Change::Free { volume } => self.release_volume(volume),
            Change::Settle { server, state } => {
                if let Some(server) = self.servers.get_mut(server) {
                    (server.state, server.task, server.updated) = (state, None, at);
                }
            }
            Change::Resize { server, flavor } => {
                if let Some(server) = self.servers.get_mut(server) {
                    server.flavor.clone_from(flavor);
                }
            }
            Change::Reimage { server, image, key } => {
                if let Some(server) = self.servers.get_mut(server) {
                    server.image.clone_from(image);
                    if key.is_some() {
                        server.key.clone_from(key);
                    }
                }
            }
            Change::Vanish {
                server,
                volumes,
                addresses,
            } => self.vanish(server, *volumes, *addresses),
            Change::Unplug { port } => self.unplug(port),
        }
    }

    /// Removes a server and what hangs on it.
    pub(in crate::twin) fn vanish(&mut self, id: &str, volumes: bool, addresses: bool) {
        let Some(server) = self.servers.get(id).cloned() else {
            return;
        };
        for port in &server.ports {
            for ip in self.addresses_at(port).into_iter().filter(|_| addresses) {
                self.floating_ips.remove(&ip);
            }
            self.unplug(port);
        }
        for volume in &server.volumes {
            let slot = self.volumes.get(volume).and_then(|volume| volume.slot());
            let goes = volumes || slot.is_some_and(|slot| !slot.stays);
            self.release_volume(volume);
            if goes {
                self.volumes.remove(volume);
            }
        }
        self.servers.remove(id);
    }

    /// The floating addresses that lead to a network card.
    pub(in crate::twin) fn addresses_at(&self, port: &str) -> Vec<String> {
        let floating = self.floating_ips.values();
        let there = floating.filter(|ip| ip.port.as_deref() == Some(port));
        there.map(|ip| ip.id.clone()).collect()
    }

    /// Gives a server a network card.
    pub(in crate::twin) fn plug(&mut self, port: Port) {
        let server = port
            .server
            .as_deref()
            .and_then(|id| self.servers.get_mut(id));
        if let Some(server) = server {
            server.ports.push(port.id.clone());
        }
        self.ports.insert(&port.id.clone(), port);
    }

    /// Pulls out a network card; one that was there before stays, and so do the addresses at it,
    /// which lead nowhere.
    pub(in crate::twin) fn unplug(&mut self, id: &str) {
        let server = self.ports.get(id).and_then(|port| port.server.clone());
        if let Some(server) = server.and_then(|server| self.servers.get_mut(&server)) {
            server.ports.retain(|port| port != id);
        }
        for ip in self.addresses_at(id) {
            if let Some(ip) = self.floating_ips.get_mut(&ip) {
                ip.port = None;
            }
        }
        match self.ports.get_mut(id) {
            Some(port) if port.stays => port.server = None,
            Some(_) | None => drop(self.ports.remove(id)),
        }
    }

    /// Puts a volume at a server, or on its way there.
    pub(in crate::twin) fn place_volume(&mut self, id: &str, place: Place) {
        let Some(volume) = self.volumes.get_mut(id) else {
            return;
        };
        volume.place = place;
        let slot = volume.slot().map(|slot| slot.server.clone());
        if let Some(server) = slot.and_then(|server| self.servers.get_mut(&server))
            && !server.volumes.iter().any(|known| known == id)
        {
            server.volumes.push(id.to_owned());
        }
    }

    /// Puts a volume on its way to a server, and says what will come of it.
    pub(in crate::twin) fn send_volume(&mut self, volume: &str, slot: Slot) -> Change {
        self.place_volume(volume, Place::Coming(slot));
        Change::Arrive {
            volume: volume.to_owned(),
        }
    }

    /// Has a volume leave its server, and says what will come of it.
    pub(in crate::twin) fn fetch_volume(&mut self, volume: &str) -> Change {
        let place = self.volumes.get(volume).map(|volume| &volume.place);
        if let Some(Place::There(slot)) = place.cloned() {
            self.place_volume(volume, Place::Leaving(slot));
        }
        Change::Free {
            volume: volume.to_owned(),
        }
    }

    /// Takes a volume from wherever it is.
    pub(in crate::twin) fn release_volume(&mut self, id: &str) {
        let Some(volume) = self.volumes.get_mut(id) else {
            return;
        };
        let slot = volume.slot().map(|slot| slot.server.clone());
        volume.place = Place::Free;
        if let Some(server) = slot.and_then(|server| self.servers.get_mut(&server)) {
            server.volumes.retain(|known| known != id);
        }
    }
}
