//! Forgets imports that were over long ago, and their files.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::product_import::{self, ImportStatus};

use super::file;
use crate::{Fault, Result, Shop};

/// Forgets one that is older than `age`. Gives how many went.
pub(crate) async fn forget(shop: &Shop, age: TimeDelta) -> Result<u64> {
    let row = product_import::Entity::find()
        .filter(product_import::Column::Status.ne(ImportStatus::Running))
        .filter(product_import::Column::CreatedAt.lt(shop.now() - age))
        .order_by_asc(product_import::Column::CreatedAt)
        .one(&shop.db)
        .await?;
    let Some(row) = row else { return Ok(0) };
    let removed = shop.media.delete(&file::object(row.storage_key)).await;
    removed.map_err(Fault::from)?;
    let forget = || product_import::Entity::delete_by_id(row.id).exec(shop.writer());
    shop.alone(|| async { Ok(forget().await?) }).await?;
    Ok(1)
}
