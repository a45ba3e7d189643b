//! What a customer waits for, as they see it and end it: what they asked for while they were signed in, and what was asked
//! for at the mail address that is theirs.

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    customer,
    ids::StockAlertId,
    stock_alert::{self, Column, StockAlertState},
};

use crate::{
    Context, Refusal, Result, Shop, Tx,
    customers::own::myself,
    paging::{Page, PageRequest, write_cursor},
    sql,
};

/// What a customer waits for, what they asked for last first. Unscoped: whoever shows it looks at who asks.
pub async fn of_customer(
    shop: &Shop,
    customer: &customer::Model,
    page: &PageRequest,
) -> Result<Page<stock_alert::Model>> {
    let window = page.window::<StockAlertId>()?;
    let waiting = stock_alert::Entity::find()
        .filter(theirs(customer))
        .filter(Column::State.eq(StockAlertState::Waiting));
    let rows = match (window.cursor, window.backward) {
        (None, false) => waiting.order_by_desc(Column::Id),
        (Some(id), false) => waiting.filter(Column::Id.lt(id)).order_by_desc(Column::Id),
        (None, true) => waiting.order_by_asc(Column::Id),
        (Some(id), true) => waiting.filter(Column::Id.gt(id)).order_by_asc(Column::Id),
    };
    let rows = rows.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// Ends a wish of one's own. One that has ended, or of which they were told, is given as it is.
///
/// # Errors
/// `UNAUTHENTICATED`; `NOT_FOUND`, also for somebody else's.
pub async fn cancel(shop: &Shop, context: &Context, id: StockAlertId) -> Result<stock_alert::Model> {
    let customer = myself(context)?;
    shop.transact(context, |tx| async move {
        let customer = customer::Entity::find_by_id(customer).one(tx.db()).await?;
        let customer = &customer.ok_or_else(|| Refusal::not_found("customer"))?;
        own(&tx, customer, id).await?;
        let sql = "update stock_alert set state = 'STOPPED', ended_at = $2 where id = $1 and state = 'WAITING'";
        sql::execute(tx.db(), sql, [id.into(), shop.now().into()]).await?;
        own(&tx, customer, id).await
    })
    .await
}

async fn own(tx: &Tx, customer: &customer::Model, id: StockAlertId) -> Result<stock_alert::Model> {
    let found = stock_alert::Entity::find_by_id(id).filter(theirs(customer));
    let found = found.one(tx.db()).await?;
    Ok(found.ok_or_else(|| Refusal::not_found("stock alert").at(&["id"]))?)
}

/// Whoever has an account has proven that its address is theirs.
fn theirs(customer: &customer::Model) -> Condition {
    Condition::any()
        .add(Column::CustomerId.eq(customer.id))
        .add(Column::Email.eq(customer.email.as_str()))
}
