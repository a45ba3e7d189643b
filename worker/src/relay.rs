//! Hands over what is due and was not handed over by whoever committed it.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::Duration,
};

use tokio_util::sync::CancellationToken;
use vitrine_adapters::queue::{Consumer, is_full};
use vitrine_commerce::{Error, Shop, outbox, ports::queue::QueueError};
use vitrine_entity::outbox::Queue;

use crate::{lane::Lane, rhythm::every};

/// How many rows are taken at once.
const BATCH: usize = 200;

/// From the outbox to the queues.
pub(crate) struct Relay {
    pub(crate) shop: Shop,
    pub(crate) consumer: Consumer,
    /// Who does the work when there is nobody to hand it to.
    pub(crate) lanes: Vec<Lane>,
    /// Whether that is so.
    pub(crate) alone: AtomicBool,
}

impl Relay {
    pub(crate) async fn keep_relaying(self, period: Duration, shutdown: CancellationToken) {
        every("handing over due jobs", period, shutdown, || self.relay()).await;
    }

    /// Hands over what is due now, as far as there is room. While the queue is away, this worker does by
    /// itself what it can: the outbox knows what must be done, and who has begun it.
    async fn relay(&self) -> Result<(), Error> {
        for queue in outbox::queues_due(&self.shop).await? {
            while self.relay_batch(queue).await? {}
        }
        Ok(())
    }

    /// Gives whether more may be due that there is room for.
    async fn relay_batch(&self, queue: Queue) -> Result<bool, Error> {
        // Asked first, or a full queue would have rows taken and given back at every turn.
        let room = match self.consumer.room(queue).await {
            Ok(room) => room,
            Err(error) => return self.work_alone(queue, &error).await,
        };
        let jobs = match room.min(BATCH) {
            0 => Vec::new(),
            limit => outbox::take_due(&self.shop, queue, limit as u64).await?,
        };
        if jobs.is_empty() {
            return Ok(false);
        }
        if let Err(error) = self.shop.queue.push(queue, &jobs).await {
            outbox::give_back(&self.shop, &jobs).await?;
            // Others have filled it meanwhile.
            if is_full(&error) {
                return Ok(false);
            }
            return self.work_alone(queue, &error).await;
        }
        if self.alone.swap(false, Ordering::Relaxed) {
            tracing::info!("the queue is there again");
        }
        Ok(jobs.len() == BATCH)
    }

    /// No more than the lane would do anyway.
    async fn work_alone(&self, queue: Queue, why: &QueueError) -> Result<bool, Error> {
        if !self.alone.swap(true, Ordering::Relaxed) {
            tracing::warn!(
                error = why as &dyn std::error::Error,
                "the queue is away: this worker works from the database alone"
            );
        }
        let lane = self.lanes.iter().find(|lane| lane.queue() == queue);
        let Some((lane, mut permits)) = lane.and_then(|lane| Some((lane, lane.take_permits(BATCH)?))) else {
            return Ok(false);
        };
        for job in outbox::take_due(&self.shop, queue, permits.num_permits() as u64).await? {
            if let Some(permit) = permits.split(1) {
                tokio::spawn(lane.begin(job, permit));
            }
        }
        Ok(false)
    }
}
