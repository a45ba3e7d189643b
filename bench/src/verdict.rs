//! Whether the shop is sound after all that: a figure without that does not count.

use std::time::{Duration, Instant};

use vitrine_adapters::{boot, config::Config};
use vitrine_tests::invariants;

use crate::shop::database;

/// How long what is due may take once nobody buys any more.
const PATIENCE: Duration = Duration::from_secs(600);

/// Waits until nothing is due, while the shop runs. Gives how long that took.
pub async fn rest(config: &Config) -> anyhow::Result<Duration> {
    let booted = boot::boot(config).await?;
    let started = Instant::now();
    while !vitrine_tests::is_at_rest(&booted.shop).await {
        anyhow::ensure!(started.elapsed() < PATIENCE, "the shop does not come to rest");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    Ok(started.elapsed())
}

/// What is wrong with its stock, orders and payments; the shop stands still.
pub async fn violations(config: &Config) -> anyhow::Result<Vec<String>> {
    let booted = boot::boot(config).await?;
    let provider = booted.simulated.clone();
    let provider = provider.ok_or_else(|| anyhow::anyhow!("the shop has no simulated provider"))?;
    let db = database::without_limits(config.database.url.expose()).await?;
    Ok(invariants::violations(&db, &provider).await)
}
