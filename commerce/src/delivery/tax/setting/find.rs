//! Reads rates.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{ids::TaxRateId, tax_rate};

use crate::{
    Context, Result, Shop,
    address::country_code,
    paging::{Page, PageRequest, write_cursor},
    sql,
    staff::{Permission, permission::require_or_system},
};

/// Which rates are asked for.
#[derive(Debug, Clone, Default)]
pub struct RateFilter {
    pub country: Option<String>,
    pub confirmed: Option<bool>,
    pub with_deleted: bool,
}

/// Rates, in the order in which they were made.
///
/// # Errors
/// Refuses those who may not set them up.
pub async fn list(
    shop: &Shop,
    context: &Context,
    filter: &RateFilter,
    page: &PageRequest,
) -> Result<Page<tax_rate::Model>> {
    require_or_system(context, Permission::Settings)?;
    let window = page.window::<TaxRateId>()?;
    let mut query = tax_rate::Entity::find();
    if let Some(country) = &filter.country {
        query = query.filter(tax_rate::Column::Country.eq(country_code(country)));
    }
    if let Some(confirmed) = filter.confirmed {
        query = query.filter(tax_rate::Column::Confirmed.eq(confirmed));
    }
    if !filter.with_deleted {
        query = query.filter(tax_rate::Column::DeletedAt.is_null());
    }
    let id = tax_rate::Column::Id;
    query = match (window.cursor, window.backward) {
        (Some(at), false) => query.filter(id.gt(at)),
        (Some(at), true) => query.filter(id.lt(at)),
        (None, _) => query,
    };
    let ordered = match window.backward {
        false => query.order_by_asc(id),
        true => query.order_by_desc(id),
    };
    let rows = ordered.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// All rates that are in force, by country, subdivision and category.
pub async fn all(db: &impl ConnectionTrait) -> Result<Vec<tax_rate::Model>> {
    let query = tax_rate::Entity::find()
        .filter(tax_rate::Column::DeletedAt.is_null())
        .order_by_asc(tax_rate::Column::Country);
    let mut rows = query.all(db).await?;
    rows.sort_by(|a, b| (&a.country, &a.region, &a.tax_category).cmp(&(&b.country, &b.region, &b.tax_category)));
    Ok(rows)
}

/// How many rates staff have yet to look at.
pub async fn unconfirmed(shop: &Shop) -> Result<u64> {
    let query = tax_rate::Entity::find()
        .filter(tax_rate::Column::DeletedAt.is_null())
        .filter(tax_rate::Column::Confirmed.eq(false));
    Ok(query.count(&shop.db).await?)
}

/// The categories that rates or goods name.
pub async fn categories(shop: &Shop, context: &Context) -> Result<Vec<String>> {
    require_or_system(context, Permission::Settings)?;
    let sql = "select tax_category from tax_rate where tax_category is not null and deleted_at is null \
               union select tax_category from variant where tax_category is not null and active order by 1 limit 1000";
    Ok(sql::column(&shop.db, sql, []).await?)
}
