//! Takes a rate away, and brings it back.

use vitrine_entity::{ids::TaxRateId, tax_rate};

use super::row::{locked, write};
use crate::{
    Context, Result, Shop, Tx,
    error::expect_version,
    staff::{Permission, permission::require_or_system},
};

/// Takes a rate away; [`restore`] brings it back. One that is gone stays so.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: TaxRateId,
    expected_version: Option<i64>,
) -> Result<tax_rate::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move { delete_in(&tx, id, expected_version).await })
        .await
}

/// As [`delete`], within a transaction of whoever has asked for the permission.
pub async fn delete_in(tx: &Tx, id: TaxRateId, expected_version: Option<i64>) -> Result<tax_rate::Model> {
    let mut row = locked(tx, id).await?;
    if row.deleted_at.is_some() {
        return Ok(row);
    }
    expect_version("rate", row.version, expected_version)?;
    row.deleted_at = Some(tx.shop().now());
    write(tx, row, "tax_rate.delete").await
}

/// Brings back a rate that was deleted; one that was not stays as it is.
///
/// # Errors
/// Refuses it where another has taken its place meanwhile.
pub async fn restore(shop: &Shop, context: &Context, id: TaxRateId) -> Result<tax_rate::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move {
        let mut row = locked(&tx, id).await?;
        if row.deleted_at.take().is_none() {
            return Ok(row);
        }
        write(&tx, row, "tax_rate.restore").await
    })
    .await
}
