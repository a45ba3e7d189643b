//! What people wait for, as staff see it.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Value};
use vitrine_entity::{
    ids::{StockAlertId, VariantId},
    stock_alert::{self, Column, StockAlertState},
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
    sql,
    staff::permission::{self, Permission},
};

/// How many wait for a variant, and since when the first of them does.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Demand {
    pub variant_id: VariantId,
    pub waiting: i64,
    pub since: DateTime<Utc>,
}

/// Who waits, for one variant or for any, in the order in which they asked. For staff.
///
/// # Errors
/// Refuses whoever may not see customers' data.
pub async fn list(
    shop: &Shop,
    context: &Context,
    variant: Option<VariantId>,
    page: &PageRequest,
) -> Result<Page<stock_alert::Model>> {
    permission::require(context, Permission::Customers)?;
    let window = page.window::<StockAlertId>()?;
    let mut query = stock_alert::Entity::find().filter(Column::State.eq(StockAlertState::Waiting));
    if let Some(variant) = variant {
        query = query.filter(Column::VariantId.eq(variant));
    }
    let query = match (window.cursor, window.backward) {
        (None, _) => query,
        (Some(id), false) => query.filter(Column::Id.gt(id)),
        (Some(id), true) => query.filter(Column::Id.lt(id)),
    };
    let query = match window.backward {
        false => query.order_by_asc(Column::Id),
        true => query.order_by_desc(Column::Id),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// What most wait for, first. For staff.
///
/// # Errors
/// Refuses whoever may not see stock.
pub async fn demand(shop: &Shop, context: &Context, page: &PageRequest) -> Result<Page<Demand>> {
    permission::require(context, Permission::Inventory)?;
    let window = page.window::<(i64, VariantId)>()?;
    let (beyond, order) = match window.backward {
        false => ("<", "desc"),
        true => (">", "asc"),
    };
    let mut values: Vec<Value> = vec![(window.limit as i64 + 1).into()];
    let after = match window.cursor {
        None => String::new(),
        Some((waiting, variant)) => {
            values.extend([waiting.into(), variant.into()]);
            format!("where (waiting, variant_id) {beyond} ($2, $3)")
        }
    };
    let sql = format!(
        "select variant_id, waiting, since from (select variant_id, count(*) as waiting, min(created_at) as since \
         from stock_alert where state = 'WAITING' group by variant_id) as demand {after} \
         order by waiting {order}, variant_id {order} limit $1"
    );
    let rows: Vec<Demand> = sql::all(&shop.db, &sql, values).await?;
    Ok(window.page(rows, |row| write_cursor(&(row.waiting, row.variant_id))))
}
