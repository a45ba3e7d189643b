//! Staff say where a parcel is, where no carrier does.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use vitrine_entity::{
    ids::ShipmentId,
    shipment::{self, ShipmentStatus},
    shipment_event::ShipmentEventKind,
};

use super::{
    events::{News, follow, is_too_early, keep},
    send::cancelled,
    write,
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// How far ahead of the shop's clock the one of whoever says it may be.
const AHEAD_MAX: TimeDelta = TimeDelta::minutes(5);

/// What staff say of a parcel.
#[derive(Debug, Clone)]
pub struct Sighting {
    pub shipment: ShipmentId,
    pub kind: ShipmentEventKind,
    /// Now, where it is not given.
    pub happened_at: Option<DateTime<Utc>>,
    pub message: Option<String>,
}

/// Notes what happened to a parcel, and has it move where that leads.
///
/// # Errors
/// `UNAUTHENTICATED`, `FORBIDDEN`; `NOT_FOUND`; `INVALID`; `ORDER_STATE` where it was cancelled, or may not leave.
pub async fn say(shop: &Shop, context: &Context, input: Sighting) -> Result<shipment::Model> {
    permission::require(context, Permission::Orders)?;
    let message = text::optional_line(&["message"], input.message.as_deref(), 300)?;
    let happened_at = input.happened_at.unwrap_or_else(|| shop.now());
    if happened_at > shop.now() + AHEAD_MAX {
        let message = messages::happened_in_future();
        return Err(Refusal::new(ErrorCode::Invalid, message).at(&["happenedAt"]).into());
    }
    let (id, kind, message) = (input.shipment, input.kind, &message);
    shop.transact(context, |tx| async move {
        let (order, parcel) = write::lock(&tx, id).await?;
        if parcel.status == ShipmentStatus::Cancelled {
            return Err(cancelled(messages::parcel_not_followed()).into());
        }
        if is_too_early(&order, happened_at) {
            let message = messages::happened_before_order();
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["happenedAt"]).into());
        }
        let news = News {
            source: "staff".to_owned(),
            key: shop.new_id().to_string(),
            number_key: None,
            kind,
            happened_at,
            message: message.clone(),
            place: None,
        };
        let Some(event) = keep(&tx, &news, Some(parcel.id)).await? else {
            return Ok(parcel);
        };
        let (order, parcel) = follow(&tx, order, parcel, (event, kind, happened_at)).await?;
        let data = json!({ "shipment": id, "status": sea_orm::ActiveEnum::to_value(&parcel.status) });
        audit(&tx, "shipment.event", order.id.to_string(), data).await?;
        Ok(parcel)
    })
    .await
}
