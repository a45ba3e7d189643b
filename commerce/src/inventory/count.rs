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
    place::open_location,
};
use crate::{ErrorCode, Fault, Refusal, Result, Tx, language::messages, sql};

/// The most counts that one statement writes.
const ROWS_MAX: usize = 500;

/// How many units of a variant lie at the default location.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    pub sku: String,
    pub variant: VariantId,
    pub on_hand: i64,
}

/// Makes the stock what was counted. Many counts take few statements more than one.
///
/// # Errors
/// Refuses less than orders hold.
pub async fn set_on_hand(tx: &Tx, counts: Vec<Count>, reason: &str) -> Result<()> {
    if counts.is_empty() {
        return Ok(());
    }
    let location = open_location(tx, None, "locationId").await?;
    let rows = lock(tx, &counts, location).await?;
    let mut changed = Vec::new();
    for count in &counts {
        let Some(row) = rows.get(&count.variant) else { continue };
        if count.on_hand < row.reserved || count.on_hand > ON_HAND_MAX {
            return Err(out_of_bounds(count, row.reserved).into());
        }
        if count.on_hand != row.on_hand {
            changed.push((row, count.on_hand));
        }
    }
    for changed in changed.chunks(ROWS_MAX) {
        write(tx, changed).await?;
    }
    let entry = |(row, on_hand): (&stock::Model, i64)| {
        ledger::of_stock(row, StockEntryKind::Received, on_hand - row.on_hand, reason)
    };
    ledger::write(tx, changed.into_iter().map(entry).collect());
    Ok(())
}

/// Makes the rows that are not there, empty, and locks and reads those that are: what the ledger is told is the difference
/// to this. One statement locks them in no particular order; of an order that comes in between, one of the two is chosen
/// by the database and tried again.
async fn lock(tx: &Tx, counts: &[Count], location: LocationId) -> Result<HashMap<VariantId, stock::Model>> {
    let rows: Vec<String> = (2..counts.len() + 2)
        .map(|place| format!("(${place}, $1, 0, 0, 1, false)"))
        .collect();
    let sql = format!(
        "insert into stock (variant_id, location_id, on_hand, reserved, version, low_alerted) values {} \
         on conflict (variant_id, location_id) do update set version = stock.version returning *",
        rows.join(", ")
    );
    let mut values: Vec<Value> = vec![location.into()];
    values.extend(counts.iter().map(|count| Value::from(count.variant)));
    let rows: Vec<stock::Model> = sql::all(tx.db(), &sql, values).await?;
    Ok(rows.into_iter().map(|row| (row.variant_id, row)).collect())
}

/// The rows are there, and this transaction has them: each is replaced.
async fn write(tx: &Tx, changed: &[(&stock::Model, i64)]) -> Result<()> {
    let mut values: Vec<Value> = Vec::with_capacity(changed.len() * 3);
    let mut place = |value: Value| {
        values.push(value);
        format!("${}", values.len())
    };
    let rows = changed.iter().map(|(row, on_hand)| {
        let (variant, location) = (place(row.variant_id.into()), place(row.location_id.into()));
        format!("({variant}, {location}, {}, 0, 1, false)", place((*on_hand).into()))
    });
    let sql = format!(
        "insert into stock (variant_id, location_id, on_hand, reserved, version, low_alerted) values {} \
         on conflict (variant_id, location_id) do update set on_hand = excluded.on_hand, version = stock.version + 1 {}",
        rows.collect::<Vec<_>>().join(", "),
        low_stock::RETURNING
    );
    let levels: Vec<Level> = sql::all(tx.db(), &sql, values).await?;
    if levels.len() != changed.len() {
        return Err(Fault::Other(
            format!(
                "{} of {} stock rows are gone",
                changed.len() - levels.len(),
                changed.len()
            ),
            None,
        )
        .into());
    }
    let changes: HashMap<VariantId, i64> = changed
        .iter()
        .map(|(row, on_hand)| (row.variant_id, on_hand - row.on_hand))
        .collect();
    low_stock::watch_all(tx, &levels, |variant| {
        changes.get(&variant).copied().unwrap_or_default()
    })
    .await
}

fn out_of_bounds(count: &Count, reserved: i64) -> Refusal {
    let message = messages::stock_between_held(reserved, &count.sku, ON_HAND_MAX);
    Refusal::new(ErrorCode::InsufficientStock, message).at(&["onHand"])
}
