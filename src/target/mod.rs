//! Where Cases are sent.
//!
//! Main type: [`Target`], one synchronous `send`. A Twin in process and a live server behind HTTP
//! look alike, but for what they permit. [`config`] reads `proofhouse.toml`.

pub mod config;
mod in_process;
pub mod live;
mod pauses;

pub use in_process::InProcess;
pub use live::{ConnectError, Live, LiveOptions};
pub use pauses::Pauses;

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use crate::contract::Operation;
use crate::wire::{Request, Response, SendFailure, Service};

/// Something that answers requests.
pub trait Target {
    /// What reports call it: `twin`, the name in `proofhouse.toml`, or the endpoint.
    fn name(&self) -> &str;

    /// The endpoint that a `curl` must use.
    fn endpoint(&self) -> &str;

    /// The parts of it that have endpoints of their own; the first that takes a path has it.
    fn services(&self) -> &[Service] {
        &[]
    }

    /// Sends one request and waits for the whole answer.
    fn send(&mut self, request: &Request) -> Result<Response, SendFailure>;

    /// How many requests that only read may be sent at once.
    fn most_at_once(&self) -> usize {
        1
    }

    /// Sends requests that only read, and waits for all answers: at once, where the target can do that.
    fn send_all(&mut self, requests: &[Request]) -> Vec<Result<Response, SendFailure>> {
        requests.iter().map(|request| self.send(request)).collect()
    }

    /// Adds the target's own credentials.
    fn authorize(&self, request: &mut Request);

    /// Lets so much time pass: really, or on the virtual clock.
    fn wait(&mut self, time: Duration);

    /// How long to wait, each time, before looking again at what takes time.
    fn pauses(&self) -> Pauses {
        Pauses::USUAL
    }

    /// How long a job there is worth waiting for, whatever the plan allows.
    fn most_patience(&self) -> Duration {
        Duration::MAX
    }

    /// What the run may use.
    fn lent(&self) -> &Lent;

    /// Why the run may not send this request; none: it may. Without a request: why it may send none
    /// to this operation.
    fn forbids(&self, operation: &Operation, request: Option<&Request>) -> Option<String> {
        let _all_is_allowed = (operation, request);
        None
    }

    /// Why no further case may begin; none: it may.
    fn halted(&self) -> Option<Halt> {
        None
    }

    /// How many things the run made and could not remove.
    fn n_leftovers(&self) -> usize {
        0
    }

    /// What names of new things must contain, so that they can be found again.
    fn mark(&self) -> Option<&str> {
        None
    }

    /// How much of its budgets the run has used up.
    fn used(&self) -> Used {
        Used::default()
    }

    /// Puts back to how it was lent what can be put back.
    fn restore(&mut self) -> Restored;
}

/// What a target could put back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Restored {
    /// Everything is as it was lent.
    Whole,
    /// What the run made is gone. What it changed or removed of others is not as it was.
    Own,
    /// Nothing, or not all of it.
    Nothing,
}

/// What a run has used up of a target's budgets.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Used {
    /// Requests that were sent.
    pub requests: u64,
    /// Things that were made.
    pub creations: u64,
    /// Time that has passed.
    pub time: Duration,
}

/// Why a run ends early.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Halt {
    /// Somebody stopped it.
    Interrupted,
    /// Nobody answers any more.
    Lost,
    /// The credentials are not accepted, or not any more.
    Unwelcome,
    /// A budget is used up: which one.
    Spent(String),
}

impl fmt::Display for Halt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Interrupted => "somebody stopped it",
            Self::Lost => "nobody answers any more",
            Self::Unwelcome => {
                "the target refuses the credentials with 401; PROOFHOUSE_TOKEN or `auth` in proofhouse.toml says where they come from"
            }
            Self::Spent(reason) => reason,
        })
    }
}

/// Names of things that exist on the target, by parameter or field name: `server_id`, `volumeId`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lent(pub BTreeMap<String, Vec<String>>);

/// What a run may do to a target beside asking.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Permissions {
    /// Change what is lent.
    pub write: bool,
    /// Make new things, and remove them again.
    pub create: bool,
    /// Delete what is lent.
    pub delete: bool,
}

impl Permissions {
    /// Only ask.
    pub const READ: Self = Self {
        write: false,
        create: false,
        delete: false,
    };
    /// Everything.
    pub const ALL: Self = Self {
        write: true,
        create: true,
        delete: true,
    };
}
