//! What the transport knows of an operation before it runs, and what it learns while it does.

use std::{
    any::TypeId,
    fmt,
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering},
    },
    time::Instant,
};

use async_graphql::{Data, ServerResult, parser::types::OperationType};
use axum::http::HeaderValue;
use tokio::sync::SetOnce;

use super::{
    authenticate::Unauthenticated,
    charge::{Asked, Charge, RateLimited},
    directed::{ContentLanguage, Direct, GivenDirective},
    late::Late,
    metrics::{self, Measured},
    repeat::{Keyed, NotBegun, Repeating, Repeats},
    shares::{Load, Share},
};

/// By which transport an operation came in: it decides what may run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// A safe method: reads only.
    Get,
    Post,
    /// Server-Sent Events asked for by `GET`: reads and subscriptions.
    GetStream,
    /// Server-Sent Events asked for by `POST`, or a WebSocket: everything.
    Stream,
}

impl Transport {
    pub(super) fn allows_mutations(self) -> bool {
        matches!(self, Self::Post | Self::Stream)
    }

    pub(super) fn allows_subscriptions(self) -> bool {
        matches!(self, Self::GetStream | Self::Stream)
    }
}

/// Put into a request's data as `Arc<Operation>`; the guard tells it when the operation has passed
/// every check and starts to run.
pub struct Operation {
    transport: Transport,
    stale: Option<Unauthenticated>,
    accepted: SetOnce<OperationType>,
    /// Whether its fields are executed, or an event's, since that was last asked.
    executed: AtomicBool,
    charge: Option<Arc<dyn Charge>>,
    /// The key that came with it, and who remembers what was asked under which.
    keyed: Option<(Arc<dyn Repeats>, Result<Keyed, NotBegun>)>,
    load: Option<Load>,
    /// What it holds of its address's load while it runs.
    share: OnceLock<Share>,
    directed: Option<Arc<dyn Direct>>,
    late: Option<Arc<dyn Late>>,
    /// In which language it is answered.
    language: OnceLock<HeaderValue>,
    /// Since when it is here.
    began: Instant,
    measured: OnceLock<Measured>,
}

/// When to try again what ran into one's own other operations.
const BUSY_SECONDS: u64 = 1;

impl fmt::Debug for Operation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Operation")
            .field("transport", &self.transport)
            .field("accepted", &self.accepted)
            .finish_non_exhaustive()
    }
}

impl Operation {
    pub fn over(transport: Transport) -> Self {
        Self {
            transport,
            stale: None,
            accepted: SetOnce::new(),
            executed: AtomicBool::new(false),
            charge: None,
            keyed: None,
            load: None,
            share: OnceLock::new(),
            directed: None,
            late: None,
            language: OnceLock::new(),
            began: Instant::now(),
            measured: OnceLock::new(),
        }
    }

    /// As [`over`](Self::over), answered as its directives have it.
    pub(super) fn directed_by(self, directed: Option<Arc<dyn Direct>>) -> Self {
        Self { directed, ..self }
    }

    /// As [`over`](Self::over), answered late where that may be.
    pub(super) fn answered_late(self, late: Option<Arc<dyn Late>>) -> Self {
        Self { late, ..self }
    }

    /// Who has it answered late, where that may be.
    pub(super) fn late(&self) -> Option<Arc<dyn Late>> {
        self.late.clone()
    }

    /// Gives it the data that its directives want. Call it once, before it runs.
    ///
    /// # Errors
    /// Where what a directive says cannot be done.
    pub(super) fn direct(&self, directives: &[GivenDirective], data: &mut Data) -> ServerResult<()> {
        if let Some(directed) = self.directed.as_ref().filter(|_| !directives.is_empty()) {
            directed.direct(directives, data)?;
        }
        let language = data.get(&TypeId::of::<ContentLanguage>());
        if let Some(ContentLanguage(language)) = language.and_then(|language| language.downcast_ref()) {
            let _ = self.language.set(language.clone());
        }
        Ok(())
    }

