//! What exists in the Twin: projects, servers, volumes, jobs, and the time.

mod facts;
mod seed;

pub(super) use facts::{job_facts, server_facts};

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

/// How long a job waits before it runs, and how long it runs.
const JOB_WAITS: SignedDuration = SignedDuration::from_secs(1);
const JOB_RUNS: SignedDuration = SignedDuration::from_secs(3);
/// Jobs beyond this many forget the oldest, so that memory is bounded by the world.
const MOST_JOBS: usize = 10_000;

/// Everything there is.
#[derive(Clone, Debug)]
pub(super) struct World {
    seed: u64,
    now: Timestamp,
    n_made: u64,
    /// Project id by token.
    tokens: BTreeMap<String, String>,
    pub(super) servers: BTreeMap<String, Server>,
    pub(super) volumes: BTreeMap<String, Volume>,
    jobs: BTreeMap<String, Job>,
    order: std::collections::VecDeque<String>,
}

/// A bare-metal server.
#[derive(Clone, Debug)]
pub(super) struct Server {
    pub(super) id: String,
    pub(super) project: String,
    pub(super) name: String,
    pub(super) vm_state: &'static str,
    pub(super) status: &'static str,
    /// What goes on with it, and went wrong on the way.
    pub(super) trouble: Option<Trouble>,
    pub(super) created: Timestamp,
    pub(super) updated: Timestamp,
    pub(super) number: u32,
}

/// A task that a server is stuck in.
#[derive(Clone, Copy, Debug)]
pub(super) struct Trouble {
    pub(super) task_state: &'static str,
    pub(super) message: &'static str,
}

/// A volume.
#[derive(Clone, Debug)]
pub(super) struct Volume {
    pub(super) id: String,
    pub(super) project: String,
    pub(super) bootable: bool,
    pub(super) scsi: bool,
    /// Whether the job that attaches it fails.
    pub(super) cursed: bool,
    /// The server and the device, once attached or about to be.
    pub(super) attached: Option<(String, String)>,
}

/// An asynchronous job.
#[derive(Clone, Debug)]
pub(super) struct Job {
    pub(super) id: String,
    pub(super) project: String,
    pub(super) kind: &'static str,
    pub(super) server: String,
    pub(super) begun: Timestamp,
    pub(super) fails: bool,
    pub(super) ended: Option<Timestamp>,
    pub(super) shown_ended: bool,
    /// The jobs it was divided into; they wait, run and end with it.
    pub(super) parts: Vec<Part>,
    work: Work,
}

/// One of the jobs that a job was divided into.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) id: String,
    pub(super) kind: &'static str,
    /// What it is about: the word of the answer, and the id.
    pub(super) about: (&'static str, String),
    pub(super) fails: bool,
}

/// What a job does when it ends well.
#[derive(Clone, Debug)]
pub(super) enum Work {
    Attach {
        volume: String,
        server: String,
        device: String,
    },
    Detach {
        volume: String,
    },
}

/// The state that a job tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum JobState {
    Waiting,
    Running,
    Done,
    Failed,
}

/// How time passes when the Twin is ill.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Illness {
    pub(super) jobs_never_end: bool,
    pub(super) jobs_do_nothing: bool,
}

impl World {
    /// An id that the seed decides.
    fn id(&self, what: &str) -> String {
        Uuid::new_v5(
            &Uuid::NAMESPACE_OID,
            format!("{} {what}", self.seed).as_bytes(),
        )
        .to_string()
    }

    pub(super) fn now(&self) -> Timestamp {
        self.now
    }

    /// The project that a token belongs to.
    pub(super) fn project_of(&self, token: &str) -> Option<&str> {
        self.tokens.get(token).map(String::as_str)
    }

    pub(super) fn server(&self, project: &str, id: &str) -> Option<&Server> {
        self.servers
            .get(id)
            .filter(|server| server.project == project)
    }

    pub(super) fn volume(&self, project: &str, id: &str) -> Option<&Volume> {
        self.volumes
            .get(id)
            .filter(|volume| volume.project == project)
    }

