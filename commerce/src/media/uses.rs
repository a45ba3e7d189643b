//! What shows a picture.

use sea_orm::{ConnectionTrait, FromQueryResult};
use vitrine_entity::media;

use crate::{Context, Result, Shop, sql};

use super::rules::require;

/// Something that shows a picture.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Use {
    /// `product`, `category`, `collection`.
    pub kind: String,
    /// Its public name in addresses.
    pub slug: String,
    pub title: String,
}

/// Each selects `kind`, `slug` and `title` of what shows the picture whose path begins with `$1` (a pattern
/// of LIKE), or that was fetched from an address that is the picture `$2`'s.
const USES: &[&str] = &[
    "select distinct 'product' as kind, p.slug as slug, p.title as title from picture i \
     join product p on p.id = i.product_id where i.source like $1 \
     or i.source in (select address from media_import where media_id = $2)",
    "select 'category' as kind, coalesce(deleted_slug, slug) as slug, name as title from category \
     where picture_source like $1 or picture_source in (select address from media_import where media_id = $2)",
    "select 'collection' as kind, coalesce(deleted_slug, slug) as slug, title from collection \
     where picture_source like $1 or picture_source in (select address from media_import where media_id = $2)",
];

/// What shows the picture, at most `limit`. For staff.
///
/// # Errors
/// Refuses those without the right.
pub async fn uses_of(shop: &Shop, context: &Context, media: &media::Model, limit: u64) -> Result<Vec<Use>> {
    require(context)?;
    uses_on(&shop.db, media, limit).await
}

pub(super) async fn uses_on(db: &impl ConnectionTrait, media: &media::Model, limit: u64) -> Result<Vec<Use>> {
    let all = USES.join(" union all ");
    let sql = format!("select kind, slug, title from ({all}) as uses order by kind, slug limit $3");
    let values = [pattern(media).into(), media.id.into(), (limit as i64).into()];
    Ok(sql::all(db, &sql, values).await?)
}

/// Matches whatever leads to the picture. A hash holds nothing that LIKE reads otherwise.
pub(super) fn pattern(media: &media::Model) -> String {
    format!("/media/{}/%", media.hash)
}
