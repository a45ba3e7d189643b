//! What is done by the clock. Every process does all of it; nothing here minds company.

use std::time::Duration;

use anyhow::Context;
use chrono::TimeDelta;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use vitrine_adapters::{boot::Booted, config::Config, payment::simulated::deliver_over_http};
use vitrine_commerce::{Error, Shop, outbox};

use crate::rhythm::every;

/// How often lost jobs are looked for, the queue is tidied, and finished jobs are forgotten.
const SWEEP_PERIOD: Duration = Duration::from_secs(5);
const TIDY_PERIOD: Duration = Duration::from_secs(60);
const FORGET_PERIOD: Duration = Duration::from_secs(3600);

/// How often the simulated provider looks for webhooks that it owes.
const WEBHOOK_PERIOD: Duration = Duration::from_millis(500);

/// How long staff can look a finished job up.
const KEPT: TimeDelta = TimeDelta::days(7);

/// How many batches of finished jobs are forgotten at once.
const FORGET_BATCHES_MAX: usize = 1000;

/// Starts every schedule.
pub(crate) fn spawn_all(
    parts: &mut JoinSet<()>,
    booted: &Booted,
    config: &Config,
    shutdown: &CancellationToken,
) -> anyhow::Result<()> {
    let shop = booted.shop.clone();
    parts.spawn({
        let (shop, shutdown) = (shop.clone(), shutdown.clone());
        async move { every("sweeping lost jobs", SWEEP_PERIOD, shutdown, || sweep(&shop)).await }
    });
    parts.spawn({
        let (shop, shutdown) = (shop.clone(), shutdown.clone());
        async move { every("forgetting finished jobs", FORGET_PERIOD, shutdown, || forget(&shop)).await }
    });
    parts.spawn({
        let (consumer, shutdown) = (booted.consumer.clone(), shutdown.clone());
        async move { every("tidying the queue", TIDY_PERIOD, shutdown, || consumer.tidy()).await }
    });
    if let Some(provider) = booted.simulated.clone() {
        let client = reqwest::Client::builder().build().context("making an HTTP client")?;
        let (url, shutdown) = (config.simulated_webhook_url(), shutdown.clone());
        parts.spawn(async move {
            let step = || async { deliver_over_http(&provider, &client, &url).await.map(|_| ()) };
            every("sending simulated webhooks", WEBHOOK_PERIOD, shutdown, step).await;
        });
    }
    Ok(())
}

async fn sweep(shop: &Shop) -> Result<(), Error> {
    let lost = outbox::sweep(shop).await?;
    if lost > 0 {
        tracing::info!(
            lost,
            "jobs that were handed over and never finished are handed over again"
        );
    }
    Ok(())
}

async fn forget(shop: &Shop) -> Result<(), Error> {
    for _ in 0..FORGET_BATCHES_MAX {
        if outbox::forget_done(shop, KEPT).await? == 0 {
            break;
        }
    }
    Ok(())
}
