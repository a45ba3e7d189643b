//! What a transfer is to bring.

use std::collections::HashSet;

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    ids::{StockTransferId, VariantId},
    stock_transfer_line, variant,
};

use crate::{ErrorCode, Refusal, Result, Tx, inventory::ON_HAND_MAX, language::messages, sql};

/// The most lines of one transfer: they move in one transaction.
pub const LINES_MAX: usize = 500;

/// So many units of a variant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Units {
    pub variant: VariantId,
    pub quantity: i64,
}

/// Refuses what is no list of variants, each once, and numbers of units.
pub(super) fn check(lines: &[Units]) -> Result<(), Refusal> {
    if lines.len() > LINES_MAX {
        let message = messages::transfer_lines_max(LINES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines"]));
    }
    let mut seen = HashSet::new();
    for (index, line) in lines.iter().enumerate() {
        let index = index.to_string();
        if !(1..=ON_HAND_MAX).contains(&line.quantity) {
            let message = messages::transfer_quantity_range(ON_HAND_MAX);
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines", &index, "quantity"]));
        }
        if !seen.insert(line.variant) {
            let message = messages::variant_named_twice();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["lines", &index, "variantId"]));
        }
    }
    Ok(())
}

/// Writes the lines of a transfer that has none.
pub(super) async fn write(tx: &Tx, transfer: StockTransferId, lines: &[Units]) -> Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let there: HashSet<VariantId> = variant::Entity::find()
        .filter(sql::among(
            tx.db(),
            variant::Column::Id,
            lines.iter().map(|line| line.variant),
        ))
        .filter(variant::Column::DeletedAt.is_null())
        .all(tx.db())
        .await?
        .into_iter()
        .map(|row| row.id)
        .collect();
    if let Some(index) = lines.iter().position(|line| !there.contains(&line.variant)) {
        let path = ["lines", &index.to_string(), "variantId"];
        return Err(Refusal::not_found("variant").at(&path).into());
    }
    let rows = (0..)
        .zip(lines)
        .map(|(position, line)| stock_transfer_line::ActiveModel {
            transfer_id: Set(transfer),
            variant_id: Set(line.variant),
            position: Set(position),
            quantity: Set(line.quantity),
            received: Set(0),
            returned: Set(0),
            missing: Set(0),
        });
    stock_transfer_line::Entity::insert_many(rows)
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
