//! Runs the jobs that the outbox holds, and the schedules that keep it moving.
//!
//! apalis brings concurrency, acknowledgement and Redis; what must be done, when, how often and
//! who gives up is the outbox's business alone (`vitrine_commerce::outbox`). So a worker that
//! dies, a queue that is wiped and a task that comes twice cost time and nothing else.
//!
//! | part | what it does |
//! | --- | --- |
//! | `lane` | one apalis worker a queue, started again whenever it stops unasked |
//! | `relay` | hands over what is due; does it at once while there is no queue to hand it to |
//! | `schedules` | sweeps up what was lost, forgets what is over, builds a missing search index, sends simulated webhooks |
//!
//! It runs inside the server's process when the shop is embedded, and as `vitrine-worker`
//! otherwise.
// They panic where nobody reads, and wait where nobody reads on.
#![warn(clippy::print_stdout, clippy::print_stderr)]

mod lane;
mod relay;
mod rhythm;
mod schedules;

pub mod metrics;
pub mod runtime;
pub mod signals;

use std::{sync::atomic::AtomicBool, time::Duration};

use anyhow::bail;
use tokio::task::JoinSet;
use tokio_util::{sync::CancellationToken, task::TaskTracker};
use vitrine_adapters::{boot::Booted, config::Config, queue};
use vitrine_commerce::schedule;
use vitrine_entity::outbox::Queue;

use lane::Lane;
use relay::Relay;

/// Works until `shutdown`, and then until the running jobs are done or their time is up.
///
/// # Errors
/// When a part of it stopped unasked, which it never should: the process had better start again.
pub async fn run(booted: &Booted, config: &Config, shutdown: CancellationToken) -> anyhow::Result<()> {
    run_asking(booted, config, schedule::DUE_PERIOD, shutdown).await
}

/// As [`run`], and asks every `due_period`, by the machine's clock, whether something is due that one worker does for all.
///
/// # Errors
/// As [`run`].
pub async fn run_asking(
    booted: &Booted,
    config: &Config,
    due_period: Duration,
    shutdown: CancellationToken,
) -> anyhow::Result<()> {
    let jobs = TaskTracker::new();
    let poll = Duration::from_millis(config.worker.poll_ms);
    let mut parts = JoinSet::new();
    let lanes = lanes(config).map(|(queue, concurrency)| Lane::new(booted, queue, concurrency, poll, jobs.clone()));
    for lane in lanes.clone() {
        parts.spawn(lane.keep_running(shutdown.clone()));
    }
    let relay = Relay {
        shop: booted.shop.clone(),
        consumer: booted.consumer.clone(),
        lanes: lanes.to_vec(),
        alone: AtomicBool::new(false),
    };
    parts.spawn(relay.keep_relaying(poll, shutdown.clone()));
    schedules::spawn_all(&mut parts, booted, config, due_period, &shutdown)?;
    tracing::info!("the worker works");

    let ended = tokio::select! {
        () = shutdown.cancelled() => None,
        ended = parts.join_next() => ended,
    };
    // All parts end when it is cancelled: whichever was seen first.
    let unasked = if shutdown.is_cancelled() { None } else { ended };
    shutdown.cancel();
    drain(&mut parts, &jobs, Duration::from_secs(config.worker.shutdown_seconds)).await;
    match unasked {
        None => Ok(()),
        Some(Ok(())) => bail!("a part of the worker stopped unasked"),
        Some(Err(error)) => Err(anyhow::Error::new(error).context("a part of the worker broke down")),
    }
}

fn lanes(config: &Config) -> [(Queue, usize); 4] {
    let worker = &config.worker;
    [
        (Queue::Payment, worker.payment),
        (Queue::Stock, worker.stock),
        (Queue::Mail, worker.mail),
        (Queue::Search, worker.search),
    ]
}

/// Lets what runs come to its end, for a while.
async fn drain(parts: &mut JoinSet<()>, jobs: &TaskTracker, patience: Duration) {
    jobs.close();
    let finished = async {
        while parts.join_next().await.is_some() {}
        jobs.wait().await;
    };
    match tokio::time::timeout(patience, finished).await {
        Ok(()) => tracing::info!("the worker has stopped"),
        Err(_) => tracing::warn!(
            jobs = jobs.len(),
            "the worker stops with jobs unfinished: they will run again"
        ),
    }
    parts.abort_all();
}

/// A queue's name in logs.
fn name(queue: Queue) -> &'static str {
    queue::name(queue)
}
