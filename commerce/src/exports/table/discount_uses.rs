//! Orders with discounts: a row for each discount of an order.

use std::collections::{BTreeSet, HashMap};

use chrono::SecondsFormat;
use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;
use vitrine_entity::{
    discount, discount_code, discount_redemption,
    ids::{DiscountCodeId, DiscountId, DiscountRedemptionId, OrderId},
};

use super::{PAGE, TablePage};
use crate::{Result, Shop, money::Money, orders::load, sql};

pub(super) const COLUMNS: [&str; 11] = [
    "Used at",
    "Discount",
    "Discount ID",
    "Code",
    "Order",
    "Order ID",
    "Order Status",
    "Currency",
    "Discount Amount",
    "Order Total",
    "Given back at",
];

fn uses(of: Option<DiscountId>) -> Select<discount_redemption::Entity> {
    let query = discount_redemption::Entity::find();
    match of {
        Some(discount) => query.filter(discount_redemption::Column::DiscountId.eq(discount)),
        None => query,
    }
}

pub(super) async fn count(shop: &Shop, of: Option<DiscountId>) -> Result<u64> {
    Ok(uses(of).count(&shop.db).await?)
}

pub(super) async fn page(shop: &Shop, of: Option<DiscountId>, after: Option<Uuid>) -> Result<TablePage> {
    let mut query = uses(of);
    if let Some(after) = after {
        query = query.filter(discount_redemption::Column::Id.gt(DiscountRedemptionId(after)));
    }
    let query = query.order_by_asc(discount_redemption::Column::Id).limit(PAGE);
    let uses = query.all(&shop.db).await?;
    let titles = titles(shop, uses.iter().map(|row| row.discount_id)).await?;
    let codes = codes(shop, &uses).await?;
    let orders: Vec<OrderId> = uses.iter().map(|row| row.order_id).collect();
    let orders = load::orders(shop, &orders).await?;
    let rows = uses.iter().map(|row| {
        let order = orders.get(&row.order_id);
        let amount = |minor| Money::new(minor, row.currency).decimal();
        let code = row.discount_code_id.and_then(|id| codes.get(&id).cloned());
        vec![
            row.redeemed_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            titles.get(&row.discount_id).cloned().unwrap_or_default(),
            row.discount_id.to_string(),
            code.unwrap_or_default(),
            order.map(|order| order.number.clone()).unwrap_or_default(),
            row.order_id.to_string(),
            order.map(|order| order.status.to_value()).unwrap_or_default(),
            row.currency.to_string(),
            amount(row.amount_minor),
            amount(order.map_or(0, |order| order.total_minor)),
            row.released_at
                .map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
                .unwrap_or_default(),
        ]
    });
    Ok(TablePage {
        rows: rows.collect(),
        things: uses.len() as u64,
        last: uses.last().map(|row| row.id.0),
    })
}

/// What each discount is called.
pub(super) async fn titles(
    shop: &Shop,
    discounts: impl Iterator<Item = DiscountId>,
) -> Result<HashMap<DiscountId, String>> {
    let each: BTreeSet<_> = discounts.map(|id| id.0).collect();
    let each = each.into_iter().map(DiscountId);
    let query = discount::Entity::find().filter(sql::among(&shop.db, discount::Column::Id, each));
    let rows = query.all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.title)).collect())
}

async fn codes(shop: &Shop, uses: &[discount_redemption::Model]) -> Result<HashMap<DiscountCodeId, String>> {
    let ids = uses.iter().filter_map(|row| row.discount_code_id);
    let query = discount_code::Entity::find().filter(sql::among(&shop.db, discount_code::Column::Id, ids));
    let rows = query.all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.code)).collect())
}
