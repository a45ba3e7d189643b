//! Forgets bulk operations that were over long ago.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{bulk_operation, bulk_operation::BulkStatus, bulk_result};

use super::file;
use crate::{Fault, Result, Shop};

/// How many results go at once.
const BATCH: i64 = 1_000;

/// Forgets some of what is older than `age`: an operation goes once all its results have gone. Gives how many rows
/// went.
pub(crate) async fn forget(shop: &Shop, age: TimeDelta) -> Result<u64> {
    let row = bulk_operation::Entity::find()
        .filter(bulk_operation::Column::Status.ne(BulkStatus::Running))
        .filter(bulk_operation::Column::CreatedAt.lt(shop.now() - age))
        .order_by_asc(bulk_operation::Column::CreatedAt)
        .one(&shop.db)
        .await?;
    let Some(row) = row else { return Ok(0) };
    let results = "delete from bulk_result where bulk_operation_id = $1 and line in \
                   (select line from bulk_result where bulk_operation_id = $1 order by line limit $2)";
    let gone = shop.execute(results, [row.id.into(), BATCH.into()]).await?;
    if gone > 0 {
        return Ok(gone);
    }
    let removed = shop.media.delete(&file::object(row.storage_key)).await;
    removed.map_err(Fault::from)?;
    let id = row.id;
    shop.alone(|| async {
        bulk_result::Entity::delete_many()
            .filter(bulk_result::Column::BulkOperationId.eq(id))
            .exec(shop.writer())
            .await?;
        bulk_operation::Entity::delete_by_id(id).exec(shop.writer()).await?;
        Ok(1)
    })
    .await
}
