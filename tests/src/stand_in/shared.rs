//! What a stand-in knows, and by which clock.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use chrono::{DateTime, Utc};
use vitrine_commerce::ports::Clock;

pub(super) struct Shared<P> {
    provider: Mutex<P>,
    clock: Mutex<Arc<dyn Clock>>,
}

impl<P: Default> Shared<P> {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self {
            provider: Mutex::default(),
            clock: Mutex::new(clock),
        }
    }
}

impl<P> Shared<P> {
    pub(super) fn go_by(&self, clock: Arc<dyn Clock>) {
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = clock;
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner).now()
    }

    pub(super) fn provider(&self) -> MutexGuard<'_, P> {
        self.provider.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
