//! Staff close a location for good, and may think again: see [`restore`](super::restore).

use serde_json::json;
use vitrine_entity::{ids::LocationId, location};

use super::row::{locked, refuse_last, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    language::{Message, messages},
    sql,
    staff::{Permission, audit, permission},
};

/// Closes a location. One that is closed stays so.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the location's, a location in which stock lies,
/// to which it may come back or is on its way, and the last one.
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
    let mut row = locked(tx, id, None).await?;
    if row.deleted_at.is_some() {
        return Ok(row);
    }
    expect_version("location", row.version, expected_version)?;
    refuse_last(tx, &row, "id").await?;
    // Whoever brings goods here keeps the row as it is meanwhile: they wait for this, or this for them.
    if let Some(what) = what_lies_there(tx, id).await? {
        return Err(Refusal::new(ErrorCode::Invalid, what).at(&["id"]).into());
    }
    row.deleted_at = Some(tx.shop().now());
    let row = write(tx, row).await?;
    audit(tx, "location.delete", id.to_string(), json!({ "name": row.name })).await?;
    Ok(row)
}

/// Why it cannot be closed for good; `None` where nothing lies there, is on its way, or may come back.
async fn what_lies_there(tx: &Tx, id: LocationId) -> Result<Option<Message>> {
    let reasons = [
        (
            "select 1 from stock where location_id = $1 and (on_hand > 0 or reserved > 0) limit 1",
            messages::location_has_stock(),
        ),
        (
            "select 1 from reservation r join orders o on o.id = r.order_id \
             where r.location_id = $1 and r.state = 'DEDUCTED' and o.status = 'CONFIRMED' limit 1",
            messages::location_has_orders(),
        ),
        (
            "select 1 from stock_transfer where status in ('DRAFT', 'IN_TRANSIT') \
             and (origin_id = $1 or destination_id = $1) limit 1",
            messages::location_has_transfers(),
        ),
        (
            "select 1 from stock_count where location_id = $1 and status = 'OPEN' limit 1",
            messages::location_being_counted(),
        ),
    ];
    for (sql, message) in reasons {
        if !sql::rows(tx.db(), sql, [id.into()]).await?.is_empty() {
            return Ok(Some(message));
        }
    }
    Ok(None)
}
