//! Forgets exports: their files hold what is secret, and are soon out of date.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{data_export, data_export::ExportStatus};

use super::run::object;
use crate::{Fault, Result, Shop};

/// Forgets one that is older than `age`. Gives how many went.
pub(crate) async fn forget(shop: &Shop, age: TimeDelta) -> Result<u64> {
    let row = data_export::Entity::find()
        .filter(data_export::Column::Status.ne(ExportStatus::Running))
        .filter(data_export::Column::CreatedAt.lt(shop.now() - age))
        .order_by_asc(data_export::Column::CreatedAt)
        .one(&shop.db)
        .await?;
    let Some(row) = row else { return Ok(0) };
    // One may have been written and not noted.
    for piece in 0..=row.pieces {
        let removed = shop.media.delete(&object(row.storage_key, piece)).await;
        removed.map_err(Fault::from)?;
    }
    let forget = || data_export::Entity::delete_by_id(row.id).exec(shop.writer());
    shop.alone(|| async { Ok(forget().await?) }).await?;
    Ok(1)
}
