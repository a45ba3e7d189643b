//! Staff make a parcel: it stands ready, or leaves at once.

use sea_orm::EntityTrait;
use serde_json::json;
use vitrine_entity::{
    ids::{LocationId, OrderId, ShipmentId},
    order,
    order_event::OrderEventKind,
    shipment,
};

use super::{
    events::catch_up,
    goods::{self, ParcelLine},
    label::{Label, Package, Tracking},
    leave::{leave, may_be_sent},
    told::data_of,
    write,
};
use crate::{
    Context, Refusal, Result, Shop, Tx,
    idempotency::{self, Claim},
    orders::transition,
    repeats::refuse_unkeyed,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// What goes into a parcel, and how it travels.
#[derive(Debug, Clone)]
pub struct Pack {
    pub order: OrderId,
    /// All that is still to be sent, where there are none.
    pub lines: Vec<ParcelLine>,
    /// From where all of it leaves; from wherever it lies, where there is none.
    pub location: Option<LocationId>,
    pub carrier: Option<String>,
    pub trackings: Vec<Tracking>,
    pub package: Package,
    /// Whether it leaves at once.
    pub leaves: bool,
    /// Chosen by the client, once for each parcel it means to make. Without one no units are named: whoever repeated that would
    /// pack as many again.
    pub idempotency_key: Option<String>,
}

/// Makes a parcel of what is still to be sent. The same key again gives that parcel.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID`, also for units that are named without a key; `ORDER_STATE` before the
/// order is confirmed and where nothing is still to be sent; `INSUFFICIENT_STOCK` where goods have not come yet, or lie elsewhere;
/// `PAYMENT_STATE` where it leaves and the money that was held is not there any more.
pub async fn pack(shop: &Shop, context: &Context, input: Pack) -> Result<shipment::Model> {
    permission::require(context, Permission::Orders)?;
    let label = &Label::of(input.carrier.as_deref(), &input.trackings)?;
    let package = input.package.checked()?;
    let key = checked_key(context, input.idempotency_key.as_deref(), &input.lines)?;
    let (key, input) = (key.as_deref(), &input);
    let work = |tx: Tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        let id = ShipmentId(shop.new_id());
        if let Some(key) = key {
            let parts = told(input);
            let parts: Vec<&str> = parts.iter().map(String::as_str).collect();
            let request = idempotency::Request::of_staff(&tx, "shipment_create", key, &parts);
            if let Claim::Replay(id) = idempotency::claim(&tx, &request, order.id, id).await? {
                let parcel = shipment::Entity::find_by_id(id).one(tx.db()).await?;
                return Ok(parcel.ok_or_else(|| Refusal::not_found("parcel").at(&["idempotencyKey"]))?);
            }
        }
        let goods = (input.lines.as_slice(), input.location);
        let (order, parcel) = make(&tx, (id, order), goods, label, package, input.leaves).await?;
        let data = json!({ "shipment": parcel.id, "left": input.leaves });
        audit(&tx, "shipment.create", order.id.to_string(), data).await?;
        Ok(parcel)
    };
    match key {
        Some(_) => shop.transact_keyed(context, work).await,
        None => shop.transact(context, work).await,
    }
}

/// The client's key. All that is still to be sent is sent once, with or without one.
///
/// # Errors
/// `INVALID` for one that is no key, and for units that are named without one.
pub(in crate::fulfilment) fn checked_key(
    context: &Context,
    key: Option<&str>,
    lines: &[ParcelLine],
) -> Result<Option<String>, Refusal> {
    refuse_unkeyed(context, lines.is_empty() || key.is_some())?;
    key.map(|key| text::line(&["idempotencyKey"], key, 255)).transpose()
}

fn told(input: &Pack) -> [String; 4] {
    [
        input.order.to_string(),
        format!("{:?} {:?}", input.lines, input.location),
        format!("{:?} {:?}", input.carrier, input.trackings),
        format!("{:?} {}", input.package, input.leaves),
    ]
}

/// Makes a parcel of a locked order, and has it leave where `leaves` says so.
pub(in crate::fulfilment) async fn make(
    tx: &Tx,
    (id, order): (ShipmentId, order::Model),
    (lines, location): (&[ParcelLine], Option<LocationId>),
    label: &Label,
    package: Package,
    leaves: bool,
) -> Result<(order::Model, shipment::Model)> {
    may_be_sent(&order)?;
    let units = goods::choose(tx, &order, lines, location).await?;
    let parcel = write::insert(tx, (id, &order), label, package, &units).await?;
    let (order, parcel) = match leaves {
        true => leave(tx, &order, &parcel, tx.shop().now()).await?,
        false => {
            let data = data_of(&order, &parcel);
            let order = transition::note(tx, &order, OrderEventKind::ParcelPacked, false, data).await?;
            (order, parcel)
        }
    };
    catch_up(tx, order, parcel, label.keys()).await
}
