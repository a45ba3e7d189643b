//! Forgets who declared what of no order that anybody knows. Statements of an order go with its person.

use chrono::Months;

use crate::{Result, Shop};

/// Forgets those of a batch that are older than orders are kept. Gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let months = Months::new(shop.settings.order_retention_years.saturating_mul(12));
    let Some(before) = shop.now().checked_sub_months(months) else {
        return Ok(0);
    };
    let sql = "update withdrawal set name = '', email = '', statement = '', details = null, refusal = null where id in \
               (select id from withdrawal where order_id is null and email <> '' and received_at < $1 limit 500)";
    shop.execute(sql, [before.into()]).await
}
