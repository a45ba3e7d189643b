//! Whose imported orders are.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{CustomerId, ImportedOrderId},
    imported_order::{self, Column},
};

use crate::{Result, Shop, Tx, sql};

/// Those with the proven address of an account become the account's, as orders of guests do.
pub(crate) async fn adopt(tx: &Tx, customer: CustomerId, email: &str) -> Result<()> {
    let sql = "update imported_order set customer_id = $1 where email = $2 and customer_id is null \
               and erasure_asked_at is null and erased_at is null";
    sql::execute(tx.db(), sql, [customer.into(), email.into()]).await?;
    Ok(())
}

/// The order with this number, as it is looked for, and this address.
pub(crate) async fn of_guest(tx: &Tx, number_key: &str, email: &str) -> Result<Option<ImportedOrderId>> {
    let sql = "select id from imported_order where number_key = $1 and lower(email) = lower($2) order by placed_at desc limit 1";
    let found: Vec<ImportedOrderId> = sql::column(tx.db(), sql, [number_key.into(), email.into()]).await?;
    Ok(found.into_iter().next())
}

/// What is kept of a person, as long as nobody has asked for its erasure: the account's, and those of nobody with its address.
pub(crate) async fn of_person(
    shop: &Shop,
    customer: CustomerId,
    email: &str,
    most: u64,
) -> Result<Vec<imported_order::Model>> {
    let query = imported_order::Entity::find()
        .filter(theirs(customer, email))
        .order_by_asc(Column::Id)
        .limit(most);
    Ok(query.all(&shop.db).await?)
}

/// When they were placed.
pub(crate) async fn placed_by(shop: &Shop, customer: CustomerId, email: &str) -> Result<Vec<DateTime<Utc>>> {
    let query = imported_order::Entity::find().filter(theirs(customer, email));
    let placed = query.select_only().column(Column::PlacedAt);
    Ok(placed.into_tuple().all(&shop.db).await?)
}

fn theirs(customer: CustomerId, email: &str) -> Condition {
    let of_nobody = Condition::all()
        .add(Column::CustomerId.is_null())
        .add(Column::Email.eq(email));
    Condition::all()
        .add(Column::ErasureAskedAt.is_null())
        .add(Condition::any().add(Column::CustomerId.eq(customer)).add(of_nobody))
}
