//! Starts what is done by the clock: the shop's own schedule, and what the queue and the simulated payment
//! provider need.

use std::time::Duration;

use anyhow::Context;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use vitrine_adapters::{backup, boot::Booted, config::Config, payment::simulated::deliver_over_http};
use vitrine_commerce::schedule;

use crate::rhythm::{every, every_within};

/// How often it is asked whether the day's backup is due, and how long one may take.
const BACKUP_PERIOD: Duration = Duration::from_secs(60);
const BACKUP_MAX: Duration = Duration::from_secs(6 * 3600);

/// How often the queue is tidied.
const TIDY_PERIOD: Duration = Duration::from_secs(60);

/// How often the simulated provider forgets what is over.
const FORGET_PERIOD: Duration = Duration::from_secs(3600);

/// How often the simulated provider looks for webhooks that it owes.
const WEBHOOK_PERIOD: Duration = Duration::from_millis(500);

/// Starts every schedule. What is asked every [`schedule::DUE_PERIOD`] is asked every `due_period`.
pub(crate) fn spawn_all(
    parts: &mut JoinSet<()>,
    booted: &Booted,
    config: &Config,
    due_period: Duration,
    shutdown: &CancellationToken,
) -> anyhow::Result<()> {
    let shop = booted.shop.clone();
    for task in schedule::tasks(Duration::from_secs(config.worker.search_check_seconds)) {
        let (shop, shutdown, ended) = (shop.clone(), shutdown.clone(), shutdown.clone());
        let period = match task.period == schedule::DUE_PERIOD {
            true => due_period,
            false => task.period,
        };
        parts.spawn(async move {
            // Dropped at a shutdown: half of what it does is in nobody's way, and the whole may take longer
            // than is left.
            let step = || async { ended.run_until_cancelled((task.run)(&shop)).await.unwrap_or(Ok(())) };
            every_within(task.run_max, task.name, period, shutdown, step).await;
        });
    }
    parts.spawn({
        let (consumer, shutdown) = (booted.consumer.clone(), shutdown.clone());
        async move { every("tidying the queue", TIDY_PERIOD, shutdown, || consumer.tidy()).await }
    });
    if config.backup.daily_at().is_some() {
        let (config, shop, shutdown) = (config.clone(), shop.clone(), shutdown.clone());
        parts.spawn(async move {
            let step = || backup::run_if_due(&config, shop.now());
            every_within(BACKUP_MAX, "backing up", BACKUP_PERIOD, shutdown, step).await;
        });
    }
    if let Some(provider) = booted.simulated.clone() {
        let (forgetful, ended) = (provider.clone(), shutdown.clone());
        parts.spawn(async move {
            let step = || async { forgetful.forget().await.map(|_| ()) };
            every("forgetting simulated webhooks", FORGET_PERIOD, ended, step).await;
        });
        let client = reqwest::Client::builder().build().context("making an HTTP client")?;
        let (url, shutdown) = (config.simulated_webhook_url(), shutdown.clone());
        parts.spawn(async move {
            let step = || async { deliver_over_http(&provider, &client, &url).await.map(|_| ()) };
            every("sending simulated webhooks", WEBHOOK_PERIOD, shutdown, step).await;
        });
    }
    Ok(())
}
