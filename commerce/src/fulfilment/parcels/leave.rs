//! A parcel leaves the house: its order moves, its money is taken, and the shopper is told.

use chrono::{DateTime, Utc};
use sea_orm::ActiveValue::Set;
use serde_json::json;
use vitrine_entity::{
    order::{self, OrderStatus},
    order_event::OrderEventKind,
    shipment::{self, ShipmentStatus},
};

use super::{
    told::data_of,
    write::{lines, update},
};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    fulfilment::edits::may::{refuse_short, refuse_unpaid},
    language::messages,
    orders::{
        self, FulfilmentStatus, LineFulfilment,
        state::{self, Transition},
        transition,
    },
    payments,
};

/// Has a parcel that stands ready leave, of a locked order.
///
/// # Errors
/// Refuses an order that is not confirmed, units that were paid back meanwhile, and where the money that was held is not
/// there any more.
pub(super) async fn leave(
    tx: &Tx,
    order: &order::Model,
    parcel: &shipment::Model,
    at: DateTime<Utc>,
) -> Result<(order::Model, shipment::Model)> {
    may_be_sent(order)?;
    refuse_unpaid(tx, order).await?;
    refuse_withdrawn(tx, order, parcel).await?;
    let change = shipment::ActiveModel {
        status: Set(ShipmentStatus::Dispatched),
        dispatched_at: Set(Some(at)),
        heard_at: Set(Some(tx.shop().now())),
        ..Default::default()
    };
    let parcel = update(tx, parcel, change).await?;
    let after = orders::fulfilment_on(tx.db(), order.id).await?;
    let is_all = after.iter().all(|line| line.unsent() == 0);
    let data = data_of(order, &parcel);
    let order = match order.status == OrderStatus::Confirmed && is_all {
        true => transition::apply(tx, order, Transition::Dispatch, data).await?,
        false => transition::note(tx, order, OrderEventKind::ParcelDispatched, true, data).await?,
    };
    let short_minor = payments::capture_on_dispatch(tx, &order).await?;
    let order = refuse_short(tx, order, short_minor).await?;
    Ok((order, parcel))
}

/// Whether parcels of this order may be made and leave: one that went out whole may have some again that came back.
pub(super) fn may_be_sent(order: &order::Model) -> Result<()> {
    match order.status {
        OrderStatus::Confirmed | OrderStatus::Dispatched if order.ships => Ok(()),
        status => {
            state::next(status, Transition::Dispatch)?;
            let message = messages::order_not_sent();
            Err(Refusal::new(ErrorCode::OrderState, message).at(&["orderId"]).into())
        }
    }
}

/// Has an order be dispatched of which nothing is still to be sent, because the rest was paid back. Gives `None` where that
/// is not so.
pub(super) async fn close(tx: &Tx, order: &order::Model) -> Result<Option<order::Model>> {
    if order.status != OrderStatus::Confirmed || !order.ships {
        return Ok(None);
    }
    let lines = orders::fulfilment_on(tx.db(), order.id).await?;
    let is_left = lines.iter().any(|line| line.unsent() > 0);
    // Also where all of it came back: it could neither be cancelled nor sent any more.
    if is_left || lines.iter().all(|line| line.left_house == 0) {
        return Ok(None);
    }
    let order = transition::apply(tx, order, Transition::Dispatch, json!({ "closed": true })).await?;
    payments::capture_on_close(tx, &order).await?;
    Ok(Some(order))
}

/// As [`close`], and completes it where all that was sent of it has arrived before: nobody tells of that again.
pub(in crate::fulfilment) async fn close_all(tx: &Tx, order: &order::Model) -> Result<Option<order::Model>> {
    let Some(closed) = close(tx, order).await? else {
        return Ok(None);
    };
    let lines = orders::fulfilment_on(tx.db(), closed.id).await?;
    match orders::fulfilment_status(closed.ships, &lines) {
        FulfilmentStatus::Delivered => Ok(Some(
            transition::apply(tx, &closed, Transition::Complete, json!({})).await?,
        )),
        _ => Ok(Some(closed)),
    }
}

/// What was paid back before it was sent stays here.
async fn refuse_withdrawn(tx: &Tx, order: &order::Model, parcel: &shipment::Model) -> Result<()> {
    let progress = orders::fulfilment_on(tx.db(), order.id).await?;
    let held = lines(tx, parcel.id).await?;
    let is_too_much = |line: &LineFulfilment| {
        let of_it = held.iter().filter(|held| held.order_line_id == line.order_line_id);
        of_it.map(|held| i64::from(held.quantity)).sum::<i64>() > line.unsent()
    };
    if progress.iter().any(is_too_much) {
        let message = messages::parcel_holds_refunded();
        return Err(Refusal::new(ErrorCode::OrderState, message).at(&["shipmentId"]).into());
    }
    Ok(())
}
