//! The points at which an operation may die or be frozen: after each statement, and before and
//! after each call of a port.
//!
//! One operation runs at a time, so there is one plan at a time. Dying is a panic that carries
//! [`Crash`] and never meets the panic hook: the operation's future is dropped where it stands, its
//! transaction rolls back, what it had in memory is gone, and the database stays.

use std::{
    future::poll_fn,
    panic::resume_unwind,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    task::Poll,
};

/// What a crash leaves behind.
pub(super) struct Crash;

/// At which point, counted from now, what happens; nothing, where there is no number.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Plan {
    pub dies_in: Option<u32>,
    /// Counted in calls of ports alone: nobody is frozen with a transaction open and lives.
    pub freezes_in: Option<u32>,
}

/// Opens what is frozen.
pub(super) type Thaw = Arc<AtomicBool>;

#[derive(Default)]
pub(super) struct Points {
    state: Mutex<State>,
    /// Whether the operation itself is at work: what goes on beside it is no point of its.
    is_at_work: AtomicBool,
}

#[derive(Default)]
struct State {
    plan: Plan,
    operation: u64,
    frozen: Option<Thaw>,
}

impl Points {
    /// From now on `operation` runs, by this plan.
    pub(super) fn begin(&self, operation: u64, plan: Plan) {
        let mut state = self.lock();
        state.operation = operation;
        state.plan = plan;
        // Of two things that it did at once, the last one may have frozen and died.
        state.frozen = None;
    }

    /// Lets the operation do something.
    pub(super) fn at_work<T>(&self, step: impl FnOnce() -> T) -> T {
        self.is_at_work.store(true, Ordering::Relaxed);
        let done = step();
        self.is_at_work.store(false, Ordering::Relaxed);
        done
    }

    /// Which operation runs.
    pub(super) fn operation(&self) -> u64 {
        self.lock().operation
    }

    /// What the running operation waits for, if it has just been frozen.
    pub(super) fn take_frozen(&self) -> Option<Thaw> {
        self.lock().frozen.take()
    }

    /// A statement has run.
    pub(super) fn after_statement(&self) {
        self.die_if_due();
    }

    /// A port is about to be called, or has been. Gives whether the operation was frozen there.
    pub(super) async fn at_port(&self) -> bool {
        self.die_if_due();
        if !self.is_at_work.load(Ordering::Relaxed) || !count_down(&mut self.lock().plan.freezes_in) {
            return false;
        }
        let thaw = Thaw::default();
        self.lock().frozen = Some(thaw.clone());
        // Nobody wakes it: whoever thaws it polls it.
        poll_fn(|_| match thaw.load(Ordering::Relaxed) {
            true => Poll::Ready(()),
            false => Poll::Pending,
        })
        .await;
        self.die_if_due();
        true
    }

    fn die_if_due(&self) {
        if self.is_at_work.load(Ordering::Relaxed) && count_down(&mut self.lock().plan.dies_in) {
            resume_unwind(Box::new(Crash));
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether this was the point.
fn count_down(points: &mut Option<u32>) -> bool {
    match points {
        Some(0) => {
            *points = None;
            true
        }
        Some(left) => {
            *left -= 1;
            false
        }
        None => false,
    }
}
