//! A count says how many units lie in stock, whatever was believed before.

use std::collections::HashMap;

use sea_orm::Value;
use vitrine_entity::{
    ids::{LocationId, VariantId},
    stock,
    stock_entry::StockEntryKind,
};

use super::{
    ON_HAND_MAX, ledger,
    low_stock::{self, Level},
    place::{ensure_rows, open_location},
};
use crate::{ErrorCode, Fault, Refusal, Result, Tx, sql};

/// How many units of a variant lie at the default location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub sku: String,
    pub variant: VariantId,
    pub on_hand: i64,
}

/// Makes the stock what was counted. Many counts take as many statements as one, but for those
/// that change something.
///
/// # Errors
/// Refuses less than orders hold.
pub async fn set_on_hand(tx: &Tx, counts: Vec<Count>, reason: &str) -> Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    let location = open_location(tx, None, "locationId").await?;
    ensure_rows(tx, counts.iter().map(|count| count.variant), location).await?;
    let rows = lock(tx, &counts, location).await?;
    let mut entries = Vec::new();
    for count in &counts {
        let Some(row) = rows.get(&count.variant) else { continue };
        if count.on_hand < row.reserved || count.on_hand > ON_HAND_MAX {
            return Err(out_of_bounds(count, row.reserved).into());
        }
        if count.on_hand != row.on_hand {
            write(tx, row, count.on_hand).await?;
            entries.push(ledger::of_stock(
                row,
                StockEntryKind::Received,
                count.on_hand - row.on_hand,
                reason,
            ));
        }
    }
    ledger::write(tx, entries).await
}

/// Reads the rows and keeps them as they are: what the ledger is told is the difference to this.
/// One statement locks them in no particular order; of an order that comes in between, one of the
/// two is chosen by the database and tried again.
async fn lock(tx: &Tx, counts: &[Count], location: LocationId) -> Result<HashMap<VariantId, stock::Model>> {
    let ids = (2..counts.len() + 2)
        .map(|n| format!("${n}"))
        .collect::<Vec<_>>()
        .join(", ");
    let sql =
        format!("update stock set version = version where location_id = $1 and variant_id in ({ids}) returning *");
    let mut values: Vec<Value> = vec![location.into()];
    values.extend(counts.iter().map(|count| Value::from(count.variant)));
    let rows: Vec<stock::Model> = sql::all(tx.db(), &sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row)).collect())
}

async fn write(tx: &Tx, row: &stock::Model, on_hand: i64) -> Result<()> {
    let sql = format!(
        "update stock set on_hand = $3, version = version + 1 where variant_id = $1 and location_id = $2 {}",
        low_stock::RETURNING
    );
    let values = [row.variant_id.into(), row.location_id.into(), on_hand.into()];
    match sql::one::<Level>(tx.db(), &sql, values).await? {
        Some(level) => low_stock::watch(tx, &level, on_hand - row.on_hand).await,
        None => Err(Fault::Other(format!("the stock of {} is gone", row.variant_id), None).into()),
    }
}

fn out_of_bounds(count: &Count, reserved: i64) -> Refusal {
    let message = format!(
        "Orders hold {reserved} units of `{}`: what lies in stock must be between that and {ON_HAND_MAX}.",
        count.sku
    );
    Refusal::new(ErrorCode::InsufficientStock, message).at(&["onHand"])
}
