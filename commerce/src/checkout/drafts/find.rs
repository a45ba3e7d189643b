//! Reads draft orders: staff all, and whoever holds a link its own.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QuerySelect, QueryTrait, Select};
use vitrine_entity::{
    cart,
    draft_order::{self, Column, DraftOrderState},
    ids::{CustomerId, DraftOrderId, OrderId},
};

use super::link::opens;
use crate::{
    Context, Refusal, Result, Shop,
    cart::has_expired,
    orders::access::may_try,
    paging::{self, Count, Page, PageRequest},
    sql,
    staff::{
        Permission,
        permission::{allowed, require_or_system},
        removal::Removable,
    },
    text,
};

const QUERY_LENGTH_MAX: usize = 200;

/// Where a draft order stands at this moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DraftStatus {
    Open,
    Sent,
    /// It was sent, and the time to pay it is over.
    Expired,
    Completed,
}

/// Which draft orders. All that is given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DraftFilter {
    pub status: Option<DraftStatus>,
    pub customer: Option<CustomerId>,
    /// Its whole number, or the whole mail address of whoever it is for.
    pub query: Option<String>,
    /// Those that were taken away, in place of those that are there.
    pub deleted: bool,
}

/// Where it stands.
pub fn status(shop: &Shop, row: &draft_order::Model) -> DraftStatus {
    match row.state {
        DraftOrderState::Completed => DraftStatus::Completed,
        DraftOrderState::Sent if has_expired(row, shop) => DraftStatus::Expired,
        DraftOrderState::Sent => DraftStatus::Sent,
        DraftOrderState::Open => DraftStatus::Open,
    }
}

/// A draft order, for staff; and, once it was sent, for whoever holds its token, until it is taken away.
///
/// # Errors
/// `RATE_LIMITED` after too many wrong tokens.
pub async fn by_id(
    shop: &Shop,
    context: &Context,
    id: DraftOrderId,
    token: Option<&str>,
) -> Result<Option<draft_order::Model>> {
    let tried = may_try(shop, context, &id.to_string(), token).await?;
    let found = draft_order::Entity::find_by_id(id).one(&shop.db).await?;
    let is_shown = |row: &draft_order::Model| {
        let is_sent = row.state != DraftOrderState::Open && row.deleted_at.is_none();
        allowed(context, Permission::Orders) || is_sent && token.is_some_and(|token| opens(shop, row, token))
    };
    let opened = found.filter(is_shown);
    tried.judge(shop, context, opened.is_some()).await;
    Ok(opened)
}

/// The draft order that a cart is of. Unscoped: whoever has the cart may see what it is.
pub async fn of_cart(shop: &Shop, cart: &cart::Model) -> Result<Option<draft_order::Model>> {
    match &cart.draft {
        Some(draft) => Ok(draft_order::Entity::find_by_id(draft.id).one(&shop.db).await?),
        None => Ok(None),
    }
}

/// The draft order that each order was. Unscoped: whoever shows them asks for the permission.
///
/// # Errors
/// When the database fails.
pub async fn of_orders(shop: &Shop, orders: &[OrderId]) -> Result<HashMap<OrderId, draft_order::Model>> {
    let rows = draft_order::Entity::find().filter(sql::among(&shop.db, Column::OrderId, orders.iter().copied()));
    let rows = rows.all(&shop.db).await?.into_iter();
    Ok(rows.filter_map(|row| Some((row.order_id?, row))).collect())
}

/// A page of them, the newest first. For staff.
///
/// # Errors
/// Refuses whoever may not, a page out of bounds, and a query that is too long.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &DraftFilter,
    page: &PageRequest,
) -> Result<Page<draft_order::Model>> {
    require_or_system(context, Permission::Orders)?;
    let query = filtered(shop, filter)?;
    paging::by_keys(&shop.db, query, [Column::Id], Order::Desc, page, |row| row.id).await
}

/// How many there are, counted to a bound. For staff.
///
/// # Errors
/// As [`list`].
pub async fn count(shop: &Shop, context: &Context, filter: &DraftFilter) -> Result<Count> {
    require_or_system(context, Permission::Orders)?;
    paging::count(&shop.db, filtered(shop, filter)?.select_only().column(Column::Id)).await
}

fn filtered(shop: &Shop, filter: &DraftFilter) -> Result<Select<draft_order::Entity>, Refusal> {
    let now = shop.now();
    let is_over = Column::ExpiresAt.lte(now);
    let is_running = Condition::any()
        .add(Column::ExpiresAt.is_null())
        .add(Column::ExpiresAt.gt(now));
    let mut all = Condition::all().add(match filter.deleted {
        true => Column::DeletedAt.is_not_null(),
        false => Column::DeletedAt.is_null(),
    });
    if let Some(status) = filter.status {
        let state = match status {
            DraftStatus::Open => DraftOrderState::Open,
            DraftStatus::Sent | DraftStatus::Expired => DraftOrderState::Sent,
            DraftStatus::Completed => DraftOrderState::Completed,
        };
        all = all.add(Column::State.eq(state));
        match status {
            DraftStatus::Sent => all = all.add(is_running),
            DraftStatus::Expired => all = all.add(is_over),
            DraftStatus::Open | DraftStatus::Completed => {}
        }
    }
    if let Some(customer) = filter.customer {
        all = all.add(Column::CartId.in_subquery(carts(cart::Column::CustomerId.eq(customer)).into_query()));
    }
    let words = text::optional_line(&["where", "query"], filter.query.as_deref(), QUERY_LENGTH_MAX)?;
    if let Some(words) = words {
        let theirs = carts(cart::Column::Email.eq(words.to_lowercase()));
        let any = Condition::any()
            .add(Column::Number.eq(words.to_uppercase()))
            .add(Column::CartId.in_subquery(theirs.into_query()));
        all = all.add(any);
    }
    Ok(draft_order::Entity::find().filter(all))
}

fn carts(which: sea_orm::sea_query::Expr) -> Select<cart::Entity> {
    cart::Entity::find()
        .select_only()
        .column(cart::Column::Id)
        .filter(cart::Column::Draft.is_not_null())
        .filter(which)
}

/// The row as it is, deleted ones left out.
pub(super) async fn seen(shop: &Shop, id: DraftOrderId) -> Result<draft_order::Model> {
    let row = draft_order::Entity::find_by_id(id).one(&shop.db).await?;
    let row = row.filter(|row| row.deleted_at.is_none());
    Ok(row.ok_or_else(|| Refusal::not_found(draft_order::Model::CALLED).at(&["id"]))?)
}
