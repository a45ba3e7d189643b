//! What lies where, for staff.

use sea_orm::Value;
use vitrine_entity::{
    ids::{LocationId, VariantId},
    stock,
};

use crate::{
    Context, Result, Shop,
    paging::{Page, PageRequest, write_cursor},
    sql,
    staff::permission::{self, Permission},
    text,
};

/// Which levels of stock staff want to see. Everything given must hold.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LevelFilter {
    /// The whole SKU.
    pub sku: Option<String>,
    pub variant: Option<VariantId>,
    pub location: Option<LocationId>,
    /// Those that are at the variant's threshold or below it, of what is counted at all.
    pub low: bool,
}

/// What lies where, in the order of the variants' ids. For staff.
///
/// # Errors
/// Refuses whoever may not see stock, and an SKU that nothing can have.
pub async fn levels(
    shop: &Shop,
    context: &Context,
    filter: &LevelFilter,
    page: &PageRequest,
) -> Result<Page<stock::Model>> {
    permission::require(context, Permission::Inventory)?;
    let window = page.window::<(VariantId, LocationId)>()?;
    let sku = filter.sku.as_deref().map(|sku| text::line(&["sku"], sku, 255));
    let mut values: Vec<Value> = vec![(window.limit as i64 + 1).into()];
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    // What was deleted is no longer counted.
    let mut conditions = vec!["v.deleted_at is null".to_owned(), "s.variant_id = v.id".to_owned()];
    // SQLite walks the left table first: of few variants it is told that little is left.
    let (tables, id) = match filter.low {
        true => ("variant v cross join stock s", "v.id"),
        false => ("stock s cross join variant v", "s.variant_id"),
    };
    if filter.low {
        conditions.push("v.low_stock_threshold is not null".to_owned());
        conditions.push("s.on_hand - s.reserved <= v.low_stock_threshold".to_owned());
        let never_runs_out = "select 1 from stock_policy k where k.variant_id = v.id and not k.tracked";
        conditions.push(format!("not exists ({never_runs_out})"));
    }
    if let Some(sku) = sku.transpose()? {
        conditions.push(format!("v.sku = {}", place(sku.into())));
    }
    if let Some(variant) = filter.variant {
        conditions.push(format!("s.variant_id = {}", place(variant.into())));
    }
    if let Some(location) = filter.location {
        conditions.push(format!("s.location_id = {}", place(location.into())));
    }
    let (beyond, order) = match window.backward {
        false => (">", "asc"),
        true => ("<", "desc"),
    };
    if let Some((variant, location)) = window.cursor {
        let (variant, location) = (place(variant.into()), place(location.into()));
        conditions.push(format!("({id}, s.location_id) {beyond} ({variant}, {location})"));
    }
    let sql = format!(
        "select s.* from {tables} where {} order by {id} {order}, s.location_id {order} limit $1",
        conditions.join(" and ")
    );
    let rows: Vec<stock::Model> = sql::all(&shop.db, &sql, values).await?;
    Ok(window.page(rows, |row| write_cursor(&(row.variant_id, row.location_id))))
}
