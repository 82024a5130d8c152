//! Where Cases are sent.
//!
//! Main type: [`Target`], one synchronous `send`. A Twin in process and a live server behind HTTP
//! look alike, but for what they permit.

mod in_process;
mod live;

pub use in_process::InProcess;
pub use live::{ConnectError, Live, LiveOptions};

use std::collections::BTreeMap;
use std::time::Duration;

use crate::wire::{Request, Response, SendFailure};

/// Something that answers requests.
pub trait Target {
    /// What reports call it: `twin`, or the endpoint.
    fn name(&self) -> &str;

    /// The endpoint that a `curl` must use.
    fn endpoint(&self) -> &str;

    /// Sends one request and waits for the whole answer.
    fn send(&mut self, request: &Request) -> Result<Response, SendFailure>;

    /// Adds the target's own credentials.
    fn authorize(&self, request: &mut Request);

    /// Lets so much time pass: really, or on the virtual clock.
    fn wait(&mut self, time: Duration);

    /// What the run may use.
    fn lent(&self) -> &Lent;

    /// What the run may do.
    fn permission(&self) -> Permission;

    /// Puts everything back to how it was lent. False where the target cannot do that.
    fn restore(&mut self) -> bool;
}

/// Names of things that exist on the target, by parameter or field name: `server_id`, `volumeId`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lent(pub BTreeMap<String, Vec<String>>);

/// What a run may do to a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Permission {
    /// Safe methods only.
    Read,
    /// Everything, with what was lent.
    Write,
}
