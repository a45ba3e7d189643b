//! A discount's row, as changes find and leave it.

use sea_orm::{ActiveModelTrait, ActiveValue::Unchanged, IntoActiveModel};
use vitrine_entity::{discount, ids::DiscountId};

use crate::{Refusal, Result, Tx};

/// One that is not deleted, locked.
pub(super) async fn live(tx: &Tx, id: DiscountId) -> Result<discount::Model> {
    let row = any(tx, id).await?;
    match row.deleted_at {
        None => Ok(row),
        Some(_) => Err(missing().into()),
    }
}

/// Deleted or not, locked.
pub(super) async fn any(tx: &Tx, id: DiscountId) -> Result<discount::Model> {
    Ok(tx.lock::<discount::Entity>(id).await?.ok_or_else(missing)?)
}

fn missing() -> Refusal {
    Refusal::not_found("discount").at(&["id"])
}

/// Writes a row at its next version.
pub(super) async fn write(tx: &Tx, mut row: discount::Model) -> Result<discount::Model> {
    row.version += 1;
    row.updated_at = tx.shop().now();
    let mut written = row.clone().into_active_model().reset_all();
    written.id = Unchanged(row.id);
    written.update(tx.db()).await?;
    Ok(row)
}
