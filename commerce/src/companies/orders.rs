//! Which orders are a company's, and who sees them.

use std::collections::{HashMap, HashSet};

use sea_orm::{ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QuerySelect, QueryTrait};
use vitrine_entity::{
    company_buyer::{self, BuyerRole},
    company_order::{self, Column},
    ids::{CompanyId, CustomerId, OrderId},
    order,
    payment::{self, CaptureMode, PaymentStatus},
};

use crate::{
    Context, Result, Shop,
    paging::{self, Count, Page, PageRequest},
    sql,
    staff::{Permission, permission},
};

/// Whether a customer sees all orders of the company whose order this is. Nothing is asked of a shop that has no companies.
pub async fn manages(shop: &Shop, customer: CustomerId, order: OrderId) -> Result<bool> {
    if !shop.profile().trade.has_companies {
        return Ok(false);
    }
    let sql = "select o.order_id from company_order o join company_buyer b on b.company_id = o.company_id \
               join company c on c.id = o.company_id \
               where o.order_id = $1 and b.customer_id = $2 and b.role = 'MANAGER' and c.deleted_at is null";
    let found: Vec<OrderId> = sql::column(&shop.db, sql, [order.into(), customer.into()]).await?;
    Ok(!found.is_empty())
}

/// What companies have to do with these orders. Of what is not owed any more as all of it was taken off, nothing is owed: the row
/// keeps what was. Unscoped: whoever shows it has asked for the order. Nothing is asked of a shop that has no companies.
pub async fn company_of_orders(shop: &Shop, ids: &[OrderId]) -> Result<HashMap<OrderId, company_order::Model>> {
    if !shop.profile().trade.has_companies {
        return Ok(HashMap::new());
    }
    let rows = company_order::Entity::find()
        .filter(sql::among(&shop.db, Column::OrderId, ids.iter().copied()))
        .all(&shop.db)
        .await?;
    let closed = rows
        .iter()
        .filter(|row| row.account_minor.is_some() && row.closed_at.is_some());
    let taken_off = taken_off(shop, closed.map(|row| row.order_id).collect()).await?;
    let owed = |row: company_order::Model| match taken_off.contains(&row.order_id) {
        true => company_order::Model {
            account_minor: Some(0),
            ..row
        },
        false => row,
    };
    Ok(rows.into_iter().map(|row| (row.order_id, owed(row))).collect())
}

/// Those of these orders of which nothing is promised any more: their payment waits for nothing, and none has come.
async fn taken_off(shop: &Shop, ids: Vec<OrderId>) -> Result<HashSet<OrderId>> {
    if ids.is_empty() {
        return Ok(HashSet::new());
    }
    let orders: Vec<OrderId> = payment::Entity::find()
        .select_only()
        .column(payment::Column::OrderId)
        .filter(sql::among(&shop.db, payment::Column::OrderId, ids))
        .filter(payment::Column::Superseded.eq(false))
        .filter(payment::Column::CaptureMode.eq(CaptureMode::ByStaff))
        .filter(payment::Column::Status.eq(PaymentStatus::Authorized))
        .filter(payment::Column::AmountMinor.eq(0))
        .into_tuple()
        .all(&shop.db)
        .await?;
    Ok(orders.into_iter().collect())
}

/// A page of a company's orders, the newest first: staff with the permission `ORDERS` and its managers see all of them, its
/// buyers what they ordered themselves, and nobody else any.
///
/// # Errors
/// Refuses a page out of bounds.
pub async fn of_company(
    shop: &Shop,
    context: &Context,
    id: CompanyId,
    page: &PageRequest,
) -> Result<Page<order::Model>> {
    let select = order::Entity::find().filter(seen(shop, context, id).await?);
    paging::by_keys(&shop.db, select, [order::Column::Id], Order::Desc, page, |row| row.id).await
}

/// How many that are, counted to a bound.
pub async fn count_of_company(shop: &Shop, context: &Context, id: CompanyId) -> Result<Count> {
    let orders = order::Entity::find().filter(seen(shop, context, id).await?);
    paging::count(&shop.db, orders.select_only().column(order::Column::Id)).await
}

/// Those of a company that whoever asks sees.
async fn seen(shop: &Shop, context: &Context, id: CompanyId) -> Result<Condition> {
    let theirs = company_order::Entity::find()
        .select_only()
        .column(Column::OrderId)
        .filter(Column::CompanyId.eq(id));
    let all = Condition::all().add(order::Column::Id.in_subquery(theirs.into_query()));
    if permission::allowed(context, Permission::Orders) {
        return Ok(all);
    }
    Ok(match role(shop, context, id).await? {
        None => all.add(order::Column::Id.is_null()),
        Some(BuyerRole::Buyer) => all.add(order::Column::CustomerId.eq(context.viewer.customer())),
        Some(BuyerRole::Manager) => all,
    })
}

/// What whoever asks is to the company.
pub(crate) async fn role(shop: &Shop, context: &Context, id: CompanyId) -> Result<Option<BuyerRole>> {
    let Some(customer) = context.viewer.customer() else {
        return Ok(None);
    };
    let row = company_buyer::Entity::find_by_id((id, customer)).one(&shop.db).await?;
    Ok(row.map(|row| row.role))
}
