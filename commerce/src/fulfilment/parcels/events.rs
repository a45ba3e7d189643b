//! What is told of parcels, by carriers and by staff: kept once, and followed where it leads.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveEnum, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, TryInsertResult};
use serde_json::json;
use vitrine_entity::{
    ids::{ShipmentEventId, ShipmentId},
    order::{self, OrderStatus},
    order_event::OrderEventKind,
    shipment::{self, ShipmentStatus},
    shipment_event::{self, ShipmentEventKind},
    shipment_line,
};

use super::{
    leave::{close, leave},
    state::{self, Position},
    told::data_of,
    write::update,
};
use crate::{
    Result, Tx,
    orders::{self, Alert, FulfilmentStatus, state::Transition, transition},
    sql,
};

/// What happened so long before an order was placed was another parcel, under a number that its carrier gives out again; or a
/// clock was wrong. It is long enough for times that came without their zone.
const BEFORE_MAX: TimeDelta = TimeDelta::days(2);

/// Something that was told of a parcel.
#[derive(Debug, Clone)]
pub(super) struct News {
    /// The name of a carrier's webhook, or `staff`.
    pub(super) source: String,
    /// The source's own id of it.
    pub(super) key: String,
    pub(super) number_key: Option<String>,
    pub(super) kind: ShipmentEventKind,
    pub(super) happened_at: DateTime<Utc>,
    pub(super) message: Option<String>,
    pub(super) place: Option<String>,
}

/// Keeps what was told. Gives its id, or `None` where it was told before.
pub(super) async fn keep(tx: &Tx, news: &News, parcel: Option<ShipmentId>) -> Result<Option<ShipmentEventId>> {
    let id = ShipmentEventId(tx.shop().new_id());
    let row = shipment_event::ActiveModel {
        id: Set(id),
        source: Set(news.source.clone()),
        event_key: Set(news.key.clone()),
        shipment_id: Set(parcel),
        number_key: Set(news.number_key.clone()),
        kind: Set(news.kind),
        message: Set(news.message.clone()),
        place: Set(news.place.clone()),
        applied: Set(false),
        actor: Set(tx.context().viewer.actor()),
        happened_at: Set(news.happened_at),
        received_at: Set(tx.shop().now()),
    };
    let inserted = shipment_event::Entity::insert(row)
        .on_conflict_do_nothing_on([shipment_event::Column::Source, shipment_event::Column::EventKey])
        .exec_without_returning(tx.db())
        .await?;
    Ok(matches!(inserted, TryInsertResult::Inserted(1)).then_some(id))
}

/// Whether something happened too long before an order was placed to be about a parcel of it.
pub(super) fn is_too_early(order: &order::Model, happened_at: DateTime<Utc>) -> bool {
    happened_at < order.placed_at - BEFORE_MAX
}

/// Where a parcel is, and since when by its carrier's word.
pub(super) fn position(parcel: &shipment::Model) -> Position {
    Position {
        status: parcel.status,
        at: parcel.status_at,
    }
}

/// Moves a parcel of a locked order where an event that is kept leads it.
///
/// # Errors
/// Refuses where a parcel that stood ready may not leave.
pub(super) async fn follow(
    tx: &Tx,
    order: order::Model,
    parcel: shipment::Model,
    event: (ShipmentEventId, ShipmentEventKind, DateTime<Utc>),
) -> Result<(order::Model, shipment::Model)> {
    let (id, kind, happened_at) = event;
    let leads = state::after(position(&parcel), kind, happened_at);
    let Some(to) = leads.filter(|_| !is_too_early(&order, happened_at)) else {
        // Something was heard of it all the same.
        let change = shipment::ActiveModel {
            heard_at: Set(Some(tx.shop().now())),
            ..Default::default()
        };
        let parcel = update(tx, &parcel, change).await?;
        let is_back =
            kind == ShipmentEventKind::Returned && is_back_after_all(tx, &order, &parcel, happened_at).await?;
        let order = if is_back {
            let (shipment, number) = (parcel.id, parcel.tracking_number.clone());
            orders::alert(tx, order, &Alert::ReturnedAfterAll { shipment, number }).await?
        } else {
            order
        };
        return Ok((order, parcel));
    };
    // Whoever carries it has it: it has left, whether anybody here said so or not.
    let (order, parcel) = match parcel.status {
        ShipmentStatus::Packed => leave(tx, &order, &parcel, happened_at).await?,
        _ => (order, parcel),
    };
    let before = parcel.status;
    let was_settled = before == ShipmentStatus::Returned && is_settled(tx, &order, &parcel).await?;
    let is_here = to.status == ShipmentStatus::Delivered;
    let change = shipment::ActiveModel {
        status: Set(to.status),
        status_at: Set(to.at),
        heard_at: Set(Some(tx.shop().now())),
        delivered_at: Set(parcel.delivered_at.or(is_here.then_some(happened_at))),
        ..Default::default()
    };
    let parcel = update(tx, &parcel, change).await?;
    sql::execute(
        tx.db(),
        "update shipment_event set applied = true where id = $1",
        [id.into()],
    )
    .await?;
    let order = match parcel.status == before {
        true => order,
        false => tell(tx, order, &parcel).await?,
    };
    let order = match is_here && was_settled {
        true => {
            orders::alert(
                tx,
                order,
                &Alert::DeliveredAfterAll {
                    shipment: parcel.id,
                    number: parcel.tracking_number.clone(),
                },
            )
            .await?
        }
        false => order,
    };
    Ok((order, parcel))
}

