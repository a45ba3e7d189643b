//! Goods come to their destination, some of them or all.

use std::collections::HashMap;

use serde_json::json;
use vitrine_entity::{
    ids::{StockTransferId, VariantId},
    stock_entry::{StockEntryCause, StockEntryKind},
    stock_transfer::{self, TransferStatus},
};

use super::{
    lines::{self, Units},
    row::{self, expect_status, locked, outstanding, write},
};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    error::expect_version,
    inventory::{
        moves::{Reason, move_units},
        place::open_location,
    },
    language::messages,
    repeats::refuse_unrepeatable,
    sql,
    staff::{Permission, audit, require},
};

/// What came.
#[derive(Debug, Clone)]
pub struct TransferReceive {
    pub transfer: StockTransferId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    /// `None`: all that was still to come.
    pub lines: Option<Vec<Units>>,
}

/// Takes in what came; the transfer is closed once nothing is to come any more. Asked again for all of it, it answers the
/// same; units that are named take a version or a key.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the transfer's, what is not on its way, and more than
/// was still to come.
pub async fn receive(shop: &Shop, context: &Context, input: TransferReceive) -> Result<stock_transfer::Model> {
    require(context, Permission::Inventory)?;
    lines::check(input.lines.as_deref().unwrap_or_default())?;
    refuse_unrepeatable(context, input.lines.is_none() || input.expected_version.is_some())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let mut transfer = locked(&tx, input.transfer).await?;
        if input.lines.is_none() && transfer.status == TransferStatus::Received {
            return Ok(transfer);
        }
        expect_version("transfer", transfer.version, input.expected_version)?;
        expect_status(&transfer, &[TransferStatus::InTransit])?;
        let came = came(&tx, input).await?;
        open_location(&tx, Some(transfer.destination_id), "id").await?;
        let is_suppliers = transfer.origin_id.is_none();
        let reason = Reason {
            kind: match is_suppliers {
                true => StockEntryKind::Received,
                false => StockEntryKind::Adjusted,
            },
            cause: match is_suppliers {
                true => StockEntryCause::Delivered,
                false => StockEntryCause::TransferReceived,
            },
            reference: transfer.id.0,
            order: None,
            text: transfer.reference.as_deref(),
        };
        if let Some(sku) = move_units(&tx, transfer.destination_id, &came, &reason).await? {
            let message = messages::too_many_at_destination(sku);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]).into());
        }
        for (variant, units) in &came {
            note(&tx, transfer.id, *variant, *units).await?;
        }
        let lines = row::lines(&tx, transfer.id).await?;
        if lines.iter().all(|line| outstanding(line) == 0) {
            transfer.status = TransferStatus::Received;
            transfer.closed_at = Some(tx.shop().now());
        }
        let transfer = write(&tx, transfer).await?;
        let units: i64 = came.iter().map(|(_, units)| units).sum();
        audit(
            &tx,
            "transfer.receive",
            transfer.id.to_string(),
            json!({ "units": units }),
        )
        .await?;
        Ok(transfer)
    })
    .await
}

/// What came, of what was still to come.
async fn came(tx: &Tx, input: &TransferReceive) -> Result<Vec<(VariantId, i64)>> {
    let lines = row::lines(tx, input.transfer).await?;
    let to_come: HashMap<_, _> = lines.iter().map(|line| (line.variant_id, outstanding(line))).collect();
    let Some(given) = &input.lines else {
        let all = to_come.into_iter().filter(|(_, units)| *units > 0);
        return Ok(all.collect());
    };
    if given.is_empty() {
        let message = messages::received_what();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]).into());
    }
    for (index, line) in given.iter().enumerate() {
        let index = index.to_string();
        let Some(units) = to_come.get(&line.variant) else {
            let message = messages::transfer_lacks_variant();
            let path = ["lines", &index, "variantId"];
            return Err(Refusal::new(ErrorCode::NotFound, message).at(&path).into());
        };
        if line.quantity > *units {
            let message = messages::transfer_still_to_come(units);
            let path = ["lines", &index, "quantity"];
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&path).into());
        }
    }
    Ok(given.iter().map(|line| (line.variant, line.quantity)).collect())
}

async fn note(tx: &Tx, transfer: StockTransferId, variant: VariantId, units: i64) -> Result<()> {
    let sql = "update stock_transfer_line set received = received + $3 where transfer_id = $1 and variant_id = $2 \
        and received + returned + missing + $3 <= quantity";
    match sql::execute(tx.db(), sql, [transfer.into(), variant.into(), units.into()]).await? {
        1 => Ok(()),
        _ => Err(Fault::Other(format!("the lines of {transfer} moved while it was locked"), None).into()),
    }
}
