//! A count's row, which every change locks and writes at its next version.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use vitrine_entity::{
    ids::StockCountId,
    stock_count::{self, CountStatus},
};

use crate::{ErrorCode, Refusal, Result, Tx, error::expect_version, language::messages};

/// The count, which is open, at the version that the member of staff saw.
pub(super) async fn locked_open(
    tx: &Tx,
    id: StockCountId,
    expected_version: Option<i64>,
) -> Result<stock_count::Model> {
    let row = locked(tx, id).await?;
    expect_open(&row, expected_version)?;
    Ok(row)
}

/// The count, in whichever state and version.
pub(super) async fn locked(tx: &Tx, id: StockCountId) -> Result<stock_count::Model> {
    let row = tx.lock::<stock_count::Entity>(id).await?;
    row.ok_or_else(|| Refusal::not_found("count").at(&["id"]).into())
}

/// Refuses a count that is not open, or at another version than the member of staff saw.
pub(super) fn expect_open(row: &stock_count::Model, expected_version: Option<i64>) -> Result<(), Refusal> {
    expect_version("count", row.version, expected_version)?;
    let message = match row.status {
        CountStatus::Open => return Ok(()),
        CountStatus::Applied => messages::count_applied(),
        CountStatus::Abandoned => messages::count_given_up(),
    };
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]))
}

/// Writes the row, which is locked, at its next version.
pub(super) async fn write(tx: &Tx, mut row: stock_count::Model) -> Result<stock_count::Model> {
    row.version += 1;
    stock_count::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(stock_count::Column::Id.eq(row.id))
        .exec(tx.db())
        .await?;
    Ok(row)
}
