//! Servers, bare metal and elastic, and the status that follows from their states.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// A server.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Server {
    pub(in crate::twin) id: String,
    pub(in crate::twin) project: String,
    pub(in crate::twin) name: String,
    pub(in crate::twin) number: u64,
    /// The number of the first server that was ordered together with it.
    pub(in crate::twin) order: u64,
    pub(in crate::twin) description: String,
    pub(in crate::twin) flavor: String,
    pub(in crate::twin) image: String,
    pub(in crate::twin) key: Option<String>,
    pub(in crate::twin) zone: String,
    /// The stable state: `active`, `stopped`.
    pub(in crate::twin) state: &'static str,
    /// What is going on: `powering-off`.
    pub(in crate::twin) task: Option<&'static str>,
    /// What went wrong.
    pub(in crate::twin) trouble: Option<String>,
    pub(in crate::twin) created: Timestamp,
    pub(in crate::twin) updated: Timestamp,
    pub(in crate::twin) metadata: BTreeMap<String, String>,
    /// Words.
    pub(in crate::twin) tags: Vec<String>,
    /// Keys with values.
    pub(in crate::twin) labels: BTreeMap<String, String>,
    /// Ids of security groups.
    pub(in crate::twin) groups: Vec<String>,
    pub(in crate::twin) locked: bool,
    pub(in crate::twin) password: String,
    pub(in crate::twin) user_data: String,
    pub(in crate::twin) disk_config: String,
    pub(in crate::twin) server_group: Option<String>,
    pub(in crate::twin) recovers: bool,
    /// The flavor before a resize that nobody confirmed yet.
    pub(in crate::twin) resized_from: Option<String>,
    /// Ids of its network cards, the first one first.
    pub(in crate::twin) ports: Vec<String>,
    /// Ids of the volumes that it has or will have.
    pub(in crate::twin) volumes: Vec<String>,
    /// What was done to it, the oldest first.
    pub(in crate::twin) deeds: Vec<Deed>,
}

/// Something that was done to a server.
#[derive(Clone, Debug)]
pub(in crate::twin) struct Deed {
    pub(in crate::twin) id: String,
    pub(in crate::twin) what: &'static str,
    pub(in crate::twin) at: Timestamp,
}

impl Server {
    /// The status that the documents derive from both states.
    pub(in crate::twin) fn status(&self) -> &'static str {
        let task = self.task.unwrap_or("");
        match (self.state, task) {
            ("building", _) => "BUILD",
            ("active", "rebooting" | "reboot_pending" | "reboot_started") => "REBOOT",
            ("active", "rebooting_hard" | "reboot_pending_hard" | "reboot_started_hard") => {
                "HARD_REBOOT"
            }
            ("active" | "stopped" | "error", task) if task.starts_with("rebuild") => "REBUILD",
            ("active", "migrating") => "MIGRATING",
            ("active" | "stopped", task) if task.starts_with("resize_") => "RESIZE",
            ("resized", "resize_reverting") => "REVERT_RESIZE",
            ("active", _) => "ACTIVE",
            ("stopped", _) => "SHUTOFF",
            ("resized", _) => "VERIFY_RESIZE",
            ("error", _) => "ERROR",
            ("paused", _) => "PAUSED",
            ("suspended", _) => "SUSPENDED",
            _ => "UNKNOWN",
        }
    }

    /// What tells the order that it was made by.
    pub(in crate::twin) fn reservation(&self) -> String {
        format!("r-{:08x}", self.order)
    }

    pub(in crate::twin) fn host_name(&self) -> String {
        format!("host-{}", self.number)
    }

    /// As numbers tell it: 1 is on, 4 is off.
    pub(in crate::twin) fn power(&self) -> u8 {
        match self.state {
            "active" | "suspended" | "resized" => 1,
            "paused" => 3,
            "stopped" => 4,
            _ => 0,
        }
    }
}
