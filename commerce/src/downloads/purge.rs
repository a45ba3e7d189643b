//! Takes away the bytes of deleted files that no order gives.

use chrono::TimeDelta;
use futures::TryFutureExt;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};
use vitrine_entity::variant_file;

use crate::{Fault, Result, Shop, media};

/// How long a deleted file can be brought back.
pub(super) const KEPT: TimeDelta = TimeDelta::days(30);

/// How many are taken away in one go.
const BATCH: u64 = 50;

const IS_GIVEN: &str = "exists (select 1 from order_download where order_download.file_id = variant_file.id)";

/// Takes away files that were deleted long ago and that no order names. Gives how many.
pub(crate) async fn purge(shop: &Shop) -> Result<u64> {
    let due = variant_file::Entity::find()
        .filter(variant_file::Column::DeletedAt.lt(shop.now() - KEPT))
        .filter(Expr::cust(format!("not {IS_GIVEN}")))
        .limit(BATCH)
        .all(&shop.db)
        .await?;
    for file in &due {
        let sql = format!("delete from variant_file where id = $1 and deleted_at is not null and not {IS_GIVEN}");
        // The row goes first: what a failure here leaves in the store is named by nobody, and harms nobody.
        if shop.execute(&sql, [file.id.into()]).await? == 1 {
            let object = media::upload::object(file.upload_id);
            shop.media.delete(&object).map_err(Fault::from).await?;
        }
    }
    Ok(due.len() as u64)
}
