//! A number was entered at the wrong parcel: what was told of it was told of another. It is taken off the parcel, which is where
//! all else that was told has it, and waits for the parcel that has the number.

use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use vitrine_entity::{
    ids::ShipmentId,
    order,
    shipment::{self, ShipmentStatus},
    shipment_event,
};

use super::{
    events::{follow_kept, is_settled, is_too_early, position},
    state::{self, Position},
    write::update,
};
use crate::{Result, Tx, sql};

/// Takes what carriers told of `numbers`, which it has no more, off a parcel. That it has left stays so; so does what became of its
/// order, which goes no way back.
pub(super) async fn let_go(
    tx: &Tx,
    order: order::Model,
    parcel: shipment::Model,
    numbers: &[String],
) -> Result<(order::Model, shipment::Model)> {
    if numbers.is_empty() {
        return Ok((order, parcel));
    }
    let told = shipment_event::Entity::find()
        .filter(shipment_event::Column::ShipmentId.eq(parcel.id))
        .order_by_asc(shipment_event::Column::HappenedAt)
        .order_by_asc(shipment_event::Column::Id)
        .all(tx.db())
        .await?;
    let is_of_another =
        |event: &shipment_event::Model| event.number_key.as_ref().is_some_and(|key| numbers.contains(key));
    let (others, own): (Vec<_>, Vec<_>) = told.into_iter().partition(is_of_another);
    let here = position(&parcel);
    let left = Position {
        status: ShipmentStatus::Dispatched,
        at: None,
    };
    let leads = |at: Position, event: &shipment_event::Model| {
        let to = state::after(at, event.kind, event.happened_at);
        to.filter(|_| event.applied && !is_too_early(&order, event.happened_at))
    };
    let has_led_here = others.iter().any(|event| leads(left, event) == Some(here));
    for number in numbers {
        let sql =
            "update shipment_event set shipment_id = null, applied = false where shipment_id = $1 and number_key = $2";
        sql::execute(tx.db(), sql, [parcel.id.into(), number.clone().into()]).await?;
    }
    // What it holds was sent again, or paid back, as if it had come back.
    let is_final = parcel.status == ShipmentStatus::Returned && is_settled(tx, &order, &parcel).await?;
    if !has_led_here || is_final {
        return Ok((order, parcel));
    }
    let to = own.iter().fold(left, |at, event| leads(at, event).unwrap_or(at));
    let is_here = to.status == ShipmentStatus::Delivered;
    let change = shipment::ActiveModel {
        status: Set(to.status),
        status_at: Set(to.at),
        delivered_at: Set(parcel.delivered_at.filter(|_| is_here)),
        ..Default::default()
    };
    let parcel = update(tx, &parcel, change).await?;
    follow_kept(tx, order, parcel).await
}

/// Takes what was told of a parcel that was given up off it: its number may stand on the next one.
pub(super) async fn let_go_of_all(tx: &Tx, parcel: ShipmentId) -> Result<()> {
    let sql = "update shipment_event set shipment_id = null where shipment_id = $1 and number_key is not null";
    sql::execute(tx.db(), sql, [parcel.into()]).await?;
    Ok(())
}
