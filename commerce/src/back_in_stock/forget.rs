use crate::{Result, Shop};

/// Forgets wishes of a year ago, or as the shop has it. Gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from stock_alert where id in \
               (select id from stock_alert where created_at < $1 order by created_at limit 500)";
    let before = shop.now() - shop.settings.retention.stock_alerts;
    shop.execute(sql, [before.into()]).await
}