    /// The volumes of a server, in the order of their devices.
    pub(super) fn volumes_of(&self, server: &str) -> Vec<(&Volume, &str)> {
        let volumes = self.volumes.values();
        let mut found: Vec<(&Volume, &str)> = volumes
            .filter_map(|volume| match &volume.attached {
                Some((at, device)) if at == server => Some((volume, device.as_str())),
                _ => None,
            })
            .collect();
        found.sort_by_key(|(_, device)| (device.len(), *device));
        found
    }

    /// Volumes that a server has, or will have when its jobs are done.
    pub(super) fn n_volumes_of(&self, server: &str) -> usize {
        self.volumes_of(server).len() + self.coming(server).count()
    }

    /// Volume and device of the attach jobs that are not done yet.
    pub(super) fn coming<'a>(&'a self, to: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.jobs
            .values()
            .filter(|job| job.ended.is_none() && !job.fails)
            .filter_map(move |job| match &job.work {
                Work::Attach {
                    volume,
                    server,
                    device,
                } if server == to => Some((volume.as_str(), device.as_str())),
                Work::Attach { .. } | Work::Detach { .. } => None,
            })
    }

    /// Whether an unfinished job is about this volume.
    pub(super) fn is_busy(&self, id: &str) -> bool {
        self.jobs
            .values()
            .filter(|job| job.ended.is_none())
            .any(|job| match &job.work {
                Work::Attach { volume, .. } | Work::Detach { volume } => volume == id,
            })
    }

    pub(super) fn job(&mut self, project: &str, id: &str) -> Option<&mut Job> {
        self.jobs.get_mut(id).filter(|job| job.project == project)
    }

    /// Starts a job and gives its id.
    pub(super) fn start(
        &mut self,
        project: &str,
        server: &str,
        kind: &'static str,
        fails: bool,
        work: Work,
    ) -> String {
        self.n_made += 1;
        let id = self.id(&format!("job {}", self.n_made)).replace('-', "");
        let job = Job {
            id: id.clone(),
            project: project.to_owned(),
            kind,
            server: server.to_owned(),
            begun: self.now,
            fails,
            ended: None,
            shown_ended: false,
            parts: Vec::new(),
            work,
        };
        self.jobs.insert(id.clone(), job);
        self.order.push_back(id.clone());
        if self.order.len() > MOST_JOBS
            && let Some(oldest) = self.order.pop_front()
        {
            self.jobs.remove(&oldest);
        }
        id
    }

    /// Lets time pass and ends the jobs whose time has come.
    pub(super) fn advance(&mut self, time: Duration, illness: Illness) {
        let time = SignedDuration::try_from(time).unwrap_or(SignedDuration::MAX);
        self.now = self.now.checked_add(time).unwrap_or(Timestamp::MAX);
        if illness.jobs_never_end {
            return;
        }
        let due = |job: &&mut Job| {
            job.ended.is_none() && self.now.duration_since(job.begun) >= JOB_WAITS + JOB_RUNS
        };
        for job in self.jobs.values_mut().filter(due) {
            job.ended = Some(
                job.begun
                    .checked_add(JOB_WAITS + JOB_RUNS)
                    .unwrap_or(self.now),
            );
            if !job.fails && !illness.jobs_do_nothing {
                work(&mut self.volumes, &job.work);
            }
        }
    }
}

fn work(volumes: &mut BTreeMap<String, Volume>, work: &Work) {
    let (id, attached) = match work {
        Work::Attach {
            volume,
            server,
            device,
        } => (volume, Some((server.clone(), device.clone()))),
        Work::Detach { volume } => (volume, None),
    };
    if let Some(volume) = volumes.get_mut(id) {
        volume.attached = attached;
    }
}

impl Job {
    /// The state at a time.
    pub(super) fn state(&self, now: Timestamp) -> JobState {
        match self.ended {
            Some(_) if self.fails => JobState::Failed,
            Some(_) => JobState::Done,
            None if now.duration_since(self.begun) < JOB_WAITS => JobState::Waiting,
            None => JobState::Running,
        }
    }
}
