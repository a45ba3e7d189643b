//! Events and what became of them are forgotten after a while.

use crate::{Result, Shop};

/// How many rows of a kind go in one statement.
const BATCH: i64 = 500;

/// Forgets what is older than the shop keeps it, a bounded number at a time: attempts, deliveries that have ended, events that
/// nothing names, and endpoints that were deleted. Gives how many rows.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let before = shop.now() - shop.settings.webhooks.log;
    let mut forgotten = 0;
    for sql in [
        "delete from webhook_attempt where delivery_id in (select id from webhook_delivery where state <> 'PENDING' \
         and created_at < $1 order by created_at, id limit $2)",
        "delete from webhook_delivery where id in (select id from webhook_delivery where state <> 'PENDING' \
         and created_at < $1 order by created_at, id limit $2)",
        "delete from event where id in (select e.id from event e where e.occurred_at < $1 and e.published_at is not null \
         and not e.awaits_stream and not exists (select 1 from webhook_delivery d where d.event_id = e.id) \
         order by e.occurred_at limit $2)",
        "delete from webhook_endpoint where id in (select e.id from webhook_endpoint e where e.deleted_at < $1 \
         and not exists (select 1 from webhook_delivery d where d.endpoint_id = e.id) limit $2)",
    ] {
        forgotten += shop.execute(sql, [before.into(), BATCH.into()]).await?;
    }
    Ok(forgotten)
}
