//! Stops an import.

use serde_json::json;
use vitrine_entity::{
    ids::ProductImportId,
    product_import::{self, ImportStatus},
};

use super::find::find;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, language::messages, ports::event_bus::Topic, sql, staff::audit,
};

/// Stops an import, if it is not stopped: products that are written stay.
///
/// # Errors
/// Refuses those without the permission `CATALOG`, and an import that is over.
pub async fn cancel(shop: &Shop, context: &Context, id: ProductImportId) -> Result<product_import::Model> {
    let found = find(shop, context, id).await?;
    let found = found.ok_or_else(|| Refusal::not_found("import").at(&["id"]))?;
    if found.status == ImportStatus::Cancelled {
        return Ok(found);
    }
    shop.transact(context, |tx| async move {
        let sql = "update product_import set status = 'CANCELLED', updated_at = $2, finished_at = $2 \
                   where id = $1 and status = 'RUNNING' returning *";
        let row: Option<product_import::Model> = sql::one(tx.db(), sql, [id.into(), shop.now().into()]).await?;
        let Some(row) = row else {
            let message = messages::import_over();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
        };
        tx.announce(Topic::ProductImport(id));
        let data = json!({ "productsDone": row.products_done });
        audit(&tx, "product_import.cancel", id.to_string(), data).await?;
        Ok(row)
    })
    .await
}