    /// In which language it is answered, where that is known.
    pub(super) fn language(&self) -> Option<HeaderValue> {
        self.language.get().cloned()
    }

    /// As [`over`](Self::over), of a caller whose token is not valid.
    pub(super) fn of_stale(self, stale: Option<Unauthenticated>) -> Self {
        Self { stale, ..self }
    }

    /// As [`over`](Self::over), counted by `charge` before it runs.
    pub(super) fn charged_by(self, charge: Option<Arc<dyn Charge>>) -> Self {
        Self { charge, ..self }
    }

    /// As [`over`](Self::over), one of those that its address has running.
    pub(super) fn loading(self, load: Option<Load>) -> Self {
        Self { load, ..self }
    }

    /// As [`over`](Self::over), which may be repeated where a key came with it.
    pub(super) fn under(self, repeats: Option<Arc<dyn Repeats>>, keyed: Option<Result<Keyed, NotBegun>>) -> Self {
        Self {
            keyed: repeats.zip(keyed),
            ..self
        }
    }

    /// Whether it came with a key: if it is a mutation it is done to its end, for whoever repeats it.
    pub(super) fn is_keyed(&self) -> bool {
        self.keyed.is_some()
    }

    /// Takes up what is asked under its key; `None` where there is none. Call it once, before [`accept`](Self::accept).
    ///
    /// # Errors
    /// Where it is not to be done now.
    pub(super) async fn repeat(&self) -> ServerResult<Option<Repeating>> {
        match &self.keyed {
            Some((repeats, keyed)) => Ok(Some(Repeating::new(repeats.begin(keyed.clone()?).await?))),
            None => Ok(None),
        }
    }

    /// Counts it. Call it once, after every other check and before [`accept`](Self::accept). Gives how many points are
    /// left of the caller's budget.
    ///
    /// # Errors
    /// `RATE_LIMITED`, where the caller asks too often or has too much running.
    pub(super) async fn charge(&self, asked: Asked) -> ServerResult<Option<u32>> {
        // A subscription does little for long.
        if let Some(load) = self.load.as_ref().filter(|_| asked.kind != OperationType::Subscription) {
            let share = load.running.take_many(load.address, asked.cost.max(1));
            let busy = RateLimited {
                retry_after_seconds: BUSY_SECONDS,
            };
            let _ = self.share.set(share.ok_or(busy)?);
        }
        match &self.charge {
            Some(charge) => Ok(charge.charge(asked).await?),
            None => Ok(None),
        }
    }

    /// What is told of it to those who watch. Call it once, before it runs.
    pub(super) fn measure(&self, measured: Measured) {
        let _ = self.measured.set(measured);
    }

    /// Tells those who watch that it has ended, with the code of its first error.
    pub(super) fn end(&self, code: Option<&str>) {
        metrics::operation(self.measured.get(), code, self.began.elapsed());
    }

    /// Why only what needs no token may run, where that is so.
    pub(super) fn stale(&self) -> Option<Unauthenticated> {
        self.stale
    }

    pub(super) fn transport(&self) -> Transport {
        self.transport
    }

    pub(super) fn accept(&self, kind: OperationType) {
        // A second acceptance cannot differ: a request holds one operation.
        let _ = self.accepted.set(kind);
    }

    pub(super) fn execute(&self) {
        self.executed.store(true, Ordering::Release);
    }

    pub(super) fn take_executed(&self) -> bool {
        self.executed.swap(false, Ordering::AcqRel)
    }

    /// What runs, or `None` while it has not passed the checks.
    pub fn running(&self) -> Option<OperationType> {
        self.accepted.get().copied()
    }

    /// Waits until the operation has passed every check. Never ends for one that does not.
    pub async fn accepted(&self) -> OperationType {
        *self.accepted.wait().await
    }
}
