//! Ctrl-C: once ends the run after the case in flight, twice ends the process at once.
#![expect(
    clippy::disallowed_methods,
    reason = "a second Ctrl-C must end the process whatever it is doing"
)]

use super::{Exit, output};
use crate::target::live::StopSign;

/// Raises the sign at the first Ctrl-C and ends the process at the second.
pub fn on_interrupt(sign: StopSign) {
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let Ok(runtime) = runtime else {
            output::remark("warning: Ctrl-C ends this run at once: no signal can be waited for");
            return;
        };
        runtime.block_on(async {
            if tokio::signal::ctrl_c().await.is_err() {
                return;
            }
            sign.raise();
            output::remark("stopping after the case in flight; press Ctrl-C again to stop now");
            if tokio::signal::ctrl_c().await.is_ok() {
                output::remark("stopped; `proofhouse clean` removes what is left");
                std::process::exit(Exit::CouldNotRun as i32);
            }
        });
    });
}
