use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::{shipment, shipment_line};

use super::questions::{LinesOfShipment, OrderLineById};
use crate::{
    graphql::shared::{ContextExt, Result, Url},
    ids,
};

/// Where a parcel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::shipment::ShipmentStatus")]
pub enum ShipmentStatus {
    /// On its way.
    Dispatched,
    /// Arrived.
    Delivered,
}

/// A parcel of an order.
#[derive(Debug, Clone)]
pub struct Shipment(pub shipment::Model);

/// A parcel of an order.
#[Object]
impl Shipment {
    /// Names the parcel.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where it is.
    async fn status(&self) -> ShipmentStatus {
        self.0.status.into()
    }

    /// Who carries it.
    async fn carrier(&self) -> Option<&str> {
        self.0.carrier.as_deref()
    }

    /// The carrier's number of it.
    async fn tracking_number(&self) -> Option<&str> {
        self.0.tracking_number.as_deref()
    }

    /// Where the shopper can follow it.
    async fn tracking_url(&self) -> Option<Url> {
        self.0.tracking_url.clone().map(Url)
    }

    /// What it holds.
    #[graphql(complexity = "5 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<ShipmentLine>> {
        let rows = ctx.load(LinesOfShipment(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ShipmentLine).collect())
    }

    /// When it was dispatched.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

/// What a parcel holds of one line.
#[derive(Debug, Clone)]
pub struct ShipmentLine(pub shipment_line::Model);

/// What a parcel holds of one line of its order.
#[Object]
impl ShipmentLine {
    /// The order's line.
    async fn order_line_id(&self) -> ID {
        ids::public(self.0.order_line_id)
    }

    /// What it is called.
    async fn title(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(ctx
            .load(OrderLineById(self.0.order_line_id))
            .await?
            .map(|line| line.title))
    }

    /// The stock-keeping unit.
    async fn sku(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        Ok(ctx
            .load(OrderLineById(self.0.order_line_id))
            .await?
            .map(|line| line.sku))
    }

    /// How many units.
    async fn quantity(&self) -> i32 {
        self.0.quantity
    }
}
