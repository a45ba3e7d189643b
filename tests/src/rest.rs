//! Whether a shop has anything to do.

use chrono::TimeDelta;
use sea_orm::{FromQueryResult, Statement};
use vitrine_commerce::Shop;

/// How long a webhook that is on its way is left to whoever took it.
pub(crate) const WEBHOOK_LEASE: TimeDelta = TimeDelta::seconds(30);

/// How much a shop has to do, by who is to do it.
#[derive(FromQueryResult, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Waiting {
    /// Jobs that are due, which the relay hands over.
    pub(crate) due: i64,
    /// Jobs that were handed over, which a worker begins.
    pub(crate) handed_over: i64,
    /// Jobs that were begun.
    pub(crate) running: i64,
    /// Webhooks that are due or on their way.
    pub(crate) webhooks: i64,
}

impl Waiting {
    /// Whether it is nothing.
    pub(crate) fn is_nothing(&self) -> bool {
        self.jobs() == 0 && self.webhooks == 0
    }

    pub(crate) fn jobs(&self) -> i64 {
        self.due + self.handed_over + self.running
    }
}

/// Whether nothing is due: no job, no webhook.
///
/// # Panics
/// When the database fails.
pub async fn is_at_rest(shop: &Shop) -> bool {
    waiting(shop).await.is_nothing()
}

/// What is due or under way.
///
/// # Panics
/// When the database fails.
pub(crate) async fn waiting(shop: &Shop) -> Waiting {
    let jobs =
        |name: &str, which: &str| format!("cast((select count(*) from outbox where {which}) as bigint) as {name}");
    let sql = format!(
        "select {}, {}, {}, \
         cast((select count(*) from simulated_webhook where delivered_at is null \
         and (deliver_at <= $1 or (attempts > 0 and deliver_at <= $2))) as bigint) as webhooks",
        jobs("due", "state = 'READY' and run_at <= $1"),
        jobs("handed_over", "state = 'HANDED_OVER'"),
        jobs("running", "state = 'RUNNING'"),
    );
    let values = [shop.now().into(), (shop.now() + WEBHOOK_LEASE).into()];
    let statement = Statement::from_sql_and_values(shop.db.get_database_backend(), sql, values);
    let found = Waiting::find_by_statement(statement).one(&shop.db).await;
    found
        .expect("the shop's database answers")
        .expect("counting gives a row")
}
