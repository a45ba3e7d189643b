//! Staff send a customer a link to a new password.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{customer, ids::CustomerId};

use crate::{
    Context, Refusal, Result, Shop,
    customers::reset,
    staff::{Permission, audit, require},
};

/// Sends a customer a link to a new password, as they could have it sent themselves: three an hour at most.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`.
pub async fn send_reset(shop: &Shop, context: &Context, id: CustomerId) -> Result<customer::Model> {
    require(context, Permission::Customers)?;
    shop.transact(context, |tx| async move {
        let row = customer::Entity::find_by_id(id).one(tx.db()).await?;
        let row = row.ok_or_else(|| Refusal::not_found("customer").at(&["id"]))?;
        reset::send(&tx, Some(&row)).await?;
        audit(&tx, "customer.password_reset_send", id.to_string(), json!({})).await?;
        Ok(row)
    })
    .await
}
