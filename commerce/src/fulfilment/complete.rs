//! Staff close an order whose goods have arrived; one of downloads closes by itself.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait},
};
use serde_json::json;
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    shipment::{self, ShipmentStatus},
};

use super::edits::may::{refuse_short, refuse_unpaid};
use crate::{
    Context, Result, Shop, Tx,
    orders::{state::Transition, transition},
    payments,
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// Completes a dispatched order; one of which nothing is sent, once it is confirmed.
pub async fn complete(shop: &Shop, context: &Context, id: OrderId) -> Result<order::Model> {
    permission::require(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, id).await?;
        if order.status == OrderStatus::Completed {
            return Ok(order);
        }
        let order = match order.ships {
            true => transition::apply(&tx, &order, Transition::Complete, json!({})).await?,
            false => complete_unsent(&tx, &order).await?,
        };
        arrive(&tx, &order).await?;
        audit(&tx, "order.complete", order.id.to_string(), json!({})).await?;
        Ok(order)
    })
    .await
}

/// Completes an order of which nothing is sent: where money is taken as goods go on their way, it is now.
///
/// # Errors
/// Refuses what the machine does not allow, what a change has put on and is not paid, and when the money that was held is not there
/// any more.
pub(super) async fn complete_unsent(tx: &Tx, order: &order::Model) -> Result<order::Model> {
    refuse_unpaid(tx, order).await?;
    let short_minor = payments::capture_on_dispatch(tx, order).await?;
    let order = &refuse_short(tx, order.clone(), short_minor).await?;
    transition::apply(tx, order, Transition::CompleteUnsent, json!({})).await
}

/// What is complete has arrived; what went back to the shop, or never left, has not.
async fn arrive(tx: &Tx, order: &order::Model) -> Result<()> {
    let at_rest = [
        ShipmentStatus::Packed,
        ShipmentStatus::Delivered,
        ShipmentStatus::Returned,
        ShipmentStatus::Cancelled,
    ];
    let now = tx.shop().now();
    shipment::Entity::update_many()
        .col_expr(shipment::Column::Status, Expr::value(ShipmentStatus::Delivered))
        .col_expr(shipment::Column::StatusAt, Expr::value(now))
        .col_expr(shipment::Column::DeliveredAt, Expr::value(now))
        .col_expr(shipment::Column::HeardAt, Expr::value(now))
        .col_expr(shipment::Column::Version, Expr::col(shipment::Column::Version).add(1))
        .filter(shipment::Column::OrderId.eq(order.id))
        .filter(shipment::Column::Status.is_not_in(at_rest))
        .exec(tx.db())
        .await?;
    Ok(())
}
