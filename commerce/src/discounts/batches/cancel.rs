//! Stops a batch: what was made of it stays.

use serde_json::json;
use vitrine_entity::{
    discount_code_batch::{self, BatchStatus},
    ids::DiscountCodeBatchId,
};

use super::find::by_id;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    sql,
    staff::{Permission, audit, permission},
};

/// Stops a batch, if it is not stopped.
///
/// # Errors
/// Refuses whoever may not change discounts, and a batch that is over.
pub async fn cancel(shop: &Shop, context: &Context, id: DiscountCodeBatchId) -> Result<discount_code_batch::Model> {
    permission::require_or_system(context, Permission::Catalog)?;
    let missing = || Refusal::not_found("batch of codes").at(&["id"]);
    let found = by_id(shop, context, id).await?.ok_or_else(missing)?;
    if found.status == BatchStatus::Cancelled {
        return Ok(found);
    }
    shop.transact(context, |tx| async move {
        let sql = "update discount_code_batch set status = 'CANCELLED', updated_at = $2, finished_at = $2 \
                   where id = $1 and status = 'RUNNING' returning *";
        let row: Option<discount_code_batch::Model> =
            sql::one(tx.db(), sql, [id.into(), tx.shop().now().into()]).await?;
        let row = row.ok_or_else(|| {
            let message = messages::batch_over();
            Refusal::new(ErrorCode::Invalid, message).at(&["id"])
        })?;
        let data = json!({ "batch": id, "made": row.made });
        audit(&tx, "discount.codes_cancel", row.discount_id.to_string(), data).await?;
        Ok(row)
    })
    .await
}
