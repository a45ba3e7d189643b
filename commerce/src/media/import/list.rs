//! What could not be fetched, for staff.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::MediaImportId,
    media_import::{self, MediaImportState},
};

use crate::{
    Context, Result, Shop, Tx,
    media::Use,
    paging::{Page, PageRequest, write_cursor},
    sql,
    staff::{Permission, require},
};

/// How many of those are named that show a picture.
const USES_MAX: i64 = 10;

/// The addresses that could not be fetched, those that were noted last first.
///
/// # Errors
/// Refuses those without the right.
pub async fn failures(shop: &Shop, context: &Context, page: &PageRequest) -> Result<Page<media_import::Model>> {
    require(context, Permission::Catalog)?;
    let window = page.window::<MediaImportId>()?;
    let id = media_import::Column::Id;
    let rows = media_import::Entity::find().filter(media_import::Column::State.eq(MediaImportState::Failed));
    let rows = match (window.cursor, window.backward) {
        (None, _) => rows,
        (Some(cursor), false) => rows.filter(id.lt(cursor)),
        (Some(cursor), true) => rows.filter(id.gt(cursor)),
    };
    let rows = if window.backward {
        rows.order_by_asc(id)
    } else {
        rows.order_by_desc(id)
    };
    let rows = rows.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |row| write_cursor(&row.id)))
}

/// How many addresses are still to be fetched.
pub async fn pending(tx: &Tx) -> Result<u64> {
    let pending = media_import::Entity::find().filter(media_import::Column::State.eq(MediaImportState::Pending));
    Ok(pending.count(tx.db()).await?)
}

/// Of the addresses that are to be fetched, those that were named or changed since, by their hashes.
pub(crate) async fn pending_since(tx: &Tx, since: DateTime<Utc>) -> Result<HashSet<String>> {
    let sql = "select address_hash from media_import where state = 'PENDING' and updated_at >= $1";
    let hashes: Vec<String> = sql::column(tx.db(), sql, [since.into()]).await?;
    Ok(hashes.into_iter().collect())
}

/// What shows a picture from an address, at most ten. For whoever was given the row.
pub async fn uses_of(shop: &Shop, import: &media_import::Model) -> Result<Vec<Use>> {
    let sql = "select 'product' as kind, p.slug as slug, p.title as title from product p \
               where p.id in (select product_id from picture where source = $1) order by p.slug limit $2";
    Ok(sql::all(&shop.db, sql, [import.address.clone().into(), USES_MAX.into()]).await?)
}
