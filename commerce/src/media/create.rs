//! Makes pictures of what staff sent.

use futures::TryStreamExt;
use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{
    ids::{MediaId, StagedUploadId},
    media, staged_upload,
};

use super::{
    receive::{FILE_NAME_MAX, Received, receive},
    rules::{ALT_MAX, require},
    upload,
};
use crate::{Context, ErrorCode, Fault, Refusal, Result, Shop, Tx, language::messages, staff::audit, text};

/// A file that was sent to where [`upload::request`] said.
#[derive(Debug, Clone)]
pub struct MediaCreate {
    pub upload: StagedUploadId,
    /// What it shows.
    pub alt: Option<String>,
}

/// Takes up a file that was sent. Taking it up again gives the same picture. For staff.
///
/// # Errors
/// `NOT_FOUND` for an upload that there is not, `INVALID` for one that was not sent or is no picture.
pub async fn create(shop: &Shop, context: &Context, input: MediaCreate) -> Result<media::Model> {
    require(context)?;
    let alt = &text::optional_line(&["altText"], input.alt.as_deref(), ALT_MAX)?;
    let row = staged_upload::Entity::find_by_id(input.upload).one(&shop.db).await?;
    let not_found = || Refusal::not_found("upload").at(&["uploadId"]);
    let upload = &row.ok_or_else(not_found)?;
    if let Some(id) = upload.media_id {
        return taken_up_before(shop, id).await;
    }
    if upload.expires_at <= shop.now() {
        let message = messages::upload_expired();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["uploadId"]).into());
    }
    if upload.byte_size as u64 > shop.settings.media.bytes_max {
        let message = upload::too_large(shop.settings.media.bytes_max);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["uploadId"]).into());
    }
    let content = read(shop, upload).await?;
    let received = &receive(shop, content, &["uploadId"]).await?;
    let media = shop.transact(context, |tx| async move {
        let Some(upload) = tx.lock::<staged_upload::Entity>(upload.id).await? else {
            return Err(not_found().into());
        };
        let media = record(&tx, received, &upload.original_name, alt.as_deref()).await?;
        upload::taken_up(&tx, upload, media.id).await?;
        Ok(media)
    });
    let media = media.await?;
    // What is left of it is forgotten with its row.
    if let Err(error) = shop.media.delete(&upload::object(input.upload)).await {
        tracing::debug!(
            error = &error as &dyn std::error::Error,
            "a file that was taken up lies on for a while"
        );
    }
    Ok(media)
}

async fn taken_up_before(shop: &Shop, id: MediaId) -> Result<media::Model> {
    let found = media::Entity::find_by_id(id).one(&shop.db).await?;
    let found = found.filter(|media| media.deleted_at.is_none());
    Ok(found.ok_or_else(|| Refusal::not_found("upload").at(&["uploadId"]))?)
}

async fn read(shop: &Shop, upload: &staged_upload::Model) -> Result<Vec<u8>> {
    let not_sent = || {
        let message = messages::upload_not_there();
        Refusal::new(ErrorCode::Invalid, message).at(&["uploadId"])
    };
    if upload.received_at.is_none() {
        return Err(not_sent().into());
    }
    let object = shop.media.get(&upload::object(upload.id), None).await;
    let Some(object) = object.map_err(Fault::from)? else {
        return Err(not_sent().into());
    };
    let mut content = Vec::with_capacity(usize::try_from(object.size).unwrap_or_default().min(1 << 26));
    let mut chunks = object.content;
    while let Some(chunk) = chunks.try_next().await.map_err(Fault::from)? {
        content.extend_from_slice(&chunk);
    }
    Ok(content)
}

/// Takes in a file that came with the request itself. For staff.
///
/// # Errors
/// `INVALID` for what is no picture.
pub async fn add(
    shop: &Shop,
    context: &Context,
    file_name: &str,
    content: Vec<u8>,
    alt: Option<&str>,
) -> Result<media::Model> {
    require(context)?;
    let alt = &text::optional_line(&["altText"], alt, ALT_MAX)?;
    let file_name = text::optional_line(&["file"], Some(file_name), FILE_NAME_MAX)?;
    let file_name = &file_name.unwrap_or_else(|| "picture".to_owned());
    if content.is_empty() || content.len() as u64 > shop.settings.media.bytes_max {
        let message = upload::too_large(shop.settings.media.bytes_max);
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["file"]).into());
    }
    let received = &receive(shop, content, &["file"]).await?;
    shop.transact(context, |tx| async move {
        record(&tx, received, file_name, alt.as_deref()).await
    })
    .await
}

async fn record(tx: &Tx, received: &Received, file_name: &str, alt: Option<&str>) -> Result<media::Model> {
    let media = received.record(tx, file_name, alt).await?;
    let data = json!({ "fileName": file_name, "hash": media.hash });
    audit(tx, "media.create", media.id.to_string(), data).await?;
    Ok(media)
}
