//! What is done by the clock. What is claimed in the database ticks once however many workers run;
//! the rest every process does for itself, and minds no company.

use std::time::{Duration, Instant};

use anyhow::Context;
use tokio::task::JoinSet;
use tokio_util::sync::CancellationToken;
use vitrine_adapters::{boot::Booted, config::Config, payment::simulated::deliver_over_http};
use vitrine_commerce::{Error, Shop, catalog::index, outbox, payments::reconciliation, retention};

use crate::rhythm::{every, every_within};

/// How often lost jobs are looked for, and the queue is tidied.
const SWEEP_PERIOD: Duration = Duration::from_secs(5);
const TIDY_PERIOD: Duration = Duration::from_secs(60);

/// How often it is asked whether something is due that one worker does for all.
const DUE_PERIOD: Duration = Duration::from_secs(60);

/// How long the building of a search index may take.
const REINDEX_MAX: Duration = Duration::from_secs(3600);

/// How often the simulated provider forgets what is over.
const FORGET_PERIOD: Duration = Duration::from_secs(3600);

/// How often the simulated provider looks for webhooks that it owes.
const WEBHOOK_PERIOD: Duration = Duration::from_millis(500);

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
        async move { every("forgetting what is over", DUE_PERIOD, shutdown, || forget(&shop)).await }
    });
    parts.spawn({
        let (shop, shutdown) = (shop.clone(), shutdown.clone());
        async move {
            every("looking for missing jobs", DUE_PERIOD, shutdown, || async {
                outbox::reconcile(&shop).await.map(|_| ())
            })
            .await
        }
    });
    parts.spawn({
        let (shop, shutdown) = (shop.clone(), shutdown.clone());
        async move {
            every("starting reconciliations", DUE_PERIOD, shutdown, || {
                reconciliation::start_due(&shop)
            })
            .await
        }
    });
    parts.spawn({
        let (consumer, shutdown) = (booted.consumer.clone(), shutdown.clone());
        async move { every("tidying the queue", TIDY_PERIOD, shutdown, || consumer.tidy()).await }
    });
    parts.spawn({
        let (shutdown, stop) = (shutdown.clone(), shutdown.clone());
        let period = Duration::from_secs(config.worker.search_check_seconds);
        async move {
            every_within(REINDEX_MAX, "checking the search index", period, shutdown, || {
                rebuild_index(&shop, &stop)
            })
            .await
        }
    });
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
    if let Some(forgotten) = retention::forget(shop).await? {
        tracing::debug!(?forgotten, "what was over is forgotten");
    }
    Ok(())
}

/// Builds the search index where the engine is new or has lost its memory, and once a day. Several workers
/// may do so at once: each builds a whole one, and the last that is published stays.
async fn rebuild_index(shop: &Shop, shutdown: &CancellationToken) -> Result<(), Error> {
    if !index::needs_rebuild(shop).await? {
        return Ok(());
    }
    tracing::info!("the search index is built anew");
    let started = Instant::now();
    // Dropped at a shutdown: a half is in nobody's way, and the whole may take longer than is left.
    let Some(built) = shutdown.run_until_cancelled(index::reindex(shop, |_, _| ())).await else {
        return Ok(());
    };
    let products = built?;
    tracing::info!(
        products,
        elapsed_ms = started.elapsed().as_millis() as u64,
        "the search index is built"
    );
    Ok(())
}
