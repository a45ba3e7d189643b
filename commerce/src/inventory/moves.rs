//! Units come to a location or leave it, and no order's hold is the reason.

use sea_orm::{EntityTrait, QueryFilter, QueryOrder};
use uuid::Uuid;
use vitrine_entity::{
    ids::{LocationId, OrderId, VariantId},
    stock_entry::{StockEntryCause, StockEntryKind},
    variant,
};

use super::{
    ON_HAND_MAX,
    ledger::{self, Entry},
    low_stock::{self, Level},
    place::ensure_rows,
};
use crate::{Result, Tx, jobs::Job, sql};

/// Why many units move at once.
pub(super) struct Reason<'text> {
    pub kind: StockEntryKind,
    pub cause: StockEntryCause,
    /// The transfer, the count or the return.
    pub reference: Uuid,
    /// Whose goods they were.
    pub order: Option<OrderId>,
    pub text: Option<&'text str>,
}

/// Adds units to what lies at a location, or takes them from it where they are negative, variant by variant
/// in SKU order; has their products indexed.
///
/// Gives the SKU of the first of which less would be left than orders hold, or too many would lie there: the
/// caller rolls back.
pub(super) async fn move_units(
    tx: &Tx,
    location: LocationId,
    units: &[(VariantId, i64)],
    reason: &Reason<'_>,
) -> Result<Option<String>> {
    let moved: Vec<_> = units.iter().filter(|(_, delta)| *delta != 0).collect();
    if moved.is_empty() {
        return Ok(None);
    }
    let variants = in_sku_order(tx, moved.iter().map(|(id, _)| *id)).await?;
    ensure_rows(tx, variants.iter().map(|row| row.id), location).await?;
    let (mut entries, mut products) = (Vec::new(), Vec::new());
    for row in &variants {
        let delta: i64 = moved
            .iter()
            .filter(|(id, _)| *id == row.id)
            .map(|(_, delta)| delta)
            .sum();
        let Some(level) = change(tx, row.id, location, delta).await? else {
            return Ok(Some(row.sku.clone()));
        };
        low_stock::watch(tx, &level, delta).await?;
        entries.push(Entry {
            variant: row.id,
            location,
            kind: reason.kind,
            on_hand_delta: delta,
            reserved_delta: 0,
            order: reason.order,
            reason: reason.text.map(str::to_owned),
            cause: Some(reason.cause),
            reference: Some(reason.reference),
        });
        products.push(row.product_id);
    }
    ledger::write(tx, entries);
    products.sort_unstable();
    products.dedup();
    tx.enqueue(None, Job::IndexProducts { products });
    Ok(None)
}

/// The variants, in the order in which everybody takes them.
pub(super) async fn in_sku_order(
    tx: &Tx,
    variants: impl IntoIterator<Item = VariantId>,
) -> Result<Vec<variant::Model>> {
    Ok(variant::Entity::find()
        .filter(sql::among(tx.db(), variant::Column::Id, variants))
        .order_by_asc(variant::Column::Sku)
        .all(tx.db())
        .await?)
}

async fn change(tx: &Tx, variant: VariantId, location: LocationId, delta: i64) -> Result<Option<Level>> {
    let sql = format!(
        "update stock set on_hand = on_hand + $3, version = version + 1 \
         where variant_id = $1 and location_id = $2 and on_hand + $3 between reserved and $4 {}",
        low_stock::RETURNING
    );
    let values = [variant.into(), location.into(), delta.into(), ON_HAND_MAX.into()];
    Ok(sql::one(tx.db(), &sql, values).await?)
}
