//! Stops an export.

use serde_json::json;
use vitrine_entity::{
    data_export::{self, ExportStatus},
    ids::ExportId,
};

use super::find::find;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, language::messages, ports::event_bus::Topic, sql, staff::audit,
};

/// Stops an export, if it is not stopped: there is no file of it.
///
/// # Errors
/// Refuses whoever may not see it, and one that is over.
pub async fn cancel(shop: &Shop, context: &Context, id: ExportId) -> Result<data_export::Model> {
    let found = find(shop, context, id).await?;
    let found = found.ok_or_else(|| Refusal::not_found("export").at(&["id"]))?;
    if found.status == ExportStatus::Cancelled {
        return Ok(found);
    }
    shop.transact(context, |tx| async move {
        let sql = "update data_export set status = 'CANCELLED', updated_at = $2, finished_at = $2 \
                   where id = $1 and status = 'RUNNING' returning *";
        let row: Option<data_export::Model> = sql::one(tx.db(), sql, [id.into(), shop.now().into()]).await?;
        let Some(row) = row else {
            let message = messages::export_over();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
        };
        audit(&tx, "export.cancel", id.to_string(), json!({})).await?;
        tx.announce(Topic::Export(id));
        Ok(row)
    })
    .await
}
