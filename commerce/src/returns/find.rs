//! Reads returns, under the caller's rights: another's return and a missing one answer alike.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select};
use vitrine_entity::{
    ids::{CustomerId, OrderId, RefundId, ReturnId},
    order, order_return,
    order_return::ReturnStatus,
    order_return_event, order_return_line, order_return_refund,
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    orders::access::opened,
    paging::{self, Count, Page, PageRequest},
    sql,
    staff::permission::{self, Permission},
};

/// Which returns. All that is given must hold.
#[derive(Debug, Clone, Default)]
pub struct ReturnFilter {
    pub statuses: Vec<ReturnStatus>,
    pub order: Option<OrderId>,
}

/// A return, if the caller may open its order.
///
/// # Errors
/// `RATE_LIMITED` after too many wrong tokens.
pub async fn by_id(
    shop: &Shop,
    context: &Context,
    id: ReturnId,
    access_token: Option<&str>,
) -> Result<Option<order_return::Model>> {
    let find = order_return::Entity::find_by_id(id).one(&shop.db);
    let asked = id.to_string();
    opened(shop, context, (&asked, access_token), find, |row| Some(row.order_id)).await
}

/// Returns, newest first. For staff.
///
/// # Errors
/// Refuses whoever may not.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &ReturnFilter,
    page: &PageRequest,
) -> Result<Page<order_return::Model>> {
    permission::require_or_system(context, Permission::Orders)?;
    newest_first(shop, filtered(filter), page).await
}

/// How many there are, counted to a bound. For staff.
///
/// # Errors
/// Refuses whoever may not.
pub async fn count(shop: &Shop, context: &Context, filter: &ReturnFilter) -> Result<Count> {
    permission::require_or_system(context, Permission::Orders)?;
    let ids = filtered(filter).select_only().column(order_return::Column::Id);
    paging::count(&shop.db, ids).await
}

/// The signed-in customer's returns, newest first.
///
/// # Errors
/// `UNAUTHENTICATED` for a guest.
pub async fn of_customer(shop: &Shop, context: &Context, page: &PageRequest) -> Result<Page<order_return::Model>> {
    let Some(customer) = context.viewer.customer() else {
        return Err(Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_orders()).into());
    };
    newest_first(shop, theirs(customer), page).await
}

/// How many returns the signed-in customer has, counted to a bound; none for a guest.
///
/// # Errors
/// When the database fails.
pub async fn count_of_customer(shop: &Shop, context: &Context) -> Result<Count> {
    let Some(customer) = context.viewer.customer() else {
        return Ok(Count::default());
    };
    let ids = theirs(customer).select_only().column(order_return::Column::Id);
    paging::count(&shop.db, ids).await
}

fn theirs(customer: CustomerId) -> Select<order_return::Entity> {
    let orders = order::Entity::find()
        .select_only()
        .column(order::Column::Id)
        .filter(order::Column::CustomerId.eq(customer));
    order_return::Entity::find().filter(order_return::Column::OrderId.in_subquery(orders.into_query()))
}

fn filtered(filter: &ReturnFilter) -> Select<order_return::Entity> {
    let mut query = order_return::Entity::find();
    if !filter.statuses.is_empty() {
        query = query.filter(order_return::Column::Status.is_in(filter.statuses.iter().copied()));
    }
    if let Some(order) = filter.order {
        query = query.filter(order_return::Column::OrderId.eq(order));
    }
    query
}

async fn newest_first(
    shop: &Shop,
    query: Select<order_return::Entity>,
    page: &PageRequest,
) -> Result<Page<order_return::Model>> {
    let (id, newest) = ([order_return::Column::Id], Order::Desc);
    paging::by_keys(&shop.db, query, id, newest, page, |row| row.id).await
}

/// The returns of each order, oldest first. Whose orders they are was asked before.
///
/// # Errors
/// When the database fails.
pub async fn of_orders(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<order_return::Model>>> {
    let query = order_return::Entity::find();
    let query = query.filter(sql::among(
        &shop.db,
        order_return::Column::OrderId,
        orders.iter().copied(),
    ));
    let rows = query.order_by_asc(order_return::Column::Id).all(&shop.db).await?;
    Ok(sql::grouped(rows, |row| row.order_id))
}

/// The return in whose exchange each order was made, of those that were. Whose orders they are was asked before.
///
/// # Errors
/// When the database fails.
pub async fn exchanged_by(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, order_return::Model>> {
    let rows = order_return::Entity::find().filter(sql::among(
        &shop.db,
        order_return::Column::ExchangeOrderId,
        orders.iter().copied(),
    ));
    let rows = rows.all(&shop.db).await?;
    Ok(rows
        .into_iter()
        .filter_map(|row| Some((row.exchange_order_id?, row)))
        .collect())
}

/// What comes back with each return, in its order.
///
/// # Errors
/// When the database fails.
pub async fn lines_of(shop: &Shop, returns: &[ReturnId]) -> Result<HashMap<ReturnId, Vec<order_return_line::Model>>> {
    use order_return_line::Column;
    let query = order_return_line::Entity::find();
    let query = query.filter(sql::among(&shop.db, Column::ReturnId, returns.iter().copied()));
    let rows = query.order_by_asc(Column::Position).all(&shop.db).await?;
    Ok(sql::grouped(rows, |row| row.return_id))
}

/// What happened to each return, in order.
///
/// # Errors
/// When the database fails.
pub async fn events_of(shop: &Shop, returns: &[ReturnId]) -> Result<HashMap<ReturnId, Vec<order_return_event::Model>>> {
    use order_return_event::Column;
    let query = order_return_event::Entity::find();
    let query = query.filter(sql::among(&shop.db, Column::ReturnId, returns.iter().copied()));
    let rows = query.order_by_asc(Column::Number).all(&shop.db).await?;
    Ok(sql::grouped(rows, |row| row.return_id))
}

/// How much of what was paid for goods that came back was kept when this was paid back for them; `None` where nothing was.
///
/// # Errors
/// When the database fails.
pub(crate) async fn fee_minor_of(shop: &Shop, refund: RefundId) -> Result<Option<i64>> {
    let row = order_return_refund::Entity::find_by_id(refund).one(&shop.db).await?;
    Ok(row.map(|row| row.fee_minor).filter(|fee_minor| *fee_minor > 0))
}
