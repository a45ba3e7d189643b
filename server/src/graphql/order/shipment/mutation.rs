//! What staff do with parcels.

use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    Refusal,
    fulfilment::parcels::{self, Pack, Package, ParcelLine, ShipmentChange, Sighting, Tracking},
};

use super::{event::ShipmentEventKind, object::Shipment};
use crate::{
    graphql::shared::{ContextExt, Result, given, payload},
    ids,
};

/// So many units of an order's line.
#[derive(Debug, InputObject)]
pub struct ShipmentLineInput {
    /// The id of the order's line.
    pub line_id: ID,
    /// How many units: at most those that are still to be sent.
    pub quantity: i32,
}

/// A number by which a parcel is followed.
#[derive(Debug, InputObject)]
pub struct ShipmentTrackingInput {
    /// Whose number it is, where that is another than the parcel's carrier.
    pub carrier: Option<String>,
    /// The number: at most 200 characters.
    pub number: String,
    /// Where it can be followed: an `https://` or `http://` address. Of carriers that the shop knows, such as DHL, DPD, GLS,
    /// UPS or USPS, it follows from the number unless given.
    pub url: Option<String>,
}

/// How large and heavy a parcel is, with its wrapping.
#[derive(Debug, InputObject)]
pub struct ShipmentPackageInput {
    /// In grams.
    pub weight_grams: Option<i32>,
    /// In millimetres.
    pub length_mm: Option<i32>,
    /// In millimetres.
    pub width_mm: Option<i32>,
    /// In millimetres.
    pub height_mm: Option<i32>,
}

/// What goes into a parcel, and how it travels.
#[derive(Debug, InputObject)]
pub struct ShipmentCreateInput {
    /// The order's id.
    pub order_id: ID,
    /// What it holds, each line once; all that is still to be sent where it is left out.
    pub lines: Option<Vec<ShipmentLineInput>>,
    /// The id of the location from where all of it leaves; from wherever it lies where it is left out.
    pub location_id: Option<ID>,
    /// Who carries it, as shoppers read it.
    pub carrier: Option<String>,
    /// By which numbers it is followed, at most 10. They may be given later.
    pub trackings: Option<Vec<ShipmentTrackingInput>>,
    /// How large and heavy it is.
    pub package: Option<ShipmentPackageInput>,
    /// Whether it leaves at once. Otherwise it stands ready until `shipmentDispatch`, or until its carrier tells that it
    /// has it.
    #[graphql(default)]
    pub dispatch: bool,
    /// Chosen by you, once for each parcel that you mean to make, at most 255 characters: the same key again gives the same parcel.
    /// Where `lines` names units it is required, unless the request has the header `Idempotency-Key`.
    pub idempotency_key: Option<String>,
}

/// Which parcel changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct ShipmentUpdateInput {
    /// The parcel's id.
    pub shipment_id: ID,
    /// The parcel's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Who carries it; null takes it away.
    pub carrier: MaybeUndefined<String>,
    /// By which numbers it is followed, in the place of those that it has.
    pub trackings: Option<Vec<ShipmentTrackingInput>>,
    /// How large and heavy it is, in the place of what was known.
    pub package: Option<ShipmentPackageInput>,
}

/// Which parcel leaves.
#[derive(Debug, InputObject)]
pub struct ShipmentDispatchInput {
    /// The parcel's id.
    pub shipment_id: ID,
}

/// Which parcel is given up.
#[derive(Debug, InputObject)]
pub struct ShipmentCancelInput {
    /// The parcel's id.
    pub shipment_id: ID,
}

/// What happened to a parcel.
#[derive(Debug, InputObject)]
pub struct ShipmentEventAddInput {
    /// The parcel's id.
    pub shipment_id: ID,
    /// What happened.
    pub kind: ShipmentEventKind,
    /// When; now, where it is left out. Not in the future, and not before the order.
    pub happened_at: Option<DateTime<Utc>>,
    /// In your words, for the shopper to read: at most 300 characters.
    pub message: Option<String>,
}

payload! {
    /// What `shipmentCreate` answers.
    ShipmentCreatePayload {
        /// The new parcel.
        shipment: Shipment,
    }
}

payload! {
    /// What `shipmentUpdate` answers.
    ShipmentUpdatePayload {
        /// The parcel as it is now.
        shipment: Shipment,
    }
}

payload! {
    /// What `shipmentDispatch` answers.
    ShipmentDispatchPayload {
        /// The parcel as it is now.
        shipment: Shipment,
    }
}

payload! {
    /// What `shipmentCancel` answers.
    ShipmentCancelPayload {
        /// The parcel as it is now.
        shipment: Shipment,
    }
}

payload! {
    /// What `shipmentEventAdd` answers.
    ShipmentEventAddPayload {
        /// The parcel as it is now.
        shipment: Shipment,
    }
}

#[derive(Debug, Default)]
pub struct ShipmentMutation;

