//! A discount gets a limit: what was not counted before is counted now.

use sea_orm::{ActiveValue::Set, ConnectionTrait, DatabaseBackend, EntityTrait};
use vitrine_entity::{
    discount_customer,
    ids::{CustomerId, DiscountId},
};

use crate::{Result, Tx, sql};

const ROWS_AT_ONCE: usize = 1_000;

/// Waits until those are done who place orders with the discount and have seen it without the limit. Whoever comes after
/// them waits for this transaction, and sees it.
pub(super) async fn wait_for_users(tx: &Tx, id: DiscountId) -> Result<()> {
    if tx.db().get_database_backend() != DatabaseBackend::Postgres {
        return Ok(());
    }
    sql::rows(tx.db(), "select id from discount where id = $1 for update", [id.into()]).await?;
    // Whoever gives it back at this moment has changed its counter first.
    let counters = "select discount_id from discount_tally where discount_id = $1 for update";
    sql::rows(tx.db(), counters, [id.into()]).await?;
    Ok(())
}

/// Counts the orders that have it, once those who place one are waited for.
pub(super) async fn recount(tx: &Tx, id: DiscountId, in_all: bool, of_customer: bool, of_code: bool) -> Result<()> {
    const LIVE: &str = "released_at is null and discount_id = $1";
    if in_all {
        let sql = format!(
            "update discount_tally set used = (select count(*) from discount_redemption where {LIVE}) \
             where discount_id = $1"
        );
        sql::execute(tx.db(), &sql, [id.into()]).await?;
    }
    if of_code {
        let sql = "update discount_code set used = (select count(*) from discount_redemption r \
            where r.discount_code_id = discount_code.id and r.released_at is null) where discount_id = $1";
        sql::execute(tx.db(), sql, [id.into()]).await?;
    }
    if of_customer {
        sql::execute(
            tx.db(),
            "delete from discount_customer where discount_id = $1",
            [id.into()],
        )
        .await?;
        let by_mail = format!(
            "insert into discount_customer (discount_id, person, used) \
             select discount_id, mail_key, count(*) from discount_redemption where {LIVE} and mail_key is not null \
             group by discount_id, mail_key"
        );
        sql::execute(tx.db(), &by_mail, [id.into()]).await?;
        by_account(tx, id).await?;
    }
    Ok(())
}

/// An id as it is written outside the database is none that its statements can make.
async fn by_account(tx: &Tx, id: DiscountId) -> Result<()> {
    let sql = "select customer_id, count(*) as used from discount_redemption \
        where discount_id = $1 and released_at is null and customer_id is not null group by customer_id";
    let rows = sql::rows(tx.db(), sql, [id.into()]).await?;
    let mut counted = Vec::with_capacity(rows.len());
    for row in rows {
        let customer: CustomerId = row.try_get("", "customer_id")?;
        counted.push(discount_customer::ActiveModel {
            discount_id: Set(id),
            person: Set(customer.to_string()),
            used: Set(row.try_get("", "used")?),
        });
    }
    for some in counted.chunks(ROWS_AT_ONCE) {
        discount_customer::Entity::insert_many(some.to_vec())
            .exec_without_returning(tx.db())
            .await?;
    }
    Ok(())
}
