//! What has not come is not waited for any more.

use serde_json::json;
use vitrine_entity::{
    ids::StockTransferId,
    stock_entry::{StockEntryCause, StockEntryKind},
    stock_transfer::{self, TransferStatus},
};

use super::row::{self, expect_status, locked, outstanding, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    error::expect_version,
    inventory::{
        moves::{Reason, move_units},
        place::open_location,
    },
    language::messages,
    sql,
    staff::{Permission, audit, require},
    text,
};

/// What becomes of the units that have not come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rest {
    /// They go back to the origin.
    Returned,
    /// They are nowhere; or the supplier does not send them.
    Missing,
}

/// Which transfer ends, and how.
#[derive(Debug, Clone)]
pub struct TransferClose {
    pub transfer: StockTransferId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    pub rest: Rest,
    /// For the ledger and the audit log.
    pub reason: String,
}

/// Ends a transfer: a draft is cancelled; of one that is on its way, what has not come goes back or is missing.
/// Asked again, it answers the same.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the transfer's, what has ended, and to return goods to
/// a supplier.
pub async fn close(shop: &Shop, context: &Context, input: TransferClose) -> Result<stock_transfer::Model> {
    require(context, Permission::Inventory)?;
    let reason = &text::line(&["reason"], &input.reason, 200)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let mut transfer = locked(&tx, input.transfer).await?;
        if is_closed_so(&tx, &transfer, input.rest).await? {
            return Ok(transfer);
        }
        expect_version("transfer", transfer.version, input.expected_version)?;
        expect_status(&transfer, &[TransferStatus::Draft, TransferStatus::InTransit])?;
        let has_come = match transfer.status {
            TransferStatus::InTransit => end_lines(&tx, &transfer, input.rest, reason).await?,
            _ => false,
        };
        transfer.status = match has_come {
            true => TransferStatus::Received,
            false => TransferStatus::Cancelled,
        };
        transfer.closed_at = Some(tx.shop().now());
        let transfer = write(&tx, transfer).await?;
        let rest = match input.rest {
            Rest::Returned => "RETURNED",
            Rest::Missing => "MISSING",
        };
        let data = json!({ "rest": rest, "reason": reason });
        audit(&tx, "transfer.close", transfer.id.to_string(), data).await?;
        Ok(transfer)
    })
    .await
}

/// Whether this was done before: asked again, perhaps because the answer was lost. What had come whole was never closed.
async fn is_closed_so(tx: &Tx, transfer: &stock_transfer::Model, rest: Rest) -> Result<bool> {
    if !matches!(transfer.status, TransferStatus::Received | TransferStatus::Cancelled) {
        return Ok(false);
    }
    let lines = row::lines(tx, transfer.id).await?;
    let was_draft = transfer.shipped_at.is_none();
    Ok(was_draft
        || lines.iter().any(|line| match rest {
            Rest::Returned => line.returned > 0,
            Rest::Missing => line.missing > 0,
        }))
}

/// Gives whether anything of it has come.
async fn end_lines(tx: &Tx, transfer: &stock_transfer::Model, rest: Rest, text: &str) -> Result<bool> {
    let lines = row::lines(tx, transfer.id).await?;
    let left: Vec<_> = lines
        .iter()
        .map(|line| (line.variant_id, outstanding(line)))
        .filter(|(_, units)| *units > 0)
        .collect();
    let column = match (rest, transfer.origin_id) {
        (Rest::Missing, _) => "missing",
        (Rest::Returned, Some(origin)) => {
            open_location(tx, Some(origin), "id").await?;
            let reason = Reason {
                kind: StockEntryKind::Adjusted,
                cause: StockEntryCause::TransferReturned,
                reference: transfer.id.0,
                order: None,
                text: Some(text),
            };
            if let Some(sku) = move_units(tx, origin, &left, &reason).await? {
                let message = messages::too_many_at_origin(sku);
                return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
            }
            "returned"
        }
        (Rest::Returned, None) => {
            let message = messages::supplier_goods_missing();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["rest"]).into());
        }
    };
    let sql = format!(
        "update stock_transfer_line set {column} = {column} + quantity - received - returned - missing \
         where transfer_id = $1"
    );
    sql::execute(tx.db(), &sql, [transfer.id.into()]).await?;
    Ok(lines.iter().any(|line| line.received > 0))
}