#[Object]
impl ShipmentMutation {
    /// Makes a parcel of what is still to be sent of a confirmed order, whole or in part. For staff with the permission
    /// `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn shipment_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What goes into it, and how it travels.")] input: ShipmentCreateInput,
    ) -> Result<Option<ShipmentCreatePayload>> {
        ShipmentCreatePayload::of(create(ctx, input).await)
    }

    /// Mends by whom a parcel travels, by which numbers it is followed, and how large it is; also after it has left. What
    /// its carrier told of a number before it was known is followed at once. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn shipment_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which parcel changes, and how.")] input: ShipmentUpdateInput,
    ) -> Result<Option<ShipmentUpdatePayload>> {
        ShipmentUpdatePayload::of(update(ctx, input).await)
    }

    /// Sends a parcel that stands ready on its way: the shopper is told, money that is held is taken for what it holds, and
    /// once nothing is left to be sent the order is `DISPATCHED`. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn shipment_dispatch(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which parcel leaves.")] input: ShipmentDispatchInput,
    ) -> Result<Option<ShipmentDispatchPayload>> {
        let done = async {
            let id = ids::input(&input.shipment_id, "parcel", &["shipmentId"])?;
            parcels::send(ctx.shop(), ctx.caller(), id).await.map(Shipment)
        };
        ShipmentDispatchPayload::of(done.await)
    }

    /// Gives a parcel up before it has left: what it holds is to be sent in another. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn shipment_cancel(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which parcel is given up.")] input: ShipmentCancelInput,
    ) -> Result<Option<ShipmentCancelPayload>> {
        let done = async {
            let id = ids::input(&input.shipment_id, "parcel", &["shipmentId"])?;
            parcels::call_off(ctx.shop(), ctx.caller(), id).await.map(Shipment)
        };
        ShipmentCancelPayload::of(done.await)
    }

    /// Says where a parcel is, where no carrier does: delivered, not met, gone back. Once all that was sent has arrived and
    /// nothing is left to be sent, the order is `COMPLETED`. For staff with the permission `ORDERS`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn shipment_event_add(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "What happened to which parcel.")] input: ShipmentEventAddInput,
    ) -> Result<Option<ShipmentEventAddPayload>> {
        let done = async {
            let sighting = Sighting {
                shipment: ids::input(&input.shipment_id, "parcel", &["shipmentId"])?,
                kind: input.kind.into(),
                happened_at: input.happened_at,
                message: input.message,
            };
            parcels::say(ctx.shop(), ctx.caller(), sighting).await.map(Shipment)
        };
        ShipmentEventAddPayload::of(done.await)
    }
}

async fn create(ctx: &Context<'_>, input: ShipmentCreateInput) -> vitrine_commerce::Result<Shipment> {
    let location = input.location_id.map(|id| ids::input(&id, "location", &["locationId"]));
    let pack = Pack {
        order: ids::input(&input.order_id, "order", &["orderId"])?,
        lines: lines(input.lines.as_deref())?,
        location: location.transpose()?,
        carrier: input.carrier,
        trackings: trackings(input.trackings.unwrap_or_default()),
        package: input.package.map(package).unwrap_or_default(),
        leaves: input.dispatch,
        idempotency_key: input.idempotency_key,
    };
    parcels::pack(ctx.shop(), ctx.caller(), pack).await.map(Shipment)
}

async fn update(ctx: &Context<'_>, input: ShipmentUpdateInput) -> vitrine_commerce::Result<Shipment> {
    let change = ShipmentChange {
        shipment: ids::input(&input.shipment_id, "parcel", &["shipmentId"])?,
        expected_version: input.expected_version.map(i64::from),
        carrier: given(input.carrier),
        trackings: input.trackings.map(trackings),
        package: input.package.map(package),
    };
    parcels::change(ctx.shop(), ctx.caller(), change).await.map(Shipment)
}

/// Units of lines, as they are named in an input's field `lines`.
///
/// # Errors
/// `NOT_FOUND` for what is no line, and `INVALID` for a list that names none.
pub(in crate::graphql::order) fn lines(
    given: Option<&[ShipmentLineInput]>,
) -> vitrine_commerce::Result<Vec<ParcelLine>, Refusal> {
    let Some(given) = given else { return Ok(Vec::new()) };
    if given.is_empty() {
        let message = "`lines` names nothing: leave it out to send all that is left.";
        return Err(Refusal::new(vitrine_commerce::ErrorCode::Invalid, message).at(&["lines"]));
    }
    let line = |(place, line): (usize, &ShipmentLineInput)| {
        let place = place.to_string();
        Ok(ParcelLine {
            line: ids::input(&line.line_id, "line of this order", &["lines", &place, "lineId"])?,
            quantity: line.quantity,
        })
    };
    given.iter().enumerate().map(line).collect()
}

fn trackings(given: Vec<ShipmentTrackingInput>) -> Vec<Tracking> {
    let read = |tracking: ShipmentTrackingInput| Tracking {
        carrier: tracking.carrier,
        number: Some(tracking.number),
        url: tracking.url,
    };
    given.into_iter().map(read).collect()
}

fn package(given: ShipmentPackageInput) -> Package {
    Package {
        weight_grams: given.weight_grams,
        length_mm: given.length_mm,
        width_mm: given.width_mm,
        height_mm: given.height_mm,
    }
}
