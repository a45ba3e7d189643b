//! Ending without cutting anybody off.

use std::{future::Future, time::Duration};

use tokio_util::{
    sync::{CancellationToken, WaitForCancellationFuture},
    task::{TaskTracker, task_tracker::TaskTrackerToken},
};

/// Tells every open connection, WebSocket and event stream to end, and knows when they have.
/// Cheap to clone; all clones are one.
#[derive(Debug, Clone, Default)]
pub struct Drain {
    begun: CancellationToken,
    open: TaskTracker,
}

impl Drain {
    /// Asks everything open to end. Readiness turns to no at once.
    pub fn begin(&self) {
        self.begun.cancel();
    }

    pub fn has_begun(&self) -> bool {
        self.begun.is_cancelled()
    }

    pub fn begun(&self) -> WaitForCancellationFuture<'_> {
        self.begun.cancelled()
    }

    /// Held by whatever has to be waited for.
    pub(super) fn hold(&self) -> TaskTrackerToken {
        self.open.token()
    }

    pub(super) fn spawn(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.open.spawn(task);
    }

    /// Waits until nothing is open, or the time is over. Says whether all ended.
    pub(super) async fn end(&self, timeout: Duration) -> bool {
        self.open.close();
        tokio::time::timeout(timeout, self.open.wait()).await.is_ok()
    }
}
