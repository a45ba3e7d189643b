//! Goods leave their origin.

use serde_json::json;
use vitrine_entity::{
    ids::StockTransferId,
    stock_entry::{StockEntryCause, StockEntryKind},
    stock_transfer::{self, TransferStatus},
};

use super::row::{expect_status, lines, locked, write};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop,
    error::expect_version,
    inventory::moves::{Reason, move_units},
    language::messages,
    staff::{Permission, audit, require},
};

/// Sends a draft on its way: its units leave the origin, all of them or none. Asked again, it answers the same.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the transfer's, what is no draft or is empty, and more
/// units than lie at the origin and no order holds.
pub async fn ship(
    shop: &Shop,
    context: &Context,
    id: StockTransferId,
    expected_version: Option<i64>,
) -> Result<stock_transfer::Model> {
    require(context, Permission::Inventory)?;
    shop.transact(context, |tx| async move {
        let mut row = locked(&tx, id).await?;
        // A supplier's goods come without having been shipped here.
        let is_shipped = matches!(row.status, TransferStatus::InTransit | TransferStatus::Received);
        if is_shipped && row.origin_id.is_some() {
            return Ok(row);
        }
        expect_version("transfer", row.version, expected_version)?;
        expect_status(&row, &[TransferStatus::Draft])?;
        let origin = row
            .origin_id
            .ok_or_else(|| Fault::Other(format!("the draft {id} has no origin"), None))?;
        let lines = lines(&tx, id).await?;
        if lines.is_empty() {
            let message = messages::transfer_empty();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
        }
        let units: Vec<_> = lines.iter().map(|line| (line.variant_id, -line.quantity)).collect();
        let reason = Reason {
            kind: StockEntryKind::Adjusted,
            cause: StockEntryCause::TransferShipped,
            reference: id.0,
            order: None,
            text: None,
        };
        if let Some(sku) = move_units(&tx, origin, &units, &reason).await? {
            let message = messages::too_few_at_origin(sku);
            return Err(Refusal::new(ErrorCode::InsufficientStock, message).at(&["id"]).into());
        }
        row.status = TransferStatus::InTransit;
        row.shipped_at = Some(tx.shop().now());
        let row = write(&tx, row).await?;
        audit(&tx, "transfer.ship", id.to_string(), json!({ "lines": lines.len() })).await?;
        Ok(row)
    })
    .await
}
