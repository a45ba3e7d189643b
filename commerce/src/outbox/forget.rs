//! Finished rows are kept for a while, for staff to look at.

use chrono::TimeDelta;

use crate::{Result, Shop};

/// Deletes finished rows older than `age`, a bounded number at a time. Gives how many.
pub async fn forget_done(shop: &Shop, age: TimeDelta) -> Result<u64> {
    let sql = "delete from outbox where id in \
               (select id from outbox where state = 'DONE' and finished_at < $1 order by id limit 1000)";
    shop.execute(sql, [(shop.now() - age).into()]).await
}
