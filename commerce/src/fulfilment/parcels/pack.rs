//! Staff make a parcel: it stands ready, or leaves at once.

use serde_json::json;
use vitrine_entity::{
    ids::{LocationId, OrderId},
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
    Context, Result, Shop, Tx,
    orders::transition,
    staff::{
        audit,
        permission::{self, Permission},
    },
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
}

/// Makes a parcel of what is still to be sent.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID`; `ORDER_STATE` before the order is confirmed and where nothing is
/// still to be sent; `INSUFFICIENT_STOCK` where goods have not come yet, or lie elsewhere; `PAYMENT_STATE` where it leaves
/// and the money that was held is not there any more.
pub async fn pack(shop: &Shop, context: &Context, input: Pack) -> Result<shipment::Model> {
    permission::require(context, Permission::Orders)?;
    let label = &Label::of(input.carrier.as_deref(), &input.trackings)?;
    let package = input.package.checked()?;
    let input = &input;
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        let goods = (input.lines.as_slice(), input.location);
        let (order, parcel) = make(&tx, order, goods, label, package, input.leaves).await?;
        let data = json!({ "shipment": parcel.id, "left": input.leaves });
        audit(&tx, "shipment.create", order.id.to_string(), data).await?;
        Ok(parcel)
    })
    .await
}

/// Makes a parcel of a locked order, and has it leave where `leaves` says so.
pub(in crate::fulfilment) async fn make(
    tx: &Tx,
    order: order::Model,
    (lines, location): (&[ParcelLine], Option<LocationId>),
    label: &Label,
    package: Package,
    leaves: bool,
) -> Result<(order::Model, shipment::Model)> {
    may_be_sent(&order)?;
    let units = goods::choose(tx, &order, lines, location).await?;
    let parcel = write::insert(tx, &order, label, package, &units).await?;
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
