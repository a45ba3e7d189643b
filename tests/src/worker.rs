//! A worker in the test's own process, and what is waited for beside it.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use vitrine_adapters::{boot::Booted, config::Config};
use vitrine_commerce::{Shop, outbox as queues};
use vitrine_entity::{
    ids::OutboxId,
    outbox::{self, OutboxState},
};

use crate::patience::within;
pub use crate::patience::{PATIENCE, until};

/// How often the workers of tests ask, by the machine's clock, whether something is due by the shop's. Only at their start: where
/// a test takes long in real time, something would begin in the middle of what it counts.
pub(crate) const DUE_PERIOD: Duration = Duration::from_secs(24 * 3600);

/// How many jobs of a queue are handed over at once.
const HANDED_OVER_MAX: u64 = 200;

/// A worker that runs.
pub struct Working {
    stop: CancellationToken,
    worker: JoinHandle<()>,
}

impl Working {
    pub fn start(booted: &Booted, config: &Config) -> Self {
        let stop = CancellationToken::new();
        let (booted, config, asked) = (booted.clone(), config.clone(), stop.clone());
        let worker = tokio::spawn(async move {
            let worked = vitrine_worker::run_asking(&booted, &config, DUE_PERIOD, asked).await;
            worked.expect("it stops as it was asked to");
        });
        Self { stop, worker }
    }

    /// Asks it to stop, as SIGTERM does, and gives how long that took.
    pub async fn stop(self) -> Duration {
        let asked = Instant::now();
        self.stop.cancel();
        let outcome = within("the worker's end", self.worker).await;
        outcome.expect("no panic");
        asked.elapsed()
    }
}

/// Lets every lease be over, as if its time had passed: where whoever held them is dead.
pub async fn leases_run_out(shop: &Shop) {
    let past = Expr::value(shop.now() - TimeDelta::seconds(1));
    let update = outbox::Entity::update_many()
        .col_expr(outbox::Column::LeaseUntil, past)
        .filter(outbox::Column::LeaseUntil.is_not_null());
    update.exec(&shop.db).await.expect("updated");
}

/// Lets every pause of a job that has failed be over, as if its time had passed: where what it failed of is mended.
pub async fn pauses_run_out(shop: &Shop) {
    let now = shop.now();
    let update = outbox::Entity::update_many()
        .col_expr(outbox::Column::RunAt, Expr::value(now))
        .filter(outbox::Column::State.eq(OutboxState::Ready))
        .filter(outbox::Column::Attempts.gt(0))
        .filter(outbox::Column::RunAt.gt(now));
    update.exec(&shop.db).await.expect("updated");
}

/// Has the lease of every job run out that was begun and has not come to an end.
pub(crate) async fn runs_run_out(shop: &Shop) {
    let past = Expr::value(shop.now() - TimeDelta::seconds(1));
    let update = outbox::Entity::update_many()
        .col_expr(outbox::Column::LeaseUntil, past)
        .filter(outbox::Column::State.eq(OutboxState::Running));
    update.exec(&shop.db).await.expect("updated");
}

/// Hands over what is due, as the relay does at its next look, and once more what was handed over and nobody has begun: the
/// queue may have lost it, and whoever gets it twice finds it begun. Where the queue is away, or nobody takes from
/// it, nothing is done.
pub(crate) async fn hand_over(booted: &Booted) {
    let shop = &booted.shop;
    if !shop.queue.is_attended() {
        return;
    }
    queues::sweep(shop).await.expect("the sweeper runs");
    for queue in queues::QUEUES {
        let Ok(room) = booted.consumer.room(queue).await else {
            continue;
        };
        let limit = HANDED_OVER_MAX.min(room as u64);
        if limit == 0 {
            continue;
        }
        queues::take_due(shop, queue, limit).await.expect("jobs are taken");
        let handed_over = outbox::Entity::find()
            .select_only()
            .column(outbox::Column::Id)
            .filter(outbox::Column::Queue.eq(queue))
            .filter(outbox::Column::State.eq(OutboxState::HandedOver))
            .order_by_asc(outbox::Column::RunAt)
            .limit(limit);
        let jobs: Vec<OutboxId> = handed_over.into_tuple().all(&shop.db).await.expect("jobs are read");
        if !jobs.is_empty() && shop.queue.push(queue, &jobs).await.is_err() {
            tracing::debug!("a hand-over failed, and is tried again at the next one");
        }
    }
}
