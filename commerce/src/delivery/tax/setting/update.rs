//! Changes a rate.

use vitrine_entity::{ids::TaxRateId, tax_rate};

use super::{
    check::check,
    draft::{RateChange, RateDraft},
    row::{locked, missing, row, write},
};
use crate::{
    Context, Result, Shop, Tx,
    error::expect_version,
    staff::{Permission, permission::require_or_system},
};

/// Changes a rate. What was ordered keeps its own.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: TaxRateId,
    expected_version: Option<i64>,
    change: RateChange,
) -> Result<tax_rate::Model> {
    require_or_system(context, Permission::Settings)?;
    let change = &change;
    shop.transact(context, |tx| async move {
        update_in(&tx, id, expected_version, change.clone()).await
    })
    .await
}

/// As [`update`], within a transaction of whoever has asked for the permission.
pub async fn update_in(
    tx: &Tx,
    id: TaxRateId,
    expected_version: Option<i64>,
    change: RateChange,
) -> Result<tax_rate::Model> {
    let before = locked(tx, id).await?;
    if before.deleted_at.is_some() {
        return Err(missing().into());
    }
    let checked = check(&change.of(RateDraft::of(&before)));
    let after = checked.map(|checked| row(checked, id, before.version));
    // As it is to be, perhaps because it was asked for before: at whichever version.
    if matches!(&after, Ok(after) if *after == before) {
        return Ok(before);
    }
    expect_version("rate", before.version, expected_version)?;
    write(tx, after?, "tax_rate.update").await
}
