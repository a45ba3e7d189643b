//! Staff close an order whose goods have arrived.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};
use serde_json::json;
use vitrine_entity::{
    ids::OrderId,
    order,
    shipment::{self, ShipmentStatus},
};

use crate::{
    Context, Result, Shop, Tx,
    orders::{state::Transition, transition},
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// Completes a dispatched order.
pub async fn complete(shop: &Shop, context: &Context, id: OrderId) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, id).await?;
        let order = transition::apply(&tx, &order, Transition::Complete, json!({})).await?;
        arrive(&tx, &order).await?;
        audit(&tx, "order.complete", order.id.to_string(), json!({})).await?;
        Ok(order)
    })
    .await
}

/// What is complete has arrived.
async fn arrive(tx: &Tx, order: &order::Model) -> Result<()> {
    shipment::Entity::update_many()
        .col_expr(shipment::Column::Status, Expr::value(ShipmentStatus::Delivered))
        .filter(shipment::Column::OrderId.eq(order.id))
        .exec(tx.db())
        .await?;
    Ok(())
}
