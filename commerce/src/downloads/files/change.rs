//! Staff change a file, replace what it holds, delete it, and bring it back.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    ids::{StagedUploadId, VariantFileId},
    variant_file,
};

use super::{
    add::{bounds, checked_name, refuse_too_many},
    take_up::take_up,
};
use crate::{
    Context, Error, Fault, Refusal, Result, Shop, Tx,
    error::expect_version,
    media,
    staff::{
        audit,
        permission::{self, Permission},
    },
    transaction::ignore_failure,
};

/// A change of a file. What is `None` stays as it is.
#[derive(Debug, Clone)]
pub struct FileUpdate {
    pub id: VariantFileId,
    pub expected_version: Option<i64>,
    pub name: Option<String>,
    /// `Some(None)` takes the bound away.
    pub fetches_max: Option<Option<i32>>,
    pub days: Option<Option<i32>>,
    /// Other content. Whoever bought the file before gets it, too.
    pub upload: Option<StagedUploadId>,
}

/// Changes a file. New bounds hold for what is paid, or renewed, from now on.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID`; `VERSION_CONFLICT`.
pub async fn update(shop: &Shop, context: &Context, input: FileUpdate) -> Result<variant_file::Model> {
    permission::require(context, Permission::Catalog)?;
    let name = &input.name.as_deref().map(checked_name).transpose()?;
    bounds(input.fetches_max.flatten(), input.days.flatten())?;
    let input = &input;
    let (file, replaced) = shop
        .transact(context, |tx| async move {
            let before = any(&tx, input.id).await?;
            if before.deleted_at.is_some() {
                return Err(missing().into());
            }
            expect_version("file", before.version, input.expected_version)?;
            let mut after = before.clone();
            if let Some(name) = name {
                after.name.clone_from(name);
            }
            after.fetches_max = input.fetches_max.unwrap_or(after.fetches_max);
            after.days = input.days.unwrap_or(after.days);
            // Sent again by somebody who did not hear the answer.
            let upload = input.upload.filter(|upload| *upload != before.upload_id);
            if let Some(upload) = upload {
                let upload = take_up(&tx, upload).await?;
                (after.upload_id, after.mime_type, after.byte_size) = (upload.id, upload.mime_type, upload.byte_size);
                after.content_version += 1;
            }
            let replaced = upload.map(|_| before.upload_id);
            if after == before {
                return Ok((before, None));
            }
            let data = json!({ "name": after.name, "contentVersion": after.content_version });
            Ok((write(&tx, after, "variant_file.update", data).await?, replaced))
        })
        .await?;
    if let Some(replaced) = replaced {
        // Nobody can ask for it any more: what is left of a failure here harms nobody.
        let gone = shop.media.delete(&media::upload::object(replaced)).await;
        ignore_failure(
            "taking replaced content away",
            gone.map_err(|error| Error::from(Fault::from(error))),
        );
    }
    Ok(file)
}

/// Takes a file away: orders that are paid from now on do not give it, those before go on. [`restore`] brings it back.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `VERSION_CONFLICT`.
pub async fn delete(
    shop: &Shop,
    context: &Context,
    id: VariantFileId,
    expected_version: Option<i64>,
) -> Result<variant_file::Model> {
    permission::require(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.deleted_at.is_some() {
            return Ok(before);
        }
        expect_version("file", before.version, expected_version)?;
        let after = variant_file::Model {
            deleted_at: Some(shop.now()),
            ..before
        };
        write(&tx, after, "variant_file.delete", json!({})).await
    })
    .await
}

/// Brings a file back that was taken away.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID` where the variant has too many by now.
pub async fn restore(shop: &Shop, context: &Context, id: VariantFileId) -> Result<variant_file::Model> {
    permission::require(context, Permission::Catalog)?;
    shop.transact(context, |tx| async move {
        let before = any(&tx, id).await?;
        if before.deleted_at.is_none() {
            return Ok(before);
        }
        let position = refuse_too_many(&tx, before.variant_id).await?;
        let after = variant_file::Model {
            deleted_at: None,
            position,
            ..before
        };
        write(&tx, after, "variant_file.restore", json!({})).await
    })
    .await
}

/// The file, deleted or not, locked.
async fn any(tx: &Tx, id: VariantFileId) -> Result<variant_file::Model> {
    Ok(tx.lock::<variant_file::Entity>(id).await?.ok_or_else(missing)?)
}

fn missing() -> Refusal {
    Refusal::not_found("file").at(&["id"])
}

async fn write(tx: &Tx, row: variant_file::Model, action: &str, data: Json) -> Result<variant_file::Model> {
    let row = variant_file::Model {
        version: row.version + 1,
        updated_at: tx.shop().now(),
        ..row
    };
    let file = row.into_active_model().reset_all().update(tx.db()).await?;
    audit(tx, action, file.id.to_string(), data).await?;
    Ok(file)
}
