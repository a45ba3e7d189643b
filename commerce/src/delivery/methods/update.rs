//! Changes a method.

use vitrine_entity::{ids::ShippingMethodId, shipping_method};

use super::{
    change::MethodChange,
    row::{ensure_location, locked, missing, write},
};
use crate::{
    Context, Result, Shop, Tx,
    delivery::{
        check,
        draft::{Head, MethodDraft},
    },
    error::expect_version,
    staff::{Permission, permission::require_or_system},
};

/// Changes a method.
pub async fn update(
    shop: &Shop,
    context: &Context,
    id: ShippingMethodId,
    expected_version: Option<i64>,
    change: MethodChange,
) -> Result<shipping_method::Model> {
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
    id: ShippingMethodId,
    expected_version: Option<i64>,
    change: MethodChange,
) -> Result<shipping_method::Model> {
    let before = locked(tx, id).await?;
    if before.deleted_at.is_some() {
        return Err(missing().into());
    }
    expect_version("method", before.version, expected_version)?;
    let checked = check::method(&change.of(MethodDraft::of(&before)))?;
    ensure_location(tx, checked.location).await?;
    let head = Head {
        id,
        zone: before.zone_id,
        currency: before.currency,
        position: before.position,
        version: before.version,
    };
    let after = checked.row(head);
    if after == before {
        return Ok(before);
    }
    write(tx, after, "shipping_method.update").await
}
