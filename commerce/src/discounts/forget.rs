//! Counts of who uses discounts that are over.

use chrono::TimeDelta;

use crate::{Result, Shop};

/// A discount that ended may be made to go on: for so long what it has counted is kept.
const AFTER: TimeDelta = TimeDelta::days(30);

/// Forgets how often whom used discounts that were deleted, or ended, 30 days ago. Gives how many counts. What orders have
/// of them is counted anew where one goes on all the same.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from discount_customer where (discount_id, person) in \
        (select c.discount_id, c.person from discount_customer c join discount d on d.id = c.discount_id \
        where d.deleted_at < $1 or d.ends_at < $1 limit 500)";
    shop.execute(sql, [(shop.now() - AFTER).into()]).await
}
