//! Reads counts, for staff.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};
use vitrine_entity::{
    ids::{LocationId, StockCountId, VariantId},
    stock_count::{self, CountStatus},
    stock_count_line,
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
    staff::permission::{self, Permission},
};

/// Which counts.
#[derive(Debug, Clone, Copy, Default)]
pub struct CountFilter {
    pub status: Option<CountStatus>,
    pub location: Option<LocationId>,
}

/// Counts, newest first.
///
/// # Errors
/// Refuses whoever may not see stock.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: CountFilter,
    page: &PageRequest,
) -> Result<Page<stock_count::Model>> {
    permission::require(context, Permission::Inventory)?;
    let window = page.window::<StockCountId>()?;
    let id = stock_count::Column::Id;
    let mut query = stock_count::Entity::find().limit(window.limit + 1);
    if let Some(status) = filter.status {
        query = query.filter(stock_count::Column::Status.eq(status));
    }
    if let Some(location) = filter.location {
        query = query.filter(stock_count::Column::LocationId.eq(location));
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

/// A count, for whoever may see stock.
///
/// # Errors
/// Refuses whoever may not.
pub async fn by_id(shop: &Shop, context: &Context, id: StockCountId) -> Result<Option<stock_count::Model>> {
    permission::require(context, Permission::Inventory)?;
    Ok(stock_count::Entity::find_by_id(id).one(&shop.db).await?)
}

/// The lines of a count by the variants' ids; all of them, or those that differ from the books.
///
/// # Errors
/// Refuses whoever may not see stock.
pub async fn lines(
    shop: &Shop,
    context: &Context,
    count: StockCountId,
    only_differences: bool,
    page: &PageRequest,
) -> Result<Page<stock_count_line::Model>> {
    permission::require(context, Permission::Inventory)?;
    let window = page.window::<VariantId>()?;
    let variant = stock_count_line::Column::VariantId;
    let mut query = stock_count_line::Entity::find()
        .filter(stock_count_line::Column::CountId.eq(count))
        .limit(window.limit + 1);
    if only_differences {
        let differs = Expr::col(stock_count_line::Column::Counted).ne(Expr::col(stock_count_line::Column::Expected));
        query = query.filter(differs);
    }
    query = match (window.cursor, window.backward) {
        (None, _) => query,
        (Some(cursor), false) => query.filter(variant.gt(cursor)),
        (Some(cursor), true) => query.filter(variant.lt(cursor)),
    };
    query = match window.backward {
        true => query.order_by_desc(variant),
        false => query.order_by_asc(variant),
    };
    let rows = query.all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.variant_id)))
}
