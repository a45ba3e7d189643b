//! Staff give a parcel up before it has left: its units are to be sent in another.

use sea_orm::ActiveValue::Set;
use serde_json::json;
use vitrine_entity::{
    ids::ShipmentId,
    order,
    order_event::OrderEventKind,
    shipment::{self, ShipmentStatus},
};

use super::{renumber::let_go_of_all, told::data_of, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    language::messages,
    orders::transition,
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// Cancels a parcel that has not left. One that was cancelled stays so.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `ORDER_STATE` once it has left.
pub async fn call_off(shop: &Shop, context: &Context, id: ShipmentId) -> Result<shipment::Model> {
    permission::require(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let (order, parcel) = write::lock(&tx, id).await?;
        match parcel.status {
            ShipmentStatus::Packed => {}
            ShipmentStatus::Cancelled => return Ok(parcel),
            _ => {
                let message = messages::parcel_has_left();
                return Err(Refusal::new(ErrorCode::OrderState, message).at(&["shipmentId"]).into());
            }
        }
        let data = data_of(&order, &parcel);
        let order = transition::note(&tx, &order, OrderEventKind::ParcelCancelled, false, data).await?;
        let parcel = give_up(&tx, &parcel).await?;
        audit(&tx, "shipment.cancel", order.id.to_string(), json!({ "shipment": id })).await?;
        Ok(parcel)
    })
    .await
}

/// What of a cancelled order stands ready is unpacked.
///
/// # Errors
/// Refuses an order of which something has left.
pub(in crate::fulfilment) async fn unpack(tx: &Tx, order: &order::Model) -> Result<()> {
    let parcels = write::of_order(tx, order.id).await?;
    let has_left =
        |parcel: &shipment::Model| !matches!(parcel.status, ShipmentStatus::Packed | ShipmentStatus::Cancelled);
    if parcels.iter().any(has_left) {
        let message = messages::order_partly_sent();
        return Err(Refusal::new(ErrorCode::OrderState, message).at(&["orderId"]).into());
    }
    for parcel in parcels.iter().filter(|parcel| parcel.status == ShipmentStatus::Packed) {
        give_up(tx, parcel).await?;
    }
    Ok(())
}

async fn give_up(tx: &Tx, parcel: &shipment::Model) -> Result<shipment::Model> {
    let change = shipment::ActiveModel {
        status: Set(ShipmentStatus::Cancelled),
        ..Default::default()
    };
    let_go_of_all(tx, parcel.id).await?;
    write::update(tx, parcel, change).await
}
