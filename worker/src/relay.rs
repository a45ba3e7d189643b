//! Hands over what is due and was not handed over by whoever committed it.

use std::time::Duration;

use tokio_util::sync::CancellationToken;
use vitrine_adapters::queue::Consumer;
use vitrine_commerce::{Error, Shop, outbox, ports::queue::QueueError};
use vitrine_entity::outbox::Queue;

use crate::rhythm::every;

/// How many rows are taken at once.
const BATCH: usize = 200;

/// Why a round was not completed.
#[derive(Debug, thiserror::Error)]
pub enum RelayError {
    #[error("due jobs could not be read or returned")]
    Outbox(#[source] Error),
    #[error("due jobs could not be handed over")]
    Queue(#[source] QueueError),
}

pub(crate) async fn keep_relaying(shop: Shop, consumer: Consumer, period: Duration, shutdown: CancellationToken) {
    every("handing over due jobs", period, shutdown, || async {
        relay(&shop, &consumer).await.map(|_| ())
    })
    .await;
}

/// Hands over what is due now, as far as there is room. Gives how many rows it was.
pub async fn relay(shop: &Shop, consumer: &Consumer) -> Result<usize, RelayError> {
    let mut handed_over = 0;
    for queue in outbox::queues_due(shop).await.map_err(RelayError::Outbox)? {
        while let Some(batch) = relay_batch(shop, consumer, queue).await? {
            handed_over += batch;
            if batch < BATCH {
                break;
            }
        }
    }
    Ok(handed_over)
}

/// `None` when there is no room, or nothing is due any more.
async fn relay_batch(shop: &Shop, consumer: &Consumer, queue: Queue) -> Result<Option<usize>, RelayError> {
    // Asked first, or a full queue would have rows taken and given back at every turn.
    let limit = consumer.room(queue).await.map_err(RelayError::Queue)?.min(BATCH);
    if limit == 0 {
        return Ok(None);
    }
    let jobs = outbox::take_due(shop, queue, limit as u64)
        .await
        .map_err(RelayError::Outbox)?;
    if jobs.is_empty() {
        return Ok(None);
    }
    if let Err(error) = shop.queue.push(queue, &jobs).await {
        outbox::give_back(shop, &jobs).await.map_err(RelayError::Outbox)?;
        return Err(RelayError::Queue(error));
    }
    Ok(Some(jobs.len()))
}
