//! Staff send a parcel that stands ready.

use serde_json::json;
use vitrine_entity::{
    ids::ShipmentId,
    shipment::{self, ShipmentStatus},
};

use super::{events::follow_kept, leave::leave, write};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::{Message, messages},
    staff::{
        audit,
        permission::{self, Permission},
    },
};

/// Sends a parcel that stands ready on its way. One that has left stays where it is.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `ORDER_STATE` where it was cancelled, or holds what was paid back;
/// `PAYMENT_STATE` where the money that was held is not there any more.
pub async fn send(shop: &Shop, context: &Context, id: ShipmentId) -> Result<shipment::Model> {
    permission::require(context, Permission::Orders)?;
    shop.transact(context, |tx| async move {
        let (order, parcel) = write::lock(&tx, id).await?;
        match parcel.status {
            ShipmentStatus::Packed => {}
            ShipmentStatus::Cancelled => return Err(cancelled(messages::parcel_not_dispatched()).into()),
            // Asked again, perhaps because the answer was lost.
            _ => return Ok(parcel),
        }
        let (order, parcel) = leave(&tx, &order, &parcel, shop.now()).await?;
        // Its carrier may have told of it when it might not leave.
        let (order, parcel) = follow_kept(&tx, order, parcel).await?;
        let data = json!({ "shipment": parcel.id });
        audit(&tx, "shipment.dispatch", order.id.to_string(), data).await?;
        Ok(parcel)
    })
    .await
}

pub(super) fn cancelled(message: Message) -> Refusal {
    Refusal::new(ErrorCode::OrderState, message).at(&["shipmentId"])
}
