//! Staff say which customers pay no tax.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use serde_json::json;
use vitrine_entity::{customer, ids::CustomerId};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    staff::{Permission, audit, require},
    text,
};

/// Says that a customer pays no tax, and why; `None` says that they do.
///
/// # Errors
/// Refuses those who may not see customers, and an empty reason.
pub async fn set(shop: &Shop, context: &Context, id: CustomerId, reason: Option<&str>) -> Result<customer::Model> {
    require(context, Permission::Customers)?;
    let reason = reason
        .map(|reason| text::optional_line(&["reason"], Some(reason), 500))
        .transpose()?;
    if reason == Some(None) {
        let message = messages::exemption_reason_needed();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["reason"]).into());
    }
    let reason = &reason.flatten();
    shop.transact(context, |tx| async move {
        let row = tx.lock::<customer::Entity>(id).await?;
        let mut row = row.ok_or_else(|| Refusal::not_found("customer").at(&["customerId"]))?;
        row.tax_exempt = reason.is_some();
        row.tax_exempt_reason = reason.clone();
        let row = row.into_active_model().reset_all().update(tx.db()).await?;
        let data = json!({ "exempt": row.tax_exempt, "reason": row.tax_exempt_reason });
        audit(&tx, "customer.tax_exempt", id.to_string(), data).await?;
        Ok(row)
    })
    .await
}
