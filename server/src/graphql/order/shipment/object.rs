use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    fulfilment::parcels::list::{self, ShipmentFilter},
    staff::Permission,
};
use vitrine_entity::{shipment, shipment_line, shipment_tracking};

use super::event::ShipmentEvent;
use crate::{
    graphql::{
        location::{object::Location, questions::LocationById},
        order::{
            object::Order,
            questions::{EventsOfShipment, LinesOfShipment, OrderById, OrderLineById, TrackingsOfShipment},
        },
        shared::{ContextExt, CountPrecision, Counted, Result, Url, connection, int},
    },
    ids,
};

/// Where a parcel is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::shipment::ShipmentStatus")]
pub enum ShipmentStatus {
    /// It stands ready, and has not left.
    Packed,
    /// It has left the shop; its carrier has not told of it.
    Dispatched,
    /// Its carrier has it.
    InTransit,
    /// It arrives soon: whoever delivers it has it.
    OutForDelivery,
    /// An attempt to deliver it failed. It may be tried again.
    DeliveryFailed,
    /// Arrived.
    Delivered,
    /// It went back to the shop without having been delivered. What it held is to be sent again.
    Returned,
    /// It was given up before it left. What it held is to be sent in another.
    Cancelled,
}

/// A parcel of an order.
#[derive(Debug, Clone)]
pub struct Shipment(pub shipment::Model);

connection! { ShipmentConnection, ShipmentEdge, Shipment, Counted<ShipmentFilter>, {
    /// How many parcels the whole list has, counted up to 10,000: see `totalCountPrecision`.
    #[graphql(complexity = 20)]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = list::count(ctx.shop(), ctx.caller(), &self.context.of);
        self.context.rows(count).await
    }

    /// Whether `totalCount` is all, or the list has more.
    #[graphql(complexity = 20)]
    async fn total_count_precision(&self, ctx: &Context<'_>) -> Result<CountPrecision> {
        let count = list::count(ctx.shop(), ctx.caller(), &self.context.of);
        self.context.precision(count).await
    }
} }

/// A number by which a parcel is followed.
#[derive(Debug, Clone, SimpleObject)]
pub struct ShipmentTracking {
    /// Whose number it is, where that is another than the parcel's carrier.
    pub carrier: Option<String>,
    /// The number.
    pub number: String,
    /// Where it can be followed.
    pub url: Option<Url>,
}

impl From<shipment_tracking::Model> for ShipmentTracking {
    fn from(row: shipment_tracking::Model) -> Self {
        Self {
            carrier: row.carrier,
            number: row.number,
            url: row.url.map(Url),
        }
    }
}

/// A parcel of an order.
#[Object]
impl Shipment {
    /// Names the parcel.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Grows with every change: give it to whatever changes the parcel as you saw it.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// Where it is.
    async fn status(&self) -> ShipmentStatus {
        self.0.status.into()
    }

    /// Who carries it.
    async fn carrier(&self) -> Option<&str> {
        self.0.carrier.as_deref()
    }

    /// The carrier's number of it: the first of `trackings`.
    async fn tracking_number(&self) -> Option<&str> {
        self.0.tracking_number.as_deref()
    }

    /// Where the shopper can follow it: that of the first of `trackings`.
    async fn tracking_url(&self) -> Option<Url> {
        self.0.tracking_url.clone().map(Url)
    }

    /// Every number by which it can be followed.
    #[graphql(complexity = "1 + 2 * child_complexity")]
    async fn trackings(&self, ctx: &Context<'_>) -> Result<Vec<ShipmentTracking>> {
        let rows = ctx.load(TrackingsOfShipment(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ShipmentTracking::from).collect())
    }

    /// What it holds.
    #[graphql(complexity = "5 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<ShipmentLine>> {
        let rows = ctx.load(LinesOfShipment(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ShipmentLine).collect())
    }

    /// What was told of it, in the order in which it happened.
    #[graphql(complexity = "5 * child_complexity")]
    async fn events(&self, ctx: &Context<'_>) -> Result<Vec<ShipmentEvent>> {
        let rows = ctx.load(EventsOfShipment(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ShipmentEvent).collect())
    }

    /// Its order.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        Ok(ctx.load(OrderById(self.0.order_id)).await?.map(Order))
    }

    /// Its weight in grams, with its wrapping, as it was packed.
    async fn weight_grams(&self) -> Option<i32> {
        self.0.weight_grams
    }

    /// Its length in millimetres.
    async fn length_mm(&self) -> Option<i32> {
        self.0.length_mm
    }

    /// Its width in millimetres.
    async fn width_mm(&self) -> Option<i32> {
        self.0.width_mm
    }

    /// Its height in millimetres.
    async fn height_mm(&self) -> Option<i32> {
        self.0.height_mm
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it left. Null before, and where it never did.
    async fn dispatched_at(&self) -> Option<DateTime<Utc>> {
        self.0.dispatched_at
    }

    /// When it arrived.
    async fn delivered_at(&self) -> Option<DateTime<Utc>> {
        self.0.delivered_at
    }

    /// When anything was last told of it, or when it left.
    async fn heard_at(&self) -> Option<DateTime<Utc>> {
        self.0.heard_at
    }
}

/// What a parcel holds of one line.
#[derive(Debug, Clone)]
pub struct ShipmentLine(pub shipment_line::Model);

/// What a parcel holds of one line of its order. What leaves from several locations stands there once for each.
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

    /// Which variant it is, in words.
    async fn variant_title(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let line = ctx.load(OrderLineById(self.0.order_line_id)).await?;
        Ok(line.map(|line| line.variant_title))
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

    /// From where they leave. For staff with the permission `ORDERS`; null with an error otherwise. Null, too, for parcels of
    /// earlier versions, and for goods whose stock nobody counts.
    #[graphql(complexity = "1 + child_complexity")]
    async fn location(&self, ctx: &Context<'_>) -> Result<Option<Location>> {
        ctx.require(Permission::Orders)?;
        let Some(id) = self.0.location_id else { return Ok(None) };
        Ok(ctx.load(LocationById(id)).await?.map(Location))
    }
}
