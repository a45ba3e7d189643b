//! Forgets what documents said that were kept for as long as they had to be.

use chrono::{Datelike, NaiveDate};

use super::settings;
use crate::{Result, Shop};

/// Forgets the content of a batch. Gives how many went.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let kept_years = settings::read(shop).await?.kept_years;
    let year = shop.profile().date(shop.now()).year() - kept_years;
    // To the end of the year in which they were made, and as many years more.
    let Some(before) = NaiveDate::from_ymd_opt(year, 1, 1) else {
        return Ok(0);
    };
    let sql = "update document set content = null where id in \
               (select id from document where content is not null and issued_on < $1 order by issued_on, id limit 500)";
    shop.execute(sql, [before.into()]).await
}
