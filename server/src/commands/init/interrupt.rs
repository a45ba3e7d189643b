//! Ctrl-C while somebody is asked.

use std::process::Command;

use tokio::task::AbortHandle;

use crate::commands::print;

/// What programs answer that SIGINT ended.
const INTERRUPTED: i32 = 130;

/// Ends the program at Ctrl-C, until it is dropped. A prompt for a password hides what is typed, and would leave the
/// terminal so.
pub(super) struct EndsByInterrupt(AbortHandle);

impl EndsByInterrupt {
    pub(super) fn begin() -> Self {
        let ending = tokio::spawn(async {
            if tokio::signal::ctrl_c().await.is_ok() {
                show_what_is_typed();
                if let Err(error) = print::line("\nNothing was written.") {
                    tracing::debug!(%error, "nobody reads");
                }
                std::process::exit(INTERRUPTED);
            }
        });
        Self(ending.abort_handle())
    }
}

impl Drop for EndsByInterrupt {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Where there is no `stty`, there is no such terminal either.
fn show_what_is_typed() {
    if let Err(error) = Command::new("stty").arg("echo").status() {
        tracing::debug!(%error, "the terminal stays as it is");
    }
}