/// Whether a parcel that counts as delivered came back after that: staff completed its order, say, and nobody had told that it
/// was delivered.
async fn is_back_after_all(
    tx: &Tx,
    order: &order::Model,
    parcel: &shipment::Model,
    happened_at: DateTime<Utc>,
) -> Result<bool> {
    if parcel.status != ShipmentStatus::Delivered || is_too_early(order, happened_at) {
        return Ok(false);
    }
    let delivered_since = shipment_event::Entity::find()
        .filter(shipment_event::Column::ShipmentId.eq(parcel.id))
        .filter(shipment_event::Column::Kind.eq(ShipmentEventKind::Delivered))
        .filter(shipment_event::Column::HappenedAt.gte(happened_at));
    Ok(delivered_since.one(tx.db()).await?.is_none())
}

/// Tells the order's timeline where the parcel is now; the last one that arrives completes the order.
async fn tell(tx: &Tx, order: order::Model, parcel: &shipment::Model) -> Result<order::Model> {
    let (mut data, shipment) = (data_of(&order, parcel), parcel.id);
    data["status"] = json!(parcel.status.to_value());
    let kind = match parcel.status {
        ShipmentStatus::Delivered => {
            let order = match close(tx, &order).await? {
                Some(closed) => closed,
                None => order,
            };
            let lines = orders::fulfilment_on(tx.db(), order.id).await?;
            let is_all = orders::fulfilment_status(order.ships, &lines) == FulfilmentStatus::Delivered;
            return match is_all && order.status == OrderStatus::Dispatched {
                true => transition::apply(tx, &order, Transition::Complete, data).await,
                false => transition::note(tx, &order, OrderEventKind::ParcelDelivered, true, data).await,
            };
        }
        ShipmentStatus::DeliveryFailed => OrderEventKind::ParcelDeliveryFailed,
        ShipmentStatus::Returned => OrderEventKind::ParcelReturned,
        _ => OrderEventKind::ParcelMoved,
    };
    let order = transition::note(tx, &order, kind, true, data).await?;
    let number = parcel.tracking_number.clone();
    match parcel.status {
        ShipmentStatus::DeliveryFailed => orders::alert(tx, order, &Alert::DeliveryFailed { shipment, number }).await,
        // What a completed order holds counts as delivered.
        ShipmentStatus::Returned if order.status == OrderStatus::Completed => {
            orders::alert(tx, order, &Alert::ReturnedAfterAll { shipment, number }).await
        }
        ShipmentStatus::Returned => orders::alert(tx, order, &Alert::ParcelReturned { shipment, number }).await,
        _ => Ok(order),
    }
}

/// Follows what was told of a parcel and led it nowhere so far: it might not leave then, or something else outweighed it.
pub(super) async fn follow_kept(
    tx: &Tx,
    order: order::Model,
    parcel: shipment::Model,
) -> Result<(order::Model, shipment::Model)> {
    let kept = shipment_event::Entity::find()
        .filter(shipment_event::Column::ShipmentId.eq(parcel.id))
        .filter(shipment_event::Column::Applied.eq(false))
        .order_by_asc(shipment_event::Column::HappenedAt)
        .order_by_asc(shipment_event::Column::Id);
    let (mut order, mut parcel) = (order, parcel);
    for event in kept.all(tx.db()).await? {
        (order, parcel) = follow(tx, order, parcel, (event.id, event.kind, event.happened_at)).await?;
    }
    Ok((order, parcel))
}

/// Whether what a parcel holds that comes back is no more to be sent: it was sent again, or paid back.
pub(super) async fn is_settled(tx: &Tx, order: &order::Model, parcel: &shipment::Model) -> Result<bool> {
    let lines = orders::fulfilment_on(tx.db(), order.id).await?;
    let inside = shipment_line::Entity::find().filter(shipment_line::Column::ShipmentId.eq(parcel.id));
    let is_open = |held: &shipment_line::Model| {
        let line = lines.iter().find(|line| line.order_line_id == held.order_line_id);
        line.is_some_and(|line| line.open() >= i64::from(held.quantity))
    };
    Ok(!inside.all(tx.db()).await?.iter().all(is_open))
}

/// Follows what was told of a parcel's numbers before the shop knew that they are its.
pub(super) async fn catch_up(
    tx: &Tx,
    order: order::Model,
    parcel: shipment::Model,
    keys: Vec<String>,
) -> Result<(order::Model, shipment::Model)> {
    if keys.is_empty() {
        return Ok((order, parcel));
    }
    let early = shipment_event::Entity::find()
        .filter(shipment_event::Column::ShipmentId.is_null())
        .filter(sql::among(tx.db(), shipment_event::Column::NumberKey, keys))
        .order_by_asc(shipment_event::Column::HappenedAt)
        .order_by_asc(shipment_event::Column::Id);
    let (mut order, mut parcel) = (order, parcel);
    for event in early.all(tx.db()).await? {
        let ours = "update shipment_event set shipment_id = $2 where id = $1";
        sql::execute(tx.db(), ours, [event.id.into(), parcel.id.into()]).await?;
        (order, parcel) = follow(tx, order, parcel, (event.id, event.kind, event.happened_at)).await?;
    }
    Ok((order, parcel))
}
