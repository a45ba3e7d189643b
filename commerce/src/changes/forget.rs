//! Deletes what everybody has heard of.

use sea_orm::DbBackend;

use crate::{Result, Shop};

/// How many rows one statement deletes.
const ROWS_MAX: u64 = 10_000;

/// Deletes some of the changes that are older than any transaction lasts, and far older than what a process may have
/// missed and go on from where it was. On SQLite there is one row a thing, which stays. Gives how many went.
pub async fn forget(shop: &Shop) -> Result<u64> {
    if shop.db.get_database_backend() != DbBackend::Postgres {
        return Ok(0);
    }
    // By the clock by which they were written, the database's own.
    let sql = format!(
        "delete from public_change where ctid = any(array(select ctid from public_change \
         where changed_at < clock_timestamp() - interval '30 minutes' order by changed_at limit {ROWS_MAX}))"
    );
    shop.execute(&sql, []).await
}
