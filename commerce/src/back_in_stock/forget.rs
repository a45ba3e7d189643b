use chrono::TimeDelta;

use crate::{Result, Shop, sql};

/// How long a wish is kept, and what became of it.
const KEPT: TimeDelta = TimeDelta::days(365);

/// Forgets wishes of a year ago. Gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from stock_alert where id in \
               (select id from stock_alert where created_at < $1 order by created_at limit 500)";
    Ok(sql::execute(&shop.db, sql, [(shop.now() - KEPT).into()]).await?)
}
