//! Where stock lies.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::LockType,
};
use uuid::Uuid;
use vitrine_entity::{
    ids::{LocationId, VariantId},
    location, stock,
};

use crate::{Refusal, Result, Tx, locations};

/// The first location of a shop that has named none: always the same id, so that two who write the
/// first stock at once do not make two.
const MAIN: LocationId = LocationId(Uuid::from_u128(1));

/// Where stock lies unless somebody says otherwise: the first location that is not closed.
pub(crate) async fn usual_location(db: &impl ConnectionTrait) -> Result<Option<LocationId>> {
    let all = locations::all(db).await?;
    let first = all.iter().find(|location| location.active).or(all.first());
    Ok(first.map(|location| location.id))
}

/// The location at which stock is about to change, the first where none is named. It is not deleted before
/// this transaction ends: whoever deletes one waits for those who bring goods to it, or they for it.
///
/// # Errors
/// `NOT_FOUND` at `field` where there is none.
pub(super) async fn open_location(tx: &Tx, named: Option<LocationId>, field: &str) -> Result<LocationId> {
    let id = match named {
        Some(id) => id,
        None => default_location(tx).await?,
    };
    let kept = location::Entity::find_by_id(id)
        .filter(location::Column::DeletedAt.is_null())
        .lock(LockType::Share)
        .one(tx.db())
        .await?;
    match kept {
        Some(location) => Ok(location.id),
        None => Err(Refusal::not_found("location").at(&[field]).into()),
    }
}

async fn default_location(tx: &Tx) -> Result<LocationId> {
    if let Some(first) = usual_location(tx.db()).await? {
        return Ok(first);
    }
    let row = location::ActiveModel {
        id: Set(MAIN),
        name: Set("Main warehouse".to_owned()),
        position: Set(0),
        ..Default::default()
    };
    location::Entity::insert(row)
        .on_conflict_do_nothing_on([location::Column::Id])
        .exec_without_returning(tx.db())
        .await?;
    Ok(MAIN)
}

/// Makes sure that the variants have a row of stock, if an empty one.
pub(super) async fn ensure_rows(
    tx: &Tx,
    variants: impl IntoIterator<Item = VariantId>,
    location: LocationId,
) -> Result<()> {
    let rows = variants.into_iter().map(|variant| stock::ActiveModel {
        variant_id: Set(variant),
        location_id: Set(location),
        on_hand: Set(0),
        reserved: Set(0),
        version: Set(1),
        low_alerted: Set(false),
    });
    stock::Entity::insert_many(rows)
        .on_conflict_do_nothing_on([stock::Column::VariantId, stock::Column::LocationId])
        .exec_without_returning(tx.db())
        .await?;
    Ok(())
}
