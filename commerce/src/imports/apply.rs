//! Has a file written that was looked at.

use serde_json::json;
use vitrine_entity::{
    ids::ProductImportId,
    product_import::{self, ImportStatus},
};

use super::{
    find::{find, require_for},
    start::refuse_too_many,
};
use crate::{Context, ErrorCode, Refusal, Result, Shop, jobs::Job, language::messages, sql, staff::audit};

/// Has the file of a dry run written (of anything but products what of it can be): whoever asks answers for it from now on. One that is being written, or is, stays
/// as it is.
///
/// # Errors
/// Refuses those without the permission `CATALOG`, and that for what is in the file, a dry run that goes on or found errors, and more than a few imports
/// at once.
pub async fn apply(shop: &Shop, context: &Context, id: ProductImportId) -> Result<product_import::Model> {
    let found = find(shop, context, id).await?;
    let found = found.ok_or_else(|| Refusal::not_found("import").at(&["id"]))?;
    require_for(context, found.what)?;
    if !found.dry_run {
        return Ok(found);
    }
    shop.transact(context, |tx| async move {
        let (staff, app) = context.viewer.worker();
        // What was found beforehand is found anew.
        let sql = "update product_import set status = 'RUNNING', dry_run = false, writes = null, products_total = null, \
                   products_done = 0, created_count = 0, updated_count = 0, unchanged_count = 0, pictures_count = 0, \
                   error_count = 0, problems = $2, actor = $3, staff_member_id = $4, app_id = $5, updated_at = $6, \
                   finished_at = null \
                   where id = $1 and status = 'DONE' and dry_run and (error_count = 0 or what is not null) returning *";
        let values = [
            id.into(),
            json!([]).into(),
            context.viewer.actor().into(),
            staff.into(),
            app.into(),
            shop.now().into(),
        ];
        let Some(row) = sql::one::<product_import::Model>(tx.db(), sql, values).await? else {
            return Err(refused(found.status).into());
        };
        refuse_too_many(&tx).await?;
        tx.enqueue(None, Job::ImportProducts { import: id });
        let data = json!({ "fileName": row.file_name });
        audit(&tx, "product_import.apply", id.to_string(), data).await?;
        Ok(row)
    })
    .await
}

fn refused(status: ImportStatus) -> Refusal {
    let message = match status {
        ImportStatus::Running => messages::import_being_checked(),
        ImportStatus::Done => messages::import_has_errors(),
        ImportStatus::Cancelled | ImportStatus::Failed => messages::import_check_failed(),
    };
    Refusal::new(ErrorCode::Invalid, message).at(&["id"])
}
