//! Reads transfers, for staff.

use std::collections::HashMap;

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{LocationId, StockTransferId, VariantId},
    stock_transfer::{self, TransferStatus},
    stock_transfer_line,
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
    sql,
    staff::permission::{self, Permission},
};

/// Which transfers.
#[derive(Debug, Clone, Copy, Default)]
pub struct TransferFilter {
    pub status: Option<TransferStatus>,
    /// From there or to there.
    pub location: Option<LocationId>,
}

/// Transfers, newest first.
///
/// # Errors
/// Refuses whoever may not see stock.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: TransferFilter,
    page: &PageRequest,
) -> Result<Page<stock_transfer::Model>> {
    permission::require(context, Permission::Inventory)?;
    let window = page.window::<StockTransferId>()?;
    let id = stock_transfer::Column::Id;
    let mut query = stock_transfer::Entity::find().limit(window.limit + 1);
    if let Some(status) = filter.status {
        query = query.filter(stock_transfer::Column::Status.eq(status));
    }
    if let Some(location) = filter.location {
        let there = Condition::any()
            .add(stock_transfer::Column::OriginId.eq(location))
            .add(stock_transfer::Column::DestinationId.eq(location));
        query = query.filter(there);
    }
    query = match (window.cursor, window.backward) {
        (None, _) => query,
        (Some(cursor), false) => query.filter(id.lt(cursor)),
        (Some(cursor), true) => query.filter(id.gt(cursor)),
    };
    query = match window.backward {
        true => query.order_by_asc(id),
        false => query.order_by_desc(id),
    };
    let rows = query.all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// A transfer, for whoever may see stock.
///
/// # Errors
/// Refuses whoever may not.
pub async fn by_id(shop: &Shop, context: &Context, id: StockTransferId) -> Result<Option<stock_transfer::Model>> {
    permission::require(context, Permission::Inventory)?;
    Ok(stock_transfer::Entity::find_by_id(id).one(&shop.db).await?)
}

/// Several, whoever asks.
pub async fn by_ids(shop: &Shop, ids: &[StockTransferId]) -> Result<HashMap<StockTransferId, stock_transfer::Model>> {
    let found =
        stock_transfer::Entity::find().filter(sql::among(&shop.db, stock_transfer::Column::Id, ids.iter().copied()));
    let rows = found.all(&shop.db).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The lines of each transfer, in their order.
pub async fn lines_of(
    shop: &Shop,
    transfers: &[StockTransferId],
) -> Result<HashMap<StockTransferId, Vec<stock_transfer_line::Model>>> {
    let rows = stock_transfer_line::Entity::find()
        .filter(sql::among(
            &shop.db,
            stock_transfer_line::Column::TransferId,
            transfers.iter().copied(),
        ))
        .order_by_asc(stock_transfer_line::Column::Position)
        .all(&shop.db)
        .await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        found.entry(row.transfer_id).or_default().push(row);
    }
    Ok(found)
}

/// The most lines of one variant that are shown as on their way.
const INCOMING_MAX: usize = 50;

/// What is on its way of each variant, what is expected first before the others.
pub async fn incoming_of(
    shop: &Shop,
    variants: &[VariantId],
) -> Result<HashMap<VariantId, Vec<stock_transfer_line::Model>>> {
    if variants.is_empty() {
        return Ok(HashMap::new());
    }
    let places: Vec<_> = (1..=variants.len()).map(|n| format!("${n}")).collect();
    let sql = format!(
        "select i.* from stock_transfer_line i join stock_transfer t on t.id = i.transfer_id \
         where t.status = 'IN_TRANSIT' and i.received + i.returned + i.missing < i.quantity \
         and i.variant_id in ({}) order by coalesce(t.expected_on, '9999-12-31'), t.id",
        places.join(", ")
    );
    let values = variants.iter().map(|id| (*id).into());
    let rows: Vec<stock_transfer_line::Model> = sql::all(&shop.db, &sql, values).await?;
    let mut found: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        let of_it = found.entry(row.variant_id).or_default();
        if of_it.len() < INCOMING_MAX {
            of_it.push(row);
        }
    }
    Ok(found)
}
