//! Shows the pictures of returns, and takes away those of people who were erased.

use std::collections::HashMap;

use futures::TryStreamExt;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::{ReturnId, ReturnPictureId},
    return_picture::{self, Column},
};

use super::{
    address::{check, of_picture},
    keep::object,
};
use crate::{Fault, Refusal, Result, Shop, media::address::mime_type, sql};

/// How many are taken away in one go.
const BATCH: u64 = 50;

/// A picture, whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PictureFile {
    pub mime_type: &'static str,
    pub content: Vec<u8>,
}

/// The pictures of each return, oldest first. Whose returns they are was asked before.
///
/// # Errors
/// When the database fails.
pub async fn pictures_of(shop: &Shop, returns: &[ReturnId]) -> Result<HashMap<ReturnId, Vec<return_picture::Model>>> {
    let among = sql::among(&shop.db, Column::ReturnId, returns.iter().copied());
    let rows = return_picture::Entity::find()
        .filter(among)
        .filter(Column::DeletedAt.is_null())
        .order_by_asc(Column::Id)
        .all(&shop.db)
        .await?;
    let mut grouped: HashMap<_, Vec<_>> = HashMap::new();
    for row in rows {
        grouped.entry(row.return_id).or_default().push(row);
    }
    Ok(grouped)
}

/// The picture behind an address. `expires` is in seconds since 1970.
///
/// # Errors
/// `FORBIDDEN` where the signature is wrong or the time is over, `NOT_FOUND` where there is no such picture, or no more.
pub async fn open_picture(shop: &Shop, id: ReturnPictureId, expires: i64, signature: &str) -> Result<PictureFile> {
    check(shop, &of_picture(id, expires), expires, signature)?;
    let missing = || Refusal::not_found("picture");
    let row = return_picture::Entity::find_by_id(id).one(&shop.db).await?;
    let row = row.filter(|row| row.deleted_at.is_none()).ok_or_else(missing)?;
    let found = shop.media.get(&object(row.return_id, &row.sha256), None).await;
    let found = found.map_err(Fault::from)?.ok_or_else(missing)?;
    let mut content = Vec::with_capacity(usize::try_from(found.size).unwrap_or_default().min(1 << 24));
    let mut chunks = found.content;
    while let Some(chunk) = chunks.try_next().await.map_err(Fault::from)? {
        content.extend_from_slice(&chunk);
    }
    Ok(PictureFile {
        mime_type: mime_type(row.format),
        content,
    })
}

/// Takes away the bytes and the rows of pictures that are to go, a bounded number. Gives how many.
pub(crate) async fn purge(shop: &Shop) -> Result<u64> {
    let due = return_picture::Entity::find()
        .filter(Column::DeletedAt.is_not_null())
        .order_by_asc(Column::DeletedAt)
        .limit(BATCH)
        .all(&shop.db)
        .await?;
    for row in &due {
        // The bytes go first: a row that stays is looked at again.
        let object = object(row.return_id, &row.sha256);
        shop.media.delete(&object).await.map_err(Fault::from)?;
        shop.execute(
            "delete from return_picture where id = $1 and deleted_at is not null",
            [row.id.into()],
        )
        .await?;
    }
    Ok(due.len() as u64)
}
