//! A transfer's row, which every change locks and writes at its next version, and its lines.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder};
use vitrine_entity::{
    ids::StockTransferId,
    stock_transfer::{self, TransferStatus},
    stock_transfer_line,
};

use crate::{ErrorCode, Refusal, Result, Tx, language::messages};

/// The transfer, in whichever state and version.
pub(super) async fn locked(tx: &Tx, id: StockTransferId) -> Result<stock_transfer::Model> {
    let row = tx.lock::<stock_transfer::Entity>(id).await?;
    row.ok_or_else(|| Refusal::not_found("transfer").at(&["id"]).into())
}

/// Refuses where the transfer is in none of these states.
pub(super) fn expect_status(row: &stock_transfer::Model, allowed: &[TransferStatus]) -> Result<(), Refusal> {
    if allowed.contains(&row.status) {
        return Ok(());
    }
    let message = match row.status {
        TransferStatus::Draft => messages::transfer_is_draft(),
        TransferStatus::InTransit => messages::transfer_on_its_way(),
        TransferStatus::Received => messages::transfer_received(),
        TransferStatus::Cancelled => messages::transfer_cancelled(),
    };
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]))
}

/// Writes the row, which is locked, at its next version.
pub(super) async fn write(tx: &Tx, mut row: stock_transfer::Model) -> Result<stock_transfer::Model> {
    row.version += 1;
    stock_transfer::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(stock_transfer::Column::Id.eq(row.id))
        .exec(tx.db())
        .await?;
    Ok(row)
}

pub(super) async fn lines(tx: &Tx, id: StockTransferId) -> Result<Vec<stock_transfer_line::Model>> {
    Ok(stock_transfer_line::Entity::find()
        .filter(stock_transfer_line::Column::TransferId.eq(id))
        .order_by_asc(stock_transfer_line::Column::Position)
        .all(tx.db())
        .await?)
}

/// Units that are still to come.
pub(super) fn outstanding(line: &stock_transfer_line::Model) -> i64 {
    line.quantity - line.received - line.returned - line.missing
}
