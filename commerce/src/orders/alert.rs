//! Tells staff of something that nothing was done about.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    order,
    order_event::{self, OrderEventKind},
};

use super::transition;
use crate::{Result, Tx};

/// Writes an entry that only staff see into the order's timeline; once, however often it is met.
/// Gives the order with it.
pub(crate) async fn alert(tx: &Tx, order: order::Model, message: &str) -> Result<order::Model> {
    let told = order_event::Entity::find()
        .filter(order_event::Column::OrderId.eq(order.id))
        .filter(order_event::Column::Kind.eq(OrderEventKind::Alert))
        .all(tx.db())
        .await?;
    if told.iter().any(|event| event.data["message"] == message) {
        return Ok(order);
    }
    tracing::error!(order = %order.id, message, "staff must look at an order");
    transition::note(tx, &order, OrderEventKind::Alert, false, json!({ "message": message })).await
}
