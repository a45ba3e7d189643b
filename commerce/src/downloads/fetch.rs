//! Gives a file to whoever has its link.
//!
//! A fetch counts before its first byte is sent: one statement takes it from what is left, if the link is open. A
//! connection that broke is no second fetch: for a day after one that counted, up to `PARTS_MAX` parts of the file
//! are given that count nothing, whatever is left and although the link has expired meanwhile. What is asked for from
//! the first byte to the last is the whole file, and counts.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use vitrine_entity::{ids::OrderDownloadId, order_download};

use super::{
    link::is_signed,
    load::{Download, DownloadState, IS_PAID, with_files},
};
use crate::{
    Fault, Result, Shop, media,
    ports::media_store::{ByteRange, StoredObject},
};

/// How long parts are given after a fetch that counted, and how many.
const RESUME: TimeDelta = TimeDelta::hours(24);
const PARTS_MAX: i32 = 500;

/// What becomes of a request for a file.
pub enum Fetched {
    Object(StoredObject),
    /// There is nothing to be had, for the reason that the download's state says.
    Closed(DownloadState),
    /// The store has no such file.
    Missing,
}

/// The download that a link leads to; `None` for a link that the shop did not give.
pub async fn find(shop: &Shop, id: OrderDownloadId, signature: &str) -> Result<Option<Download>> {
    if !is_signed(shop, id, signature) {
        return Ok(None);
    }
    let row = order_download::Entity::find_by_id(id).one(&shop.db).await?;
    Ok(with_files(shop, row.into_iter().collect()).await?.pop())
}

/// Opens the file, or a part of it, and counts it.
///
/// # Errors
/// Faults of the store, before anything was counted; among them a part that the file does not have.
pub async fn fetch(shop: &Shop, download: &Download, range: Option<ByteRange>) -> Result<Fetched> {
    if download.state == DownloadState::Closed {
        return Ok(Fetched::Closed(download.state));
    }
    let object = media::upload::object(download.file.upload_id);
    let Some(object) = shop.media.get(&object, range).await.map_err(Fault::from)? else {
        return Ok(Fetched::Missing);
    };
    let is_whole = object.range.start == 0 && object.range.end >= object.size;
    if (!is_whole && resumes(shop, download.row.id).await?) || counts(shop, download.row.id).await? {
        return Ok(Fetched::Object(object));
    }
    let state = match download.state {
        // Somebody was quicker.
        DownloadState::Ready => DownloadState::UsedUp,
        state => state,
    };
    Ok(Fetched::Closed(state))
}

/// Whether the part belongs to a fetch that counted.
async fn resumes(shop: &Shop, id: OrderDownloadId) -> Result<bool> {
    let sql = format!(
        "update order_download set parts = parts + 1 where id = $1 and fetched_at > $2 and parts < $3 \
         and exists (select 1 from orders where orders.id = order_download.order_id and {IS_PAID})"
    );
    let values = [id.into(), (shop.now() - RESUME).into(), PARTS_MAX.into()];
    Ok(shop.execute(&sql, values).await? == 1)
}

/// Takes one from what is left, if the link is open.
async fn counts(shop: &Shop, id: OrderDownloadId) -> Result<bool> {
    let sql = format!(
        "update order_download set remaining = remaining - 1, fetched_at = $2, parts = 0 where id = $1 \
         and (remaining is null or remaining > 0) and (expires_at is null or expires_at > $2) \
         and exists (select 1 from orders where orders.id = order_download.order_id and {IS_PAID})"
    );
    Ok(shop.execute(&sql, [id.into(), shop.now().into()]).await? == 1)
}
