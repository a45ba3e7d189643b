//! How a process learns of what another has changed: by the bus, and where that is silent, by asking.

use std::time::Duration;

use futures::StreamExt;

use super::store;
use crate::{Result, Shop, ports::event_bus::Topic, shop::WeakShop};

/// How often it is asked whether the settings have changed: what is switched is known everywhere within a second.
const POLL: Duration = Duration::from_millis(800);

/// Keeps the shop's profile up to date for as long as it is open.
pub async fn follow(shop: WeakShop) {
    let Some(mut topics) = shop.upgrade().map(|shop| shop.bus.subscribe()) else {
        return;
    };
    let mut is_failing = false;
    loop {
        let told = async {
            while let Some(topic) = topics.next().await {
                if topic == Topic::Settings {
                    return;
                }
            }
            // A bus that is gone says nothing.
            std::future::pending().await
        };
        // Whether it was told or the time is over: it reads.
        let _ = tokio::time::timeout(POLL, told).await;
        let Some(shop) = shop.upgrade() else { return };
        match refresh(&shop).await {
            Ok(()) => is_failing = false,
            Err(error) if !is_failing => {
                is_failing = true;
                tracing::warn!(
                    error = &error as &dyn std::error::Error,
                    "the shop's settings cannot be read: those from before hold"
                );
            }
            Err(_) => {}
        }
    }
}

/// Reads the settings anew, if they have changed.
pub async fn refresh(shop: &Shop) -> Result<()> {
    let version = store::version(&shop.db).await?;
    if version.is_some_and(|version| version > shop.profile().version)
        && let Some(profile) = store::find(&shop.db).await?
    {
        shop.learn(profile);
    }
    Ok(())
}
