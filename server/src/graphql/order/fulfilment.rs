use async_graphql::{Context, Enum};
use vitrine_commerce::{
    flags::{self, Capability},
    orders::{self, state::Transition},
    staff::{Permission, permission},
};
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    shipment::{self, ShipmentStatus},
};

use super::{
    questions::{FulfilmentOfOrder, ShipmentsOfOrder},
    shipment::object::Shipment,
};
use crate::graphql::shared::{ContextExt, Result};

/// Where the goods of an order are, taken together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_commerce::orders::FulfilmentStatus")]
pub enum OrderFulfilmentStatus {
    /// Nothing of it is sent: it can be fetched from the shop's pages.
    NotNeeded,
    /// Nothing has left, or what did came back and is to be sent again.
    Open,
    /// A part of it has left, and more is still to be sent.
    PartlyDispatched,
    /// All of it has left, and not all has arrived; also where all of it came back, and nothing is to be sent any more.
    Dispatched,
    /// All of it has arrived.
    Delivered,
}

pub(super) async fn status(ctx: &Context<'_>, order: &order::Model) -> Result<OrderFulfilmentStatus> {
    let lines = ctx.load(FulfilmentOfOrder(order.id)).await?.unwrap_or_default();
    Ok(orders::fulfilment_status(order.ships, &lines).into())
}

/// Those that whoever asks sees.
pub(super) async fn shown_parcels(ctx: &Context<'_>, order: OrderId) -> Result<Vec<Shipment>> {
    let mut rows = ctx.load(ShipmentsOfOrder(order)).await?.unwrap_or_default();
    if !permission::allowed(ctx.caller(), Permission::Orders) {
        rows.retain(has_left);
    }
    Ok(rows.into_iter().map(Shipment).collect())
}

pub(super) async fn is_cancellable(ctx: &Context<'_>, order: &order::Model) -> Result<bool> {
    if !flags::is_on(ctx.shop(), ctx.caller(), Capability::OrderCancellation).await? {
        return Ok(false);
    }
    // Before it is confirmed, nothing can have left.
    if order.status != OrderStatus::Confirmed {
        return Ok(Transition::Cancel.from().contains(&order.status));
    }
    let parcels = ctx.load(ShipmentsOfOrder(order.id)).await?.unwrap_or_default();
    Ok(!parcels.iter().any(has_left))
}

fn has_left(parcel: &shipment::Model) -> bool {
    !matches!(parcel.status, ShipmentStatus::Packed | ShipmentStatus::Cancelled)
}
