//! Staff close a location for good, and may think again: see [`restore`](super::restore).

use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, SelectExt};
use serde_json::json;
use vitrine_entity::{ids::LocationId, location, stock};

use super::row::{locked_live, refuse_last, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    staff::{Permission, audit, permission},
};

/// Closes a location.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the location's, a location in which stock lies, and
/// the last one.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: LocationId,
    expected_version: Option<i64>,
) -> Result<location::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move { delete_in(&tx, id, expected_version).await })
        .await
}

/// As [`delete`], within a transaction of the caller's.
pub async fn delete_in(tx: &Tx, id: LocationId, expected_version: Option<i64>) -> Result<location::Model> {
    permission::require_or_system(tx.context(), Permission::Settings)?;
    let mut row = locked_live(tx, id, expected_version).await?;
    refuse_last(tx, &row, "id").await?;
    let holds = stock::Entity::find().filter(stock::Column::LocationId.eq(id)).filter(
        Condition::any()
            .add(stock::Column::OnHand.gt(0))
            .add(stock::Column::Reserved.gt(0)),
    );
    if holds.exists(tx.db()).await? {
        let message = "Stock lies at this location. Move it, or count it as none, first.";
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
    }
    row.deleted_at = Some(tx.shop().now());
    let row = write(tx, row).await?;
    audit(tx, "location.delete", id.to_string(), json!({ "name": row.name })).await?;
    Ok(row)
}
