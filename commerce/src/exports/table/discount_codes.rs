//! Codes of discounts: a row each, with how many orders have it.

use chrono::SecondsFormat;
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select};
use uuid::Uuid;
use vitrine_entity::{
    discount_code,
    ids::{DiscountCodeId, DiscountId},
};

use super::{PAGE, TablePage};
use crate::{Result, Shop, discounts::code_desk};

pub(super) const COLUMNS: [&str; 7] = [
    "Code",
    "Active",
    "Orders",
    "Discount",
    "Discount ID",
    "Created at",
    "Batch ID",
];

fn codes(of: Option<DiscountId>) -> Select<discount_code::Entity> {
    let query = discount_code::Entity::find();
    match of {
        Some(discount) => query.filter(discount_code::Column::DiscountId.eq(discount)),
        None => query,
    }
}

pub(super) async fn count(shop: &Shop, of: Option<DiscountId>) -> Result<u64> {
    Ok(codes(of).count(&shop.db).await?)
}

pub(super) async fn page(shop: &Shop, of: Option<DiscountId>, after: Option<Uuid>) -> Result<TablePage> {
    let mut query = codes(of);
    if let Some(after) = after {
        query = query.filter(discount_code::Column::Id.gt(DiscountCodeId(after)));
    }
    let query = query.order_by_asc(discount_code::Column::Id).limit(PAGE);
    let codes = query.all(&shop.db).await?;
    let titles = super::discount_uses::titles(shop, codes.iter().map(|code| code.discount_id)).await?;
    let ids: Vec<DiscountCodeId> = codes.iter().map(|code| code.id).collect();
    let used = code_desk::orders_of(shop, &ids).await?;
    let rows = codes.iter().map(|code| {
        vec![
            code.code.clone(),
            if code.active { "yes" } else { "no" }.to_owned(),
            used.get(&code.id).copied().unwrap_or_default().to_string(),
            titles.get(&code.discount_id).cloned().unwrap_or_default(),
            code.discount_id.to_string(),
            code.created_at.to_rfc3339_opts(SecondsFormat::Secs, true),
            code.batch_id.map(|id| id.to_string()).unwrap_or_default(),
        ]
    });
    Ok(TablePage {
        rows: rows.collect(),
        things: codes.len() as u64,
        last: codes.last().map(|code| code.id.0),
    })
}
