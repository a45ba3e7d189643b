use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::staff::Permission;
use vitrine_entity::shipment_event;

use crate::{
    graphql::{
        shared::{ContextExt, Result},
        staff::actor::name_of,
    },
    ids,
};

/// What happened to a parcel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::shipment_event::ShipmentEventKind")]
pub enum ShipmentEventKind {
    /// Its carrier knows of it, and has not got it yet.
    LabelMade,
    /// Its carrier has it.
    InTransit,
    /// Whoever delivers it has it.
    OutForDelivery,
    /// An attempt to deliver it failed.
    DeliveryFailed,
    /// It has arrived.
    Delivered,
    /// It went back to the sender.
    Returned,
}

/// Something that was told of a parcel.
#[derive(Debug, Clone)]
pub struct ShipmentEvent(pub shipment_event::Model);

/// Something that was told of a parcel, by its carrier or by staff. All of it is kept, whether the parcel moved by it or not.
#[Object]
impl ShipmentEvent {
    /// Names the event.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What happened.
    async fn kind(&self) -> ShipmentEventKind {
        self.0.kind.into()
    }

    /// In the words of whoever told it.
    async fn message(&self) -> Option<&str> {
        self.0.message.as_deref()
    }

    /// Where it happened, as the carrier writes it.
    async fn place(&self) -> Option<&str> {
        self.0.place.as_deref()
    }

    /// When it happened, by the clock of whoever told it.
    async fn happened_at(&self) -> DateTime<Utc> {
        self.0.happened_at
    }

    /// When it was told.
    async fn received_at(&self) -> DateTime<Utc> {
        self.0.received_at
    }

    /// Who told it: the name of a carrier in the shop's configuration, or `staff`.
    async fn source(&self) -> &str {
        &self.0.source
    }

    /// Whether the parcel moved by it. What comes late, or is told again, moves nothing.
    async fn applied(&self) -> bool {
        self.0.applied
    }

    /// What the member of staff or the app is called that told it. For staff with the permission `ORDERS`; null with an
    /// error otherwise.
    #[graphql(complexity = 2)]
    async fn actor_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        ctx.require(Permission::Orders)?;
        name_of(ctx, &self.0.actor).await
    }
}
