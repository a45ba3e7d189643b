//! Prices that are long over are forgotten.

use chrono::TimeDelta;

use crate::{Result, Shop};

/// How long a price that staff had set is known: a year, and the month before it that a reduction goes by.
const SET: TimeDelta = TimeDelta::days(400);

/// How long one that followed from a rate is. Those may change every day, with each price of the shop: a reduction goes by
/// 30 days of them.
const DERIVED: TimeDelta = TimeDelta::days(60);

/// Forgets some; gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from price_history where (variant_id, currency, since) in \
               (select variant_id, currency, since from price_history where fixed = $1 and until < $2 limit 1000)";
    let mut forgotten = 0;
    for (fixed, age) in [(true, SET), (false, DERIVED)] {
        forgotten += shop.execute(sql, [fixed.into(), (shop.now() - age).into()]).await?;
    }
    Ok(forgotten)
}
