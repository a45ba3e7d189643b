//! A use case or a job that a process is asked for.

use std::{any::Any, future::Future, panic::AssertUnwindSafe, pin::Pin};

use futures::FutureExt;
use vitrine_entity::{ids::OutboxId, outbox};

use super::{model::Model, points::Thaw};

/// Writes what was learned into the model, and says it for the history.
pub(super) type Learned = Box<dyn FnOnce(&mut Model) -> String + Send>;

type Running = Pin<Box<dyn Future<Output = Result<Learned, Box<dyn Any + Send>>> + Send>>;

/// Something that a process is asked to do.
pub(super) struct Operation {
    pub what: String,
    pub process: usize,
    /// The job that it runs, if it is one.
    pub job: Option<OutboxId>,
    pub running: Running,
    /// What whoever asked learns from silence.
    pub silence: Learned,
}

/// An operation that is frozen, and what thaws it.
pub(super) struct Frozen {
    pub number: u64,
    pub operation: Operation,
    /// Its job's row as it was when it froze.
    pub row: Option<outbox::Model>,
    pub thaw: Thaw,
}

impl Operation {
    pub(super) fn new(
        what: String,
        process: usize,
        running: impl Future<Output = Learned> + Send + 'static,
        silence: Learned,
    ) -> Self {
        Self {
            what,
            process,
            job: None,
            running: Box::pin(AssertUnwindSafe(running).catch_unwind()),
            silence,
        }
    }

    /// One whose asker learns nothing from silence.
    pub(super) fn plain(what: String, process: usize, running: impl Future<Output = Learned> + Send + 'static) -> Self {
        Self::new(what, process, running, Box::new(|_| String::new()))
    }
}
