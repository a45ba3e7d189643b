//! One queue's worker.

use std::{sync::Arc, time::Duration};

use apalis::prelude::{WorkerBuilder, WorkerBuilderExt, WorkerContext, WorkerError};
use futures::{FutureExt, future::BoxFuture};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::Instant,
};
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use tracing::Instrument;
use vitrine_adapters::{boot::Booted, queue::Consumer};
use vitrine_commerce::{Shop, work};
use vitrine_entity::{
    ids::{OutboxId, encode_base32},
    outbox::Queue,
};

use crate::name;

/// How long a job may run: a little less than its lease, after which another worker has it; and longer
/// than a slow payment provider may take over a look-up and a call that moves money, 73 s together.
const JOB_TIMEOUT: Duration = Duration::from_secs(80);

/// The pauses before a worker that stopped is started again.
const PAUSE_MIN: Duration = Duration::from_millis(200);
const PAUSE_MAX: Duration = Duration::from_secs(5);

/// A worker that ran for this long before it stopped was well.
const WELL_AFTER: Duration = Duration::from_secs(30);

/// How long a worker whose last job has ended may take to tell the queue so. What the queue does not hear it delivers
/// once more, and whoever gets it finds it done.
const FAREWELL_MAX: Duration = Duration::from_millis(500);

/// Everything that the worker of one queue needs, over all its lives.
#[derive(Clone)]
pub(crate) struct Lane {
    shop: Shop,
    consumer: Consumer,
    queue: Queue,
    concurrency: usize,
    poll: Duration,
    /// Running jobs. They are tasks of their own, so that a worker that loses its Redis does not
    /// take half-done jobs with it.
    jobs: TaskTracker,
    /// Bounds them over the lives of a worker; within one, apalis does.
    permits: Arc<Semaphore>,
}

impl Lane {
    pub(crate) fn new(booted: &Booted, queue: Queue, concurrency: usize, poll: Duration, jobs: TaskTracker) -> Self {
        Self {
            shop: booted.shop.clone(),
            consumer: booted.consumer.clone(),
            queue,
            concurrency,
            poll,
            jobs,
            permits: Arc::new(Semaphore::new(concurrency)),
        }
    }

    /// Runs workers, one after the other, until `shutdown`.
    pub(crate) async fn keep_running(self, shutdown: CancellationToken) {
        let queue = name(self.queue);
        let mut pause = PAUSE_MIN;
        let mut broken = false;
        while !shutdown.is_cancelled() {
            let started = Instant::now();
            let outcome = self.run_once(&shutdown).await;
            if shutdown.is_cancelled() {
                return;
            }
            if started.elapsed() >= WELL_AFTER {
                (pause, broken) = (PAUSE_MIN, false);
            }
            // Said once, and not again at every attempt while Redis is down.
            if !std::mem::replace(&mut broken, true) {
                let error = outcome.as_ref().err().map(|error| error as &dyn std::error::Error);
                tracing::warn!(queue, error, "a worker stopped unasked and is started again");
            }
            tokio::select! {
                () = shutdown.cancelled() => return,
                () = tokio::time::sleep(pause) => pause = (pause * 2).min(PAUSE_MAX),
            }
            // What killed it may lie in the queue still.
            if let Err(error) = self.consumer.tidy().await {
                tracing::debug!(
                    queue,
                    error = &error as &dyn std::error::Error,
                    "the queue could not be tidied"
                );
            }
        }
    }

    async fn run_once(&self, shutdown: &CancellationToken) -> Result<(), WorkerError> {
        // A name of its own for each life: Redis believes for a while that the last one lives.
        let context = WorkerContext::new(&format!(
            "{}-{}",
            name(self.queue),
            encode_base32(self.shop.ids.unguessable())
        ));
        let mut worker = self.worker(&context);
        tokio::select! {
            outcome = &mut worker => return outcome,
            () = shutdown.cancelled() => {}
        }
        match context.stop() {
            // It takes no more.
            Ok(()) => self.end(worker).await,
            // It had not even begun.
            Err(_) => Ok(()),
        }
    }

    /// Waits for the last job of a worker that takes no more. apalis's own end is not waited for: its jobs tell it through
    /// a channel that they are done, and once it stops it reads that no more until they all are. With more jobs than the
    /// channel has room for it would wait for ever.
    async fn end(&self, mut worker: BoxFuture<'static, Result<(), WorkerError>>) -> Result<(), WorkerError> {
        let last_job = async {
            // All of them: those who wait for one came before.
            let permits = self
                .permits
                .acquire_many(self.concurrency.try_into().unwrap_or(u32::MAX));
            drop(permits.await);
            tokio::time::sleep(FAREWELL_MAX).await;
        };
        tokio::select! {
            // First, so that what it has taken and not begun asks for its permit.
            biased;
            outcome = &mut worker => outcome,
            () = last_job => Ok(()),
        }
    }

    fn worker(&self, context: &WorkerContext) -> BoxFuture<'static, Result<(), WorkerError>> {
        // The two backends' types have nothing in common that could be named in a few lines.
        macro_rules! worker {
            ($backend:expr) => {{
                let lane = self.clone();
                WorkerBuilder::new(context)
                    .backend($backend)
                    .concurrency(self.concurrency)
                    .catch_panic()
                    .build(move |job: OutboxId| {
                        let lane = lane.clone();
                        async move { lane.perform(job).await }
                    })
                    .run()
                    .boxed()
            }};
        }
        match &self.consumer {
            Consumer::InProcess(queue) => worker!(queue.backend(self.queue)),
            Consumer::Redis(queue) => worker!(queue.backend(self.queue, self.poll)),
        }
    }

    pub(crate) fn queue(&self) -> Queue {
        self.queue
    }

    /// Permits for as many jobs as it could do now, at most `most`; `None` for none.
    pub(crate) fn take_permits(&self, most: usize) -> Option<OwnedSemaphorePermit> {
        let free = self.permits.available_permits().min(most);
        // Whoever was faster has them.
        let permits = self
            .permits
            .clone()
            .try_acquire_many_owned(free.try_into().ok()?)
            .ok()?;
        (free > 0).then_some(permits)
    }

    async fn perform(&self, job: OutboxId) {
        let Ok(permit) = self.permits.clone().acquire_owned().await else {
            return;
        };
        self.begin(job, permit).await;
    }

    /// Does one job. There is nothing to tell apalis of a failure: the outbox knows, or will.
    pub(crate) fn begin(&self, job: OutboxId, permit: OwnedSemaphorePermit) -> impl Future<Output = ()> + use<> {
        let (shop, queue) = (self.shop.clone(), self.queue);
        let running = async move {
            let _permit = permit;
            match tokio::time::timeout(JOB_TIMEOUT, work::run_of(&shop, Some(queue), job)).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => {
                    tracing::error!(
                        error = &error as &dyn std::error::Error,
                        "a job's outcome could not be recorded: it will run again"
                    );
                }
                Err(_) => tracing::error!("a job took too long and was dropped: it will run again"),
            }
        };
        let span = tracing::info_span!("job", queue = name(queue), id = %job);
        let outcome = self.jobs.spawn(running.instrument(span));
        async move {
            if outcome.await.is_err_and(|error| error.is_panic()) {
                tracing::error!(queue = name(queue), id = %job, "a job panicked: it will run again");
            }
        }
    }
}
