//! Takes a method away, and brings it back.

use vitrine_entity::{ids::ShippingMethodId, shipping_method};

use super::row::{locked, write};
use crate::{
    Context, Result, Shop, Tx,
    error::expect_version,
    staff::{Permission, permission::require_or_system},
};

/// Takes a method away; [`restore`] brings it back. A cart that chose it must choose anew. One that is gone
/// stays so.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: ShippingMethodId,
    expected_version: Option<i64>,
) -> Result<shipping_method::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move { delete_in(&tx, id, expected_version).await })
        .await
}

/// As [`delete`], within a transaction of whoever has asked for the permission.
pub async fn delete_in(tx: &Tx, id: ShippingMethodId, expected_version: Option<i64>) -> Result<shipping_method::Model> {
    let mut row = locked(tx, id).await?;
    if row.deleted_at.is_some() {
        return Ok(row);
    }
    expect_version("method", row.version, expected_version)?;
    row.deleted_at = Some(tx.shop().now());
    write(tx, row, "shipping_method.delete").await
}

/// Brings back a method that was deleted; one that was not stays as it is.
pub async fn restore(shop: &Shop, context: &Context, id: ShippingMethodId) -> Result<shipping_method::Model> {
    require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move {
        let mut row = locked(&tx, id).await?;
        if row.deleted_at.take().is_none() {
            return Ok(row);
        }
        write(&tx, row, "shipping_method.restore").await
    })
    .await
}
