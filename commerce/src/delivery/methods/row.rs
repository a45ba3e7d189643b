//! A method's row.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{
    ids::{LocationId, ShippingMethodId},
    location, shipping_method,
};

use crate::{ErrorCode, Refusal, Result, Tx, language::messages, staff::audit};

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
