//! A collection's row, locked, and written at its next version.

use sea_orm::{ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter};
use vitrine_entity::{collection, ids::CollectionId};

use crate::{
    Error, ErrorCode, Refusal, Result, Tx, catalog::heading, error::expect_version, jobs::Job, language::messages,
    transaction::is_unique_violation,
};

/// The collection, which nobody else changes until this transaction ends.
pub(super) async fn locked(tx: &Tx, id: CollectionId, expected_version: Option<i64>) -> Result<collection::Model> {
    let row = any(tx, id).await?;
    if row.deleted_at.is_some() {
        return Err(missing().into());
    }
    expect_version("collection", row.version, expected_version)?;
    Ok(row)
}

/// As [`locked`], deleted or not, and at any version.
pub(super) async fn any(tx: &Tx, id: CollectionId) -> Result<collection::Model> {
    Ok(tx.lock::<collection::Entity>(id).await?.ok_or_else(missing)?)
}

fn missing() -> Refusal {
    Refusal::not_found("collection").at(&["id"])
}

pub(super) async fn write(tx: &Tx, mut row: collection::Model) -> Result<collection::Model> {
    row.version += 1;
    row.updated_at = Some(tx.shop().now());
    let taken = |error| refuse_taken(error, &row.slug);
    collection::Entity::update_many()
        .set(row.clone().into_active_model().reset_all())
        .filter(collection::Column::Id.eq(row.id))
        .exec(tx.db())
        .await
        .map_err(taken)?;
    Ok(row)
}

/// Somebody took the slug between our look and our write.
pub(super) fn refuse_taken(error: DbErr, slug: &str) -> Error {
    match is_unique_violation(&error) {
        true => heading::taken(slug).into(),
        false => error.into(),
    }
}

/// Has what the collection holds, and what its rule asks for, indexed, however much it is.
pub(super) fn reindex(tx: &Tx, collection: CollectionId) {
    tx.enqueue(
        None,
        Job::IndexCollection {
            collection,
            after: None,
        },
    );
}

/// # Errors
/// Refuses to pick by hand what a rule decides.
pub(super) fn require_by_hand(row: &collection::Model) -> Result<(), Refusal> {
    match &row.rule {
        None => Ok(()),
        Some(_) => {
            let message = messages::collection_has_rule();
            Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]))
        }
    }
}
