//! Staff give a file with a variant.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::{StagedUploadId, VariantFileId, VariantId},
    variant,
    variant_file::{self, Column},
};

use super::{DAYS_MAX, FETCHES_MAX, FILES_MAX, take_up::take_up};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// A file that was sent, and how it is given.
#[derive(Debug, Clone)]
pub struct FileAdd {
    pub variant: VariantId,
    pub upload: StagedUploadId,
    /// As the file was called, where it is not given.
    pub name: Option<String>,
    pub fetches_max: Option<i32>,
    pub days: Option<i32>,
}

/// Gives a file with a variant: whoever pays for one from now on may fetch it. Adding the same upload again
/// gives the same file.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID`.
pub async fn add(shop: &Shop, context: &Context, input: FileAdd) -> Result<variant_file::Model> {
    permission::require(context, Permission::Catalog)?;
    let name = &input.name.as_deref().map(checked_name).transpose()?;
    bounds(input.fetches_max, input.days)?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let known = variant_file::Entity::find().filter(Column::UploadId.eq(input.upload));
        if let Some(file) = known
            .one(tx.db())
            .await?
            .filter(|file| file.variant_id == input.variant)
        {
            return Ok(file);
        }
        let variant = tx.lock::<variant::Entity>(input.variant).await?;
        let variant = variant.filter(|variant| variant.deleted_at.is_none());
        let variant = variant.ok_or_else(|| Refusal::not_found("variant").at(&["variantId"]))?;
        let position = refuse_too_many(&tx, variant.id).await?;
        let upload = take_up(&tx, input.upload).await?;
        let now = shop.now();
        let row = variant_file::Model {
            id: VariantFileId(shop.new_id()),
            variant_id: variant.id,
            name: name.clone().unwrap_or(upload.original_name),
            fetches_max: input.fetches_max,
            days: input.days,
            upload_id: upload.id,
            mime_type: upload.mime_type,
            byte_size: upload.byte_size,
            content_version: 1,
            position,
            version: 1,
            created_at: now,
            updated_at: now,
            deleted_at: None,
        };
        let file = row.into_active_model().insert(tx.db()).await?;
        let data = json!({ "variant": file.variant_id, "name": file.name });
        audit(&tx, "variant_file.add", file.id.to_string(), data).await?;
        Ok(file)
    })
    .await
}

/// Gives the place of the next one.
pub(super) async fn refuse_too_many(tx: &Tx, variant: VariantId) -> Result<i32> {
    let alive = variant_file::Entity::find()
        .filter(Column::VariantId.eq(variant))
        .filter(Column::DeletedAt.is_null());
    let count = alive.count(tx.db()).await?;
    if count < FILES_MAX {
        return Ok(i32::try_from(count).unwrap_or(i32::MAX));
    }
    let message = messages::variant_files_max(FILES_MAX);
    Err(Refusal::new(ErrorCode::Invalid, message).at(&["variantId"]).into())
}

/// A name without folders: it is what whoever fetches the file is offered to keep it as.
pub(super) fn checked_name(name: &str) -> Result<String, Refusal> {
    let name = text::line(&["name"], name, 255)?;
    match name.contains(['/', '\\']) {
        true => Err(Refusal::new(ErrorCode::Invalid, messages::file_name_form()).at(&["name"])),
        false => Ok(name),
    }
}

pub(super) fn bounds(fetches_max: Option<i32>, days: Option<i32>) -> Result<(), Refusal> {
    let within = |field: &str, value: Option<i32>, most: i32| match value {
        Some(value) if !(1..=most).contains(&value) => {
            let message = messages::one_to_or_unbounded(field, most);
            Err(Refusal::new(ErrorCode::Invalid, message).at(&[field]))
        }
        _ => Ok(()),
    };
    within("fetchesMax", fetches_max, FETCHES_MAX)?;
    within("days", days, DAYS_MAX)
}
