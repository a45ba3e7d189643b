//! Whether a shop has anything to do.

use chrono::TimeDelta;
use sea_orm::{FromQueryResult, Statement};
use vitrine_commerce::Shop;

/// How long a webhook that is on its way is left to whoever took it.
pub(crate) const WEBHOOK_LEASE: TimeDelta = TimeDelta::seconds(30);

#[derive(FromQueryResult)]
struct Waiting {
    jobs: i64,
    webhooks: i64,
}

/// Whether a shop has anything to do.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Rest {
    AtRest,
    Waiting {
        /// And for nothing else.
        for_webhooks: bool,
    },
}

/// Whether nothing is due: no job, no webhook.
///
/// # Panics
/// When the database fails.
pub async fn is_at_rest(shop: &Shop) -> bool {
    rest(shop).await == Rest::AtRest
}

pub(crate) async fn rest(shop: &Shop) -> Rest {
    let sql = "select \
        cast((select count(*) from outbox where state in ('HANDED_OVER', 'RUNNING') or (state = 'READY' and run_at <= $1)) as bigint) as jobs, \
        cast((select count(*) from simulated_webhook where delivered_at is null and (deliver_at <= $1 or (attempts > 0 and deliver_at <= $2))) as bigint) as webhooks";
    let values = [shop.now().into(), (shop.now() + WEBHOOK_LEASE).into()];
    let statement = Statement::from_sql_and_values(shop.db.get_database_backend(), sql, values);
    match Waiting::find_by_statement(statement).one(&shop.db).await {
        Ok(Some(Waiting { jobs: 0, webhooks: 0 })) => Rest::AtRest,
        Ok(waiting) => Rest::Waiting {
            for_webhooks: waiting.is_some_and(|waiting| waiting.jobs == 0),
        },
        Err(error) => panic!("the shop's database failed: {error}"),
    }
}
