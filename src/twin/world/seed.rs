//! The small believable world that a Twin starts with.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::{Illness, Part, Server, Trouble, Volume, Work, World};

/// 2024-03-01T08:00:00Z: a day like any other.
const START: i64 = 1_709_280_000;
/// Volumes that can be attached: more than the largest documented limit.
const N_VOLUMES: u32 = 80;

impl World {
    /// The world of this seed.
    pub(in crate::twin) fn new(seed: u64) -> Self {
        let mut world = World {
            seed,
            now: Timestamp::from_second(START).unwrap_or(Timestamp::UNIX_EPOCH),
            n_made: 0,
            tokens: BTreeMap::new(),
            servers: BTreeMap::new(),
            volumes: BTreeMap::new(),
            jobs: BTreeMap::new(),
            order: VecDeque::new(),
        };
        for project in ["home", "other"] {
            let (token, id) = (
                world.id(&format!("token {project}")),
                world.project(project),
            );
            world.tokens.insert(token.replace('-', ""), id);
        }
        let states = [
            ("ACTIVE", "active"),
            ("ACTIVE", "active"),
            ("SHUTOFF", "stopped"),
            ("ACTIVE", "suspended"),
        ];
        for (number, (status, vm_state)) in (1..).zip(states) {
            world.add_server(number, "home", status, vm_state);
        }
        world.add_server(5, "home", "ERROR", "error").trouble = Some(Trouble {
            task_state: "deleting",
            message: "the disks could not be wiped",
        });
        world.add_server(9, "other", "ACTIVE", "active");
        for number in 0..N_VOLUMES {
            world.add_volume(&format!("volume {number}"), |_| {});
        }
        world.add_volume("bootable volume", |volume| volume.bootable = true);
        world.add_volume("block volume", |volume| volume.scsi = false);
        world.add_volume("cursed volume", |volume| volume.cursed = true);
        let server = world.id("server 1");
        world.add_old_jobs(&server);
        world.add_volume("attached volume", |volume| {
            volume.attached = Some((server, "/dev/sdb".to_owned()))
        });
        world
    }

    fn project(&self, name: &str) -> String {
        self.id(&format!("project {name}"))
    }

    fn add_server(
        &mut self,
        number: u32,
        project: &str,
        status: &'static str,
        vm_state: &'static str,
    ) -> &mut Server {
        let created = self.now - SignedDuration::from_hours(24 * i64::from(number));
        let id = self.id(&format!("server {number}"));
        let server = Server {
            id: id.clone(),
            project: self.project(project),
            name: format!("bms-{number}"),
            vm_state,
            status,
            trouble: None,
            created,
            updated: created + SignedDuration::from_mins(14),
            number,
        };
        self.servers.entry(id).or_insert(server)
    }

    /// Jobs that ended long ago, so that there are some to look at: a plain one, and two that were
    /// divided, of which one failed in part.
    fn add_old_jobs(&mut self, server: &str) {
        self.add_old_job(server, "baremetalDetachVolume", Vec::new());
        let part = |world: &Self, name: &str, about, fails| Part {
            id: world.id(name).replace('-', ""),
            kind: "baremetalSingleCreate",
            about,
            fails,
        };
        let about_server = |number: u32| ("server_id", self.id(&format!("server {number}")));
        let well = vec![
            part(self, "part 1", about_server(1), false),
            part(self, "part 2", ("nic_id", self.id("port 1")), false),
        ];
        let ill = vec![
            part(self, "part 3", about_server(2), false),
            part(self, "part 4", about_server(5), true),
        ];
        self.add_old_job(server, "baremetalBatchCreate", well);
        self.add_old_job(server, "baremetalBatchCreate", ill);
        self.advance(Duration::from_secs(60), Illness::default());
    }

    fn add_old_job(&mut self, server: &str, kind: &'static str, parts: Vec<Part>) {
        let work = Work::Detach {
            volume: String::new(),
        };
        let project = self.project("home");
        let fails = parts.iter().any(|part| part.fails);
        let id = self.start(&project, server, kind, fails, work);
        if let Some(job) = self.jobs.get_mut(&id) {
            job.parts = parts;
        }
    }

    fn add_volume(&mut self, name: &str, change: impl FnOnce(&mut Volume)) {
        let mut volume = Volume {
            id: self.id(name),
            project: self.project("home"),
            bootable: false,
            scsi: true,
            cursed: false,
            attached: None,
        };
        change(&mut volume);
        self.volumes.insert(volume.id.clone(), volume);
    }

    /// What a run may use, by parameter or field name.
    pub(in crate::twin) fn lent(&self) -> BTreeMap<String, Vec<String>> {
        let volumes: Vec<String> = (0..N_VOLUMES)
            .map(|number| self.id(&format!("volume {number}")))
            .collect();
        let one = |what: &str| vec![self.id(what)];
        let token = self.id("token home").replace('-', "");
        let lists = [
            ("token", vec![token]),
            ("project_id", vec![self.project("home")]),
            (
                "server_id",
                vec![
                    self.id("server 1"),
                    self.id("server 2"),
                    self.id("server 3"),
                    self.id("server 5"),
                ],
            ),
            ("empty_server_id", one("server 2")),
            ("suspended_server_id", one("server 4")),
            ("volumeId", volumes.clone()),
            ("volume_id", volumes),
            ("bootable_volume_id", one("bootable volume")),
            ("block_volume_id", one("block volume")),
            ("failing_volume_id", one("cursed volume")),
            ("attachment_id", one("attached volume")),
            (
                "job_id",
                (1..=3)
                    .map(|number| self.id(&format!("job {number}")).replace('-', ""))
                    .collect(),
            ),
        ];
        lists
            .into_iter()
            .map(|(name, values)| (name.to_owned(), values))
            .collect()
    }
}
