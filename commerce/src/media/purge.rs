//! Takes away the bytes that nobody names any more: of deleted pictures, and of files that were sent and not
//! taken up. Each a few at a time.

use futures::TryFutureExt;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{media, media_rendition, staged_upload};

use super::{
    address::MediaAddress,
    delete::KEPT,
    upload,
    uses::{pattern, uses_on},
};
use crate::{Context, Fault, Result, Shop, Tx, sql};

/// How many are looked at in one go.
const BATCH: u64 = 50;

/// Takes away what was deleted long ago. Gives how many rows it looked at.
pub(crate) async fn purge(shop: &Shop) -> Result<u64> {
    let due = media::Entity::find()
        .filter(media::Column::PurgeAt.lte(shop.now()))
        .order_by_asc(media::Column::PurgeAt)
        .limit(BATCH);
    let due = due.all(&shop.db).await?;
    let context = Context::system(shop, "purge-media");
    for media in &due {
        let gone = shop
            .transact(&context, |tx| async move { forget(&tx, media).await })
            .await?;
        // The rows went first: what is left in the store of a failure here is named by nobody, and harms nobody.
        for object in gone {
            shop.media.delete(&object).map_err(Fault::from).await?;
        }
    }
    Ok(due.len() as u64)
}

/// Forgets a picture, unless something names it still. Gives the objects that are nobody's any more.
async fn forget(tx: &Tx, media: &media::Model) -> Result<Vec<String>> {
    let Some(media) = tx.lock::<media::Entity>(media.id).await? else {
        return Ok(Vec::new());
    };
    if media.purge_at.is_none_or(|at| at > tx.shop().now()) {
        return Ok(Vec::new());
    }
    if is_named(tx.db(), &media).await? {
        let sql = "update media set purge_at = $2 where id = $1";
        sql::execute(tx.db(), sql, [media.id.into(), (tx.shop().now() + KEPT).into()]).await?;
        return Ok(Vec::new());
    }
    let renditions = media_rendition::Entity::find().filter(media_rendition::Column::MediaId.eq(media.id));
    let renditions = renditions.all(tx.db()).await?.into_iter().map(|row| row.name);
    let objects = renditions.chain([MediaAddress::original(&media).object()]).collect();
    for sql in [
        "delete from media_rendition where media_id = $1",
        // Whoever names the address again has it fetched again.
        "delete from media_import where media_id = $1",
        "delete from staged_upload where media_id = $1",
        "delete from media where id = $1",
    ] {
        sql::execute(tx.db(), sql, [media.id.into()]).await?;
    }
    Ok(objects)
}

/// Orders name what they sold it with, for ever.
async fn is_named(db: &impl ConnectionTrait, media: &media::Model) -> Result<bool> {
    if !uses_on(db, media, 1).await?.is_empty() {
        return Ok(true);
    }
    let sql = "select 1 from order_line where picture_source like $1 \
               or picture_source in (select address from media_import where media_id = $2) limit 1";
    let named: Vec<i32> = sql::column(db, sql, [pattern(media).into(), media.id.into()]).await?;
    Ok(!named.is_empty())
}

/// Forgets files whose time is over. Gives how many.
pub(crate) async fn forget_uploads(shop: &Shop) -> Result<u64> {
    // A while later: one may be on its way still.
    let over = shop.now() - upload::LIFETIME;
    let due = staged_upload::Entity::find()
        .filter(staged_upload::Column::ExpiresAt.lt(over))
        .limit(BATCH)
        .all(&shop.db)
        .await?;
    for upload in &due {
        if upload.received_at.is_some() {
            shop.media
                .delete(&upload::object(upload.id))
                .map_err(Fault::from)
                .await?;
        }
    }
    let ids = due.iter().map(|upload| upload.id);
    let forgotten = staged_upload::Entity::delete_many().filter(staged_upload::Column::Id.is_in(ids));
    if !due.is_empty() {
        let forget = || forgotten.clone().exec(shop.writer());
        shop.alone(|| async { Ok(forget().await?) }).await?;
    }
    Ok(due.len() as u64)
}
