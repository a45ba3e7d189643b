//! A worker in the test's own process, and what is waited for beside it.

use std::time::{Duration, Instant};

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;
use vitrine_adapters::{boot::Booted, config::Config};
use vitrine_commerce::Shop;
use vitrine_entity::outbox::{self, OutboxState};

/// How long a state may take to come.
pub const PATIENCE: Duration = Duration::from_secs(60);

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
            let worked = vitrine_worker::run(&booted, &config, asked).await;
            worked.expect("it stops as it was asked to");
        });
        Self { stop, worker }
    }

    /// Asks it to stop, as SIGTERM does, and gives how long that took.
    pub async fn stop(self) -> Duration {
        let asked = Instant::now();
        self.stop.cancel();
        let outcome = tokio::time::timeout(PATIENCE, self.worker).await;
        outcome.expect("it stops in time").expect("no panic");
        asked.elapsed()
    }
}

/// Waits for a state.
///
/// # Panics
/// When it does not come.
pub async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let waiting = async {
        while !holds().await {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    let came = tokio::time::timeout(PATIENCE, waiting).await;
    came.unwrap_or_else(|_| panic!("this did not come: {what}"));
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

/// Lets the lease of every job be over that was handed over and that nobody has begun: handed over again, it is begun once.
pub async fn hand_overs_run_out(shop: &Shop) {
    let past = Expr::value(shop.now() - TimeDelta::seconds(1));
    let update = outbox::Entity::update_many()
        .col_expr(outbox::Column::LeaseUntil, past)
        .filter(outbox::Column::State.eq(OutboxState::HandedOver));
    update.exec(&shop.db).await.expect("updated");
}
