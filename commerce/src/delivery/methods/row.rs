//! A method's row.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    currency::Currency,
    ids::{LocationId, ShippingMethodId, ShippingZoneId},
    location,
    shipping_method::{self, Classes, Steps},
};

use crate::{ErrorCode, Refusal, Result, Tx, delivery::draft::MethodDraft, language::messages, staff::audit};

pub(super) async fn ensure_location(tx: &Tx, location: Option<LocationId>) -> Result<()> {
    let Some(id) = location else { return Ok(()) };
    match location::Entity::find_by_id(id).one(tx.db()).await? {
        Some(location) if location.deleted_at.is_some() => {}
        Some(location) if !location.pickup => {
            let message = messages::location_no_pickup();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["locationId"]).into());
        }
        Some(_) => return Ok(()),
        None => {}
    }
    Err(Refusal::not_found("location").at(&["locationId"]).into())
}

pub(super) async fn locked(tx: &Tx, id: ShippingMethodId) -> Result<shipping_method::Model> {
    let row = tx.lock::<shipping_method::Entity>(id).await?;
    row.ok_or_else(|| missing().into())
}

pub(super) fn missing() -> Refusal {
    Refusal::not_found("shipping method").at(&["id"])
}

/// What of a row no draft says.
pub(super) struct Head {
    pub(super) id: ShippingMethodId,
    pub(super) zone: ShippingZoneId,
    pub(super) currency: Currency,
    pub(super) position: i32,
    pub(super) version: i64,
}

pub(super) fn row(draft: MethodDraft, head: Head) -> shipping_method::Model {
    shipping_method::Model {
        id: head.id,
        zone_id: head.zone,
        name: draft.name,
        description: draft.description,
        currency: head.currency,
        amount_minor: draft.amount_minor,
        free_from_minor: draft.free_from_minor,
        position: head.position,
        active: draft.active,
        kind: draft.kind,
        location_id: draft.location,
        carrier: draft.carrier,
        weight_steps: Steps(draft.weight_steps),
        value_steps: Steps(draft.value_steps),
        value_min_minor: draft.value_min_minor,
        value_max_minor: draft.value_max_minor,
        weight_min_grams: draft.weight_min_grams,
        weight_max_grams: draft.weight_max_grams,
        handling_days: draft.handling_days,
        transit_days_min: draft.transit_days_min,
        transit_days_max: draft.transit_days_max,
        cutoff_hour: draft.cutoff_hour,
        refused_classes: Classes(draft.refused_classes),
        only_classes: Classes(draft.only_classes),
        tax_category: draft.tax_category,
        version: head.version,
        deleted_at: None,
    }
}

/// Writes a locked row at its next version.
pub(super) async fn write(tx: &Tx, mut row: shipping_method::Model, action: &str) -> Result<shipping_method::Model> {
    row.version += 1;
    let row = row.into_active_model().reset_all().update(tx.db()).await?;
    audit(
        tx,
        action,
        row.id.to_string(),
        json!({ "name": row.name, "version": row.version }),
    )
    .await?;
    Ok(row)
}
