//! A location's row, which every change locks and writes at its next version.

use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};
use vitrine_entity::{ids::LocationId, location};

use crate::{
    Error, ErrorCode, Refusal, Result, Tx, error::expect_version, language::messages, transaction::is_unique_violation,
};

/// The location, at the version that the member of staff saw.
pub(super) async fn locked(tx: &Tx, id: LocationId, expected_version: Option<i64>) -> Result<location::Model> {
    let row = tx.lock::<location::Entity>(id).await?;
    let row = row.ok_or_else(|| Refusal::not_found("location").at(&["id"]))?;
    expect_version("location", row.version, expected_version)?;
    Ok(row)
}

/// As [`locked`], where it is not deleted.
pub(super) async fn locked_live(tx: &Tx, id: LocationId, expected_version: Option<i64>) -> Result<location::Model> {
    let row = locked(tx, id, expected_version).await?;
    match row.deleted_at {
        None => Ok(row),
        Some(_) => Err(Refusal::not_found("location").at(&["id"]).into()),
    }
}

/// Writes the row, which is locked, at its next version.
pub(super) async fn write(tx: &Tx, mut row: location::Model) -> Result<location::Model> {
    row.version += 1;
    location::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(location::Column::Id.eq(row.id))
        .exec(tx.db())
        .await
        .map_err(refuse_taken)?;
    Ok(row)
}

pub(super) fn refuse_taken(error: DbErr) -> Error {
    match is_unique_violation(&error) {
        true => Refusal::new(ErrorCode::Taken, messages::location_name_taken())
            .at(&["name"])
            .into(),
        false => error.into(),
    }
}

/// How many there are that are not deleted.
pub(super) async fn count_live(db: &impl ConnectionTrait) -> Result<u64> {
    let live = location::Entity::find().filter(location::Column::DeletedAt.is_null());
    Ok(live.count(db).await?)
}

/// Refuses to leave the shop without a place that stock may be taken from.
pub(super) async fn refuse_last(tx: &Tx, row: &location::Model, field: &str) -> Result<()> {
    let others = location::Entity::find()
        .filter(location::Column::DeletedAt.is_null())
        .filter(location::Column::Active.eq(true))
        .filter(location::Column::Id.ne(row.id));
    if others.count(tx.db()).await? > 0 {
        return Ok(());
    }
    let message = messages::location_is_last();
    Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]).into())
}
