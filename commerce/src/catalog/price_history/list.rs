//! What a variant cost, for staff.

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{ids::VariantId, price_history};

use crate::{
    Context, Result, Shop,
    catalog::access::require_catalog,
    money::Currency,
    paging::{Page, PageRequest, write_cursor},
};

/// The prices that a variant has and had in a currency, the newest first: those of the last 400 days, of those that followed
/// from a rate the last 60.
///
/// # Errors
/// Refuses whoever may not see the catalogue as staff do.
pub async fn history(
    shop: &Shop,
    context: &Context,
    variant: VariantId,
    currency: Currency,
    page: &PageRequest,
) -> Result<Page<price_history::Model>> {
    require_catalog(context)?;
    let window = page.window::<DateTime<Utc>>()?;
    let since = price_history::Column::Since;
    let query = price_history::Entity::find()
        .filter(price_history::Column::VariantId.eq(variant))
        .filter(price_history::Column::Currency.eq(currency));
    let query = match (window.cursor, window.backward) {
        (None, _) => query,
        (Some(cursor), false) => query.filter(since.lt(cursor)),
        (Some(cursor), true) => query.filter(since.gt(cursor)),
    };
    let query = match window.backward {
        true => query.order_by_asc(since),
        false => query.order_by_desc(since),
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.since)))
}
