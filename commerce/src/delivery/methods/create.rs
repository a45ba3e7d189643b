//! Makes a method.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::{ShippingMethodId, ShippingZoneId},
    shipping_method, shipping_zone,
};

use super::{METHODS_MAX, find::of_zones, row::ensure_location};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    delivery::{
        check,
        draft::{Head, MethodDraft},
    },
    language::messages,
    staff::{Permission, audit, permission::require_or_system},
};

/// Makes a method of a zone, after its others. Its amounts are in the caller's currency.
pub async fn create(
    shop: &Shop,
    context: &Context,
    zone: ShippingZoneId,
    draft: MethodDraft,
) -> Result<shipping_method::Model> {
    require_or_system(context, Permission::Settings)?;
    let draft = &draft;
    shop.transact(context, |tx| async move { create_in(&tx, zone, draft).await })
        .await
}

/// As [`create`], within a transaction of whoever has asked for the permission.
pub async fn create_in(tx: &Tx, zone: ShippingZoneId, draft: &MethodDraft) -> Result<shipping_method::Model> {
    let checked = check::method(draft)?;
    let found = tx.lock::<shipping_zone::Entity>(zone).await?;
    if found.is_none_or(|zone| zone.deleted_at.is_some()) {
        return Err(Refusal::not_found("shipping zone").at(&["zoneId"]).into());
    }
    ensure_location(tx, checked.location).await?;
    let present = of_zones(tx.db(), &[zone], true)
        .await?
        .remove(&zone)
        .unwrap_or_default();
    if present.len() >= METHODS_MAX {
        let message = messages::zone_methods_max(METHODS_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["zoneId"]).into());
    }
    let head = Head {
        id: ShippingMethodId(tx.shop().new_id()),
        zone,
        currency: tx.context().currency,
        position: present.iter().map(|method| method.position + 1).max().unwrap_or(0),
        version: 1,
    };
    let row = checked.row(head).into_active_model().insert(tx.db()).await?;
    audit(
        tx,
        "shipping_method.create",
        row.id.to_string(),
        json!({ "name": row.name }),
    )
    .await?;
    Ok(row)
}
