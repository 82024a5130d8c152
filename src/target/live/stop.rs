//! Stops a run from elsewhere, as Ctrl-C does.

use std::fmt;
use std::sync::{Arc, Weak};

use super::{Live, Shared};

/// Stops a run from elsewhere: no further case begins. It does not keep the target alive.
#[derive(Clone)]
pub struct StopSign(Weak<Shared>);

impl fmt::Debug for StopSign {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("StopSign")
    }
}

impl StopSign {
    /// Raises it.
    pub fn raise(&self) {
        if let Some(shared) = self.0.upgrade() {
            shared.state().interrupted = true;
        }
    }
}

impl Live {
    /// What stops a run on this target.
    pub fn stop_sign(&self) -> StopSign {
        StopSign(Arc::downgrade(&self.shared))
    }
}
