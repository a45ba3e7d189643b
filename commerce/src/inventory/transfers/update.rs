//! Staff change what a transfer is to bring, and what is known of it.

use chrono::NaiveDate;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::StockTransferId,
    stock_transfer::{self, TransferStatus},
    stock_transfer_line,
};

use super::{
    lines::{self, Units},
    row::{expect_status, locked, write},
};
use crate::{
    Context, Result, Shop,
    error::expect_version,
    staff::{Permission, audit, require},
    text,
};

/// A change of a transfer; what is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct TransferUpdate {
    pub transfer: StockTransferId,
    /// The version that the member of staff saw.
    pub expected_version: Option<i64>,
    /// In place of those that it has; of a draft.
    pub lines: Option<Vec<Units>>,
    /// `Some(None)` takes it away; the others likewise.
    pub reference: Option<Option<String>>,
    pub expected_on: Option<Option<NaiveDate>>,
    pub note: Option<Option<String>>,
}

/// Changes a transfer that is not closed: its lines while it is a draft.
///
/// # Errors
/// Refuses whoever may not, a version that is no longer the transfer's, lines that are wrong, and a state in
/// which it changes no more.
pub async fn update(shop: &Shop, context: &Context, input: TransferUpdate) -> Result<stock_transfer::Model> {
    require(context, Permission::Inventory)?;
    lines::check(input.lines.as_deref().unwrap_or_default())?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let mut row = locked(&tx, input.transfer).await?;
        expect_version("transfer", row.version, input.expected_version)?;
        if let Some(wanted) = &input.lines {
            expect_status(&row, &[TransferStatus::Draft])?;
            stock_transfer_line::Entity::delete_many()
                .filter(stock_transfer_line::Column::TransferId.eq(row.id))
                .exec(tx.db())
                .await?;
            lines::write(&tx, row.id, wanted).await?;
        }
        expect_status(&row, &[TransferStatus::Draft, TransferStatus::InTransit])?;
        if let Some(reference) = &input.reference {
            row.reference = text::optional_line(&["reference"], reference.as_deref(), 100)?;
        }
        if let Some(note) = &input.note {
            row.note = text::optional_paragraph(&["note"], note.as_deref(), 1_000)?;
        }
        row.expected_on = input.expected_on.unwrap_or(row.expected_on);
        let row = write(&tx, row).await?;
        let data = json!({ "reference": row.reference, "expectedOn": row.expected_on,
            "lines": input.lines.as_ref().map(Vec::len) });
        audit(&tx, "transfer.update", row.id.to_string(), data).await?;
        Ok(row)
    })
    .await
}
