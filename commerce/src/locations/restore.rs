//! Staff think again of a location that they deleted.

use serde_json::json;
use vitrine_entity::{ids::LocationId, location};

use super::{
    find,
    row::{locked, write},
};
use crate::{
    Context, Result, Shop,
    error::expect_version,
    staff::{Permission, audit, permission},
};

/// Brings a deleted location back, as the last that stock is taken from. One that is not deleted stays as
/// it is.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the location's, and where another location has
/// taken its name.
pub async fn restore(
    shop: &Shop,
    context: &Context,
    id: LocationId,
    expected_version: Option<i64>,
) -> Result<location::Model> {
    permission::require_or_system(context, Permission::Settings)?;
    shop.transact(context, |tx| async move {
        let mut row = locked(&tx, id, None).await?;
        if row.deleted_at.take().is_none() {
            return Ok(row);
        }
        expect_version("location", row.version, expected_version)?;
        let last = find::all(tx.db()).await?.last().map(|location| location.position);
        row.position = last.map_or(0, |position| position.saturating_add(1));
        let row = write(&tx, row).await?;
        audit(&tx, "location.restore", id.to_string(), json!({ "name": row.name })).await?;
        Ok(row)
    })
    .await
}
