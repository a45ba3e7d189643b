//! Staff close an order whose goods have arrived.

use serde_json::json;
use vitrine_entity::{ids::OrderId, order};

use super::{state::Transition, transition};
use crate::{
    Context, Result, Shop,
    customers::{
        permission::{self, Permission},
        staff,
    },
};

/// Completes a dispatched order.
pub async fn complete(shop: &Shop, context: &Context, id: OrderId) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, id).await?;
        let order = transition::apply(&tx, &order, Transition::Complete, json!({})).await?;
        staff::audit(&tx, "order.complete", order.id.to_string(), json!({})).await?;
        Ok(order)
    })
    .await
}
