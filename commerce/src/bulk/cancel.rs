//! Stops a bulk operation.

use serde_json::json;
use vitrine_entity::{
    bulk_operation::{self, BulkStatus},
    ids::BulkOperationId,
};

use super::find::{find, require};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, language::messages, ports::event_bus::Topic, sql, staff::audit,
};

/// Stops a bulk operation, if it is not stopped: what it has done stays, and what it has not it does not do any more.
///
/// # Errors
/// Refuses whoever may not see it, and one that is over.
pub async fn cancel(shop: &Shop, context: &Context, id: BulkOperationId) -> Result<bulk_operation::Model> {
    require(context)?;
    let found = find(shop, context, id).await?;
    let found = found.ok_or_else(|| Refusal::not_found("bulk operation").at(&["id"]))?;
    if found.status == BulkStatus::Cancelled {
        return Ok(found);
    }
    shop.transact(context, |tx| async move {
        let sql = "update bulk_operation set status = 'CANCELLED', updated_at = $2, finished_at = $2 \
                   where id = $1 and status = 'RUNNING' returning *";
        let row: Option<bulk_operation::Model> = sql::one(tx.db(), sql, [id.into(), shop.now().into()]).await?;
        let Some(row) = row else {
            let message = messages::bulk_over();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["id"]).into());
        };
        let data = json!({ "linesDone": row.lines_done, "lines": row.line_count });
        audit(&tx, "bulk.cancel", id.to_string(), data).await?;
        tx.announce(Topic::BulkOperation(id));
        Ok(row)
    })
    .await
}
