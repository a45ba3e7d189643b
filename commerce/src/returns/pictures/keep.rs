//! Takes a picture in that was sent.

use sea_orm::{ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use sha2::{Digest, Sha256};
use vitrine_entity::{
    ids::{ReturnId, ReturnPictureId},
    return_picture::{self, Column},
};

use super::address::PictureGrant;
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    language::messages,
    media::address::mime_type,
    ports::imaging::ImagingError,
    returns::{row, state},
};

/// How many pictures a return has at most.
const PICTURES_MAX: u64 = 6;

/// Keeps a picture that was sent to an address that `admit_picture` admitted: without what is not the picture, such as where it was
/// taken. The same one again is the same.
///
/// # Errors
/// `INVALID` for what is no picture, for more or fewer bytes than were said, and beyond six; `ORDER_STATE` once the return has
/// ended.
pub async fn keep_picture(shop: &Shop, grant: &PictureGrant, content: Vec<u8>) -> Result<return_picture::Model> {
    if content.len() as i64 != grant.byte_size {
        let message = messages::upload_of_other_size(content.len(), grant.byte_size);
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    let mut prepared = match shop.imaging.prepare(content).await {
        Ok(prepared) => prepared,
        Err(ImagingError::Refused(message)) => return Err(Refusal::new(ErrorCode::Invalid, message).into()),
        Err(ImagingError::Busy) => return Err(Fault::Crowded("sending pictures").into()),
    };
    let content = std::mem::take(&mut prepared.content);
    let side = |length: u32| i32::try_from(length).unwrap_or(i32::MAX);
    let picture = &return_picture::Model {
        id: ReturnPictureId(shop.new_id()),
        return_id: grant.id,
        sha256: Sha256::digest(&content).to_vec(),
        format: prepared.format,
        byte_size: content.len() as i64,
        width: side(prepared.width),
        height: side(prepared.height),
        created_at: shop.now(),
        deleted_at: None,
    };
    let name = object(picture.return_id, &picture.sha256);
    let context = Context::system(shop, "return-picture");
    let before = shop.transact(&context, |tx| async move { known(&tx, picture).await });
    if let Some(known) = before.await? {
        return Ok(known);
    }
    // No transaction is open while it goes to the store.
    let stored = shop.media.put(&name, content, mime_type(picture.format)).await;
    stored.map_err(Fault::from)?;
    shop.transact(&context, |tx| async move {
        // Looked at anew: another may have been sent meanwhile.
        if let Some(known) = known(&tx, picture).await? {
            return Ok(known);
        }
        return_picture::Entity::insert(picture.clone().into_active_model())
            .exec_without_returning(tx.db())
            .await?;
        Ok(picture.clone())
    })
    .await
}

/// The picture, where the return has it already; else there is room for it.
///
/// # Errors
/// Refuses one too many, and a return that has ended.
async fn known(tx: &Tx, picture: &return_picture::Model) -> Result<Option<return_picture::Model>> {
    let (_, row) = row::lock(tx, picture.return_id).await?;
    let of_return = return_picture::Entity::find().filter(Column::ReturnId.eq(row.id));
    let same = of_return.clone().filter(Column::Sha256.eq(picture.sha256.clone()));
    if let Some(same) = same.one(tx.db()).await? {
        return Ok(Some(same));
    }
    if !state::is_open(row.status) {
        return Err(Refusal::new(ErrorCode::OrderState, messages::return_is_closed()).into());
    }
    if of_return.count(tx.db()).await? >= PICTURES_MAX {
        let message = messages::return_pictures_max(PICTURES_MAX);
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    Ok(None)
}

/// Where the bytes of a picture lie.
pub(super) fn object(id: ReturnId, sha256: &[u8]) -> String {
    let hash: String = sha256.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("return-pictures/{id}/{hash}")
}
