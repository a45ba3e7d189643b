//! Reads statements of withdrawal.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect, Select};
use vitrine_entity::{
    ids::{OrderId, WithdrawalId},
    order_return, withdrawal,
    withdrawal::{WithdrawalJudgement, WithdrawalStatus},
    withdrawal_event, withdrawal_line,
};

use crate::{
    Context, Result, Shop,
    orders::access::opened,
    paging::{self, Count, Page, PageRequest},
    sql,
    staff::permission::{self, Permission},
};

/// Which statements. All that is given must hold.
#[derive(Debug, Clone, Default)]
pub struct WithdrawalFilter {
    pub statuses: Vec<WithdrawalStatus>,
    pub judgements: Vec<WithdrawalJudgement>,
    pub order: Option<OrderId>,
}

/// A statement: for staff, and for whoever may open its order.
///
/// # Errors
/// `RATE_LIMITED` after too many wrong tokens.
pub async fn by_id(
    shop: &Shop,
    context: &Context,
    id: WithdrawalId,
    access_token: Option<&str>,
) -> Result<Option<withdrawal::Model>> {
    let find = withdrawal::Entity::find_by_id(id).one(&shop.db);
    let asked = id.to_string();
    opened(shop, context, (&asked, access_token), find, |row| row.order_id).await
}

/// Statements, newest first. For staff.
///
/// # Errors
/// Refuses whoever may not.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &WithdrawalFilter,
    page: &PageRequest,
) -> Result<Page<withdrawal::Model>> {
    permission::require_or_system(context, Permission::Orders)?;
    let (id, newest) = ([withdrawal::Column::Id], Order::Desc);
    paging::by_keys(&shop.db, filtered(filter), id, newest, page, |row| row.id).await
}

/// How many there are, counted to a bound. For staff.
///
/// # Errors
/// Refuses whoever may not.
pub async fn count(shop: &Shop, context: &Context, filter: &WithdrawalFilter) -> Result<Count> {
    permission::require_or_system(context, Permission::Orders)?;
    let ids = filtered(filter).select_only().column(withdrawal::Column::Id);
    paging::count(&shop.db, ids).await
}

fn filtered(filter: &WithdrawalFilter) -> Select<withdrawal::Entity> {
    let mut query = withdrawal::Entity::find();
    if !filter.statuses.is_empty() {
        query = query.filter(withdrawal::Column::Status.is_in(filter.statuses.iter().copied()));
    }
    if !filter.judgements.is_empty() {
        query = query.filter(withdrawal::Column::Judgement.is_in(filter.judgements.iter().copied()));
    }
    if let Some(order) = filter.order {
        query = query.filter(withdrawal::Column::OrderId.eq(order));
    }
    query
}

/// Statements by their ids. Whose they are was asked before.
///
/// # Errors
/// When the database fails.
pub async fn by_ids(shop: &Shop, ids: &[WithdrawalId]) -> Result<HashMap<WithdrawalId, withdrawal::Model>> {
    let among = sql::among(&shop.db, withdrawal::Column::Id, ids.iter().copied());
    let rows = withdrawal::Entity::find().filter(among).all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The statements of each order, oldest first. Whose orders they are was asked before.
///
/// # Errors
/// When the database fails.
pub async fn of_orders(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, Vec<withdrawal::Model>>> {
    let of = sql::among(&shop.db, withdrawal::Column::OrderId, orders.iter().copied());
    let query = withdrawal::Entity::find()
        .filter(of)
        .order_by_asc(withdrawal::Column::Id);
    let rows = query.all(&shop.db).await?.into_iter();
    let with_order = rows.filter_map(|row| Some((row.order_id?, row)));
    Ok(sql::in_groups(with_order))
}

/// From what each statement withdraws, in its order.
///
/// # Errors
/// When the database fails.
pub async fn lines_of(
    shop: &Shop,
    statements: &[WithdrawalId],
) -> Result<HashMap<WithdrawalId, Vec<withdrawal_line::Model>>> {
    use withdrawal_line::Column;
    let of = sql::among(&shop.db, Column::WithdrawalId, statements.iter().copied());
    let query = withdrawal_line::Entity::find()
        .filter(of)
        .order_by_asc(Column::Position);
    Ok(sql::grouped(query.all(&shop.db).await?, |row| row.withdrawal_id))
}

/// What became of each statement, in order.
///
/// # Errors
/// When the database fails.
pub async fn events_of(
    shop: &Shop,
    statements: &[WithdrawalId],
) -> Result<HashMap<WithdrawalId, Vec<withdrawal_event::Model>>> {
    use withdrawal_event::Column;
    let of = sql::among(&shop.db, Column::WithdrawalId, statements.iter().copied());
    let query = withdrawal_event::Entity::find().filter(of).order_by_asc(Column::Number);
    Ok(sql::grouped(query.all(&shop.db).await?, |row| row.withdrawal_id))
}

/// The returns that follow from each statement, oldest first.
///
/// # Errors
/// When the database fails.
pub async fn returns_of(
    shop: &Shop,
    statements: &[WithdrawalId],
) -> Result<HashMap<WithdrawalId, Vec<order_return::Model>>> {
    use order_return::Column;
    let of = sql::among(&shop.db, Column::WithdrawalId, statements.iter().copied());
    let query = order_return::Entity::find().filter(of).order_by_asc(Column::Id);
    let rows = query.all(&shop.db).await?.into_iter();
    let with_statement = rows.filter_map(|row| Some((row.withdrawal_id?, row)));
    Ok(sql::in_groups(with_statement))
}
