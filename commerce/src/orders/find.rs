//! Finds orders, under the caller's rights: another's order and a missing one answer alike.

use sea_orm::{ColumnTrait, EntityTrait, Order, QueryFilter, QuerySelect, Select};
use vitrine_entity::{ids::OrderId, order};

use super::{
    access::{self, opens},
    number,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, companies,
    language::messages,
    paging::{self, Count, Page, PageRequest},
};

/// Numbers have 11 letters, and what stands between these may take a few bytes.
const NUMBER_BYTES_MAX: usize = 64;

/// The order, if the caller may open it: as its customer, as staff, or by its token.
///
/// # Errors
/// `RATE_LIMITED` after too many wrong tokens.
pub async fn find(
    shop: &Shop,
    context: &Context,
    id: OrderId,
    access_token: Option<&str>,
) -> Result<Option<order::Model>> {
    let tried = access::may_try(shop, context, &id.to_string(), access_token).await?;
    let order = order::Entity::find_by_id(id).one(&shop.db).await?;
    let opened = opened(shop, context, order, access_token).await?;
    tried.judge(shop, context, opened.is_some()).await;
    Ok(opened)
}

/// The order with this number (`V-7K3M-9QXT`), if the caller may open it.
pub async fn find_by_number(
    shop: &Shop,
    context: &Context,
    number: &str,
    access_token: Option<&str>,
) -> Result<Option<order::Model>> {
    if number.len() > NUMBER_BYTES_MAX {
        return Ok(None);
    }
    let number = number::typed(number);
    // No number holds what nobody types; PostgreSQL would fail over a NUL.
    if number.contains(char::is_control) {
        return Ok(None);
    }
    let tried = access::may_try(shop, context, &number, access_token).await?;
    let order = order::Entity::find()
        .filter(order::Column::Number.eq(number))
        .one(&shop.db)
        .await?;
    let opened = opened(shop, context, order, access_token).await?;
    tried.judge(shop, context, opened.is_some()).await;
    Ok(opened)
}

/// The order, if the caller may open it, or manages the company that placed it.
async fn opened(
    shop: &Shop,
    context: &Context,
    order: Option<order::Model>,
    access_token: Option<&str>,
) -> Result<Option<order::Model>> {
    let Some(order) = order else { return Ok(None) };
    if opens(shop, context, &order, access_token) {
        return Ok(Some(order));
    }
    let manages = match context.viewer.customer() {
        Some(customer) => companies::manages(shop, customer, order.id).await?,
        None => false,
    };
    Ok(Some(order).filter(|_| manages))
}

/// The signed-in customer's orders, newest first.
pub async fn mine(shop: &Shop, context: &Context, page: &PageRequest) -> Result<Page<order::Model>> {
    let Some(customer) = context.viewer.customer() else {
        return Err(Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_orders()).into());
    };
    newest_first(
        shop,
        order::Entity::find().filter(order::Column::CustomerId.eq(customer)),
        page,
    )
    .await
}

/// How many orders the signed-in customer has, counted to a bound.
pub async fn count_mine(shop: &Shop, context: &Context) -> Result<Count> {
    let Some(customer) = context.viewer.customer() else {
        return Ok(Count::default());
    };
    let mine = order::Entity::find().filter(order::Column::CustomerId.eq(customer));
    paging::count(&shop.db, mine.select_only().column(order::Column::Id)).await
}

async fn newest_first(shop: &Shop, query: Select<order::Entity>, page: &PageRequest) -> Result<Page<order::Model>> {
    let (id, newest) = ([order::Column::Id], Order::Desc);
    paging::by_keys(&shop.db, query, id, newest, page, |order| order.id).await
}
