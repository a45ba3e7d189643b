//! Takes a file up that was sent: it stays where it lies in the store, and its upload is no more.

use sea_orm::ModelTrait;
use vitrine_entity::{ids::StagedUploadId, staged_upload};

use crate::{
    ErrorCode, Refusal, Result, Tx,
    language::{Message, messages},
};

/// The upload, which nobody can send to or take up from now on.
///
/// # Errors
/// `NOT_FOUND` for an upload that there is not, or that was taken up; `INVALID` for one that was not sent.
pub(super) async fn take_up(tx: &Tx, id: StagedUploadId) -> Result<staged_upload::Model> {
    let row = tx.lock::<staged_upload::Entity>(id).await?;
    let row = row.filter(|row| row.media_id.is_none());
    let row = row.ok_or_else(|| Refusal::not_found("upload").at(&["uploadId"]))?;
    let refusal = |message: Message| Refusal::new(ErrorCode::Invalid, message).at(&["uploadId"]);
    if row.received_at.is_none() {
        return Err(refusal(messages::upload_not_there()).into());
    }
    if row.expires_at <= tx.shop().now() {
        return Err(refusal(messages::upload_expired()).into());
    }
    row.clone().delete(tx.db()).await?;
    Ok(row)
}
