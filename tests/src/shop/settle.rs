//! Waits until a shop has nothing to do, and lets its time pass.
//!
//! Nothing is left to a clock that a test cannot move: what the relay, a queue or whoever delivers webhooks has not brought to
//! its end within a moment, because the machine is busy, is called forward.

use std::{
    error::Error,
    time::{Duration, Instant},
};

use chrono::TimeDelta;
use sea_orm::{ConnectionTrait, Statement};
use vitrine_adapters::payment::simulated::deliver_over_http;
use vitrine_commerce::{outbox, ports::search::SearchError};

use super::TestShop;
use crate::{
    client::http,
    invariants,
    patience::{PATIENCE, out_of_patience, within},
    rest::{WEBHOOK_LEASE, Waiting, is_at_rest, waiting},
    worker::{hand_over, runs_run_out},
};

/// The pause between two looks.
const PAUSE: Duration = Duration::from_millis(20);

/// How long the relay of a test looks away at most; one that is to look more seldom is not waited for.
const RELAY_MAX: Duration = Duration::from_millis(500);

/// How long what was handed over waits for a worker at most, unless it is lost or all are busy.
const HAND_OVER_MAX: Duration = Duration::from_secs(2);

/// How long a webhook takes at most; then its delivery has failed.
const WEBHOOK_MAX: Duration = Duration::from_secs(12);

/// How long a job takes at most; then its worker has dropped it.
const RUN_MAX: Duration = Duration::from_secs(85);

/// How often it is looked whether more is due, and whether what was begun has come to its end, which it may not: a busy machine
/// looks more slowly, too.
const LOOKS: usize = 2;
const LOOKS_AT_RUNS: usize = 3;

/// What waits, and since when in the same numbers.
struct Unchanged {
    waiting: Waiting,
    since: Instant,
    handed_over_at: Instant,
    are_webhooks_sent: bool,
}

impl Unchanged {
    fn since_now(waiting: Waiting) -> Self {
        let now = Instant::now();
        Self {
            waiting,
            since: now,
            handed_over_at: now,
            are_webhooks_sent: false,
        }
    }
}

impl TestShop {
    /// Waits until nothing is due any more: no job, no webhook.
    ///
    /// # Panics
    /// When the shop does not come to rest.
    pub async fn settle(&self) {
        let resting = async {
            let mut unchanged = Unchanged::since_now(waiting(self.shop()).await);
            while !unchanged.waiting.is_nothing() {
                self.call_forward(&mut unchanged).await;
                tokio::time::sleep(PAUSE).await;
                let now = waiting(self.shop()).await;
                if now != unchanged.waiting {
                    unchanged = Unchanged::since_now(now);
                }
            }
        };
        if tokio::time::timeout(PATIENCE, resting).await.is_err() {
            let waiting = waiting(self.shop()).await;
            let jobs = invariants::unfinished_jobs(&self.shop().db, |_| false).await;
            out_of_patience(format_args!("the shop does not come to rest: {waiting:?}, {jobs:#?}"));
        }
        match self.shop().search.settle().await {
            // A test that takes the engine away means it.
            Ok(()) | Err(SearchError::Unavailable(_)) => {}
            Err(refused) => panic!("the search engine does not settle: {refused}"),
        }
    }

    /// What has waited too long in the same numbers is lost, or due at a time to which nobody moves the clock.
    async fn call_forward(&self, unchanged: &mut Unchanged) {
        let Waiting {
            due,
            handed_over,
            running,
            ..
        } = unchanged.waiting;
        let (since, looked) = (unchanged.since.elapsed(), unchanged.handed_over_at.elapsed());
        if (due > 0 && looked > RELAY_MAX) || (handed_over > 0 && looked > HAND_OVER_MAX) {
            hand_over(&self.booted).await;
            unchanged.handed_over_at = Instant::now();
        } else if unchanged.waiting.jobs() == 0 && !unchanged.are_webhooks_sent {
            self.send_webhooks().await;
            unchanged.are_webhooks_sent = true;
        } else if unchanged.waiting.jobs() == 0 && since > WEBHOOK_MAX {
            self.deliver_again().await;
            unchanged.since = Instant::now();
        } else if running > 0 && since > RUN_MAX {
            runs_run_out(self.shop()).await;
            unchanged.since = Instant::now();
        }
    }

    /// Has the simulated provider send what is due, and not only at its next look.
    async fn send_webhooks(&self) {
        let Some(provider) = &self.booted.simulated else { return };
        let sent = deliver_over_http(provider, &http(), &self.config.simulated_webhook_url()).await;
        if let Err(error) = sent {
            tracing::debug!(
                error = &error as &dyn Error,
                "webhooks are left to the provider's next look"
            );
        }
    }

    /// Has the simulated provider send at once what it would send again after a pause.
    async fn deliver_again(&self) {
        let (db, now) = (&self.shop().db, self.shop().now());
        let sql = "update simulated_webhook set deliver_at = $1 \
                   where delivered_at is null and attempts > 0 and deliver_at <= $2";
        let values = [now.into(), (now + WEBHOOK_LEASE).into()];
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        db.execute_raw(statement).await.expect("updated");
    }

    /// Whether nothing is due: no job, no webhook.
    pub async fn is_at_rest(&self) -> bool {
        is_at_rest(self.shop()).await
    }

    /// Moves the clock and waits until what is due by it has been begun, without waiting until the shop is at rest: some of
    /// its jobs may have died with their worker, and are found again here.
    ///
    /// # Panics
    /// When nobody begins it.
    pub async fn pass(&self, by: TimeDelta) {
        self.clock.advance(by);
        outbox::sweep(self.shop()).await.expect("the sweeper runs");
        within("the beginning of what is due", async {
            let (mut looks, mut wanted, mut looked_at) = (0, LOOKS, Instant::now());
            while looks < wanted {
                tokio::time::sleep(PAUSE / 4).await;
                let waiting = waiting(self.shop()).await;
                looks += 1;
                wanted = if waiting.running > 0 { LOOKS_AT_RUNS } else { LOOKS };
                if waiting.due + waiting.handed_over > 0 {
                    looks = 0;
                    if looked_at.elapsed() > RELAY_MAX {
                        hand_over(&self.booted).await;
                        looked_at = Instant::now();
                    }
                }
            }
        })
        .await;
    }

    /// Moves the clock, then waits until the shop is at rest.
    pub async fn advance(&self, by: TimeDelta) {
        self.clock.advance(by);
        self.settle().await;
    }
}
