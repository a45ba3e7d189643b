//! Hears of changes for as long as the shop is open.

use std::time::Duration;

use futures::{FutureExt, StreamExt, stream::BoxStream};

use super::catch_up;
use crate::{Shop, ports::event_bus::Topic, shop::WeakShop, shown::Showing};

/// How often the database is asked while answers are kept. What is known is believed for a little more than twice as long
/// (`Showing::is_current`), and no answer is older.
const POLL: Duration = Duration::from_millis(300);

/// How often it is looked whether anybody keeps answers, besides being told.
const IDLE: Duration = Duration::from_secs(5);

/// However much the bus says, the database is asked no more often.
const GAP: Duration = Duration::from_millis(10);

/// Keeps this process informed for as long as the shop is open and answers are kept.
pub async fn follow(shop: WeakShop) {
    let Some((mut topics, showing)) = shop
        .upgrade()
        .map(|shop| (shop.bus.subscribe(), shop.showing().clone()))
    else {
        return;
    };
    let wanted = showing.wanted();
    let mut is_failing = false;
    loop {
        // Whether it was told or the time is over, it reads.
        let _ = match showing.is_used() {
            true => tokio::time::timeout(POLL, told(&mut topics, &showing)).await,
            false => tokio::time::timeout(IDLE, wanted.notified()).await,
        };
        let Some(shop) = shop.upgrade() else { return };
        if !showing.is_used() {
            continue;
        }
        // One reading answers all that was said so far.
        while let Some(Some(topic)) = topics.next().now_or_never() {
            is_to_be_read(topic, &showing);
        }
        is_failing = read(&shop, is_failing).await;
        drop(shop);
        tokio::time::sleep(GAP).await;
    }
}

async fn told(topics: &mut BoxStream<'static, Topic>, showing: &Showing) {
    while let Some(topic) = topics.next().await {
        if is_to_be_read(topic, showing) {
            return;
        }
    }
    // A bus that is gone says nothing.
    std::future::pending().await
}

/// Whether the database says what has changed. Of the search engine it knows nothing.
fn is_to_be_read(topic: Topic, showing: &Showing) -> bool {
    if topic == Topic::Indexed {
        showing.hear_of_index();
    }
    topic == Topic::Shown
}

/// Whether that failed.
async fn read(shop: &Shop, is_failing: bool) -> bool {
    let outcome = catch_up(shop).await;
    if let Err(error) = &outcome
        && !is_failing
    {
        tracing::warn!(
            error = error as &dyn std::error::Error,
            "it cannot be read what has changed: answers are not kept meanwhile"
        );
    }
    outcome.is_err()
}
