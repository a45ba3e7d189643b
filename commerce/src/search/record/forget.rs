//! What was searched for long ago is forgotten.

use chrono::Days;

use super::report::DAYS_MAX;
use crate::{Result, Shop};

/// Forgets a bounded number of what no report tells of any more. Gives how many.
pub async fn forget(shop: &Shop) -> Result<u64> {
    let Some(since) = shop.profile().date(shop.now()).checked_sub_days(Days::new(DAYS_MAX)) else {
        return Ok(0);
    };
    let sql = "delete from search_term_day where (day, term) in \
               (select day, term from search_term_day where day < $1 order by day, term limit 1000)";
    shop.execute(sql, [since.into()]).await
}
