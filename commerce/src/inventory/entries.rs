//! The stock ledger as staff read it.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{StockEntryId, VariantId},
    stock_entry,
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
    staff::permission::{self, Permission},
};

/// Every change of a variant's stock, newest first. For staff.
///
/// # Errors
/// Refuses whoever may not see stock.
pub async fn entries(
    shop: &Shop,
    context: &Context,
    variant: VariantId,
    page: &PageRequest,
) -> Result<Page<stock_entry::Model>> {
    permission::require(context, Permission::Inventory)?;
    let window = page.window::<StockEntryId>()?;
    let id = stock_entry::Column::Id;
    let query = stock_entry::Entity::find().filter(stock_entry::Column::VariantId.eq(variant));
    let query = match (window.cursor, window.backward) {
        (None, _) => query,
        (Some(cursor), false) => query.filter(id.lt(cursor)),
        (Some(cursor), true) => query.filter(id.gt(cursor)),
    };
    let query = if window.backward {
        query.order_by_asc(id)
    } else {
        query.order_by_desc(id)
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}
