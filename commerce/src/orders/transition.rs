//! The one place that moves an order and writes its timeline.

use chrono::TimeDelta;
use sea_orm::{ActiveValue::Set, TryIntoModel};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    order_event::{self, OrderEventKind},
};

use super::state::{self, Transition};
use crate::{Refusal, Result, Tx, events, jobs::Job, notifications, ports::event_bus::Topic};

/// Moves an order that is in the state `order` says, and tells its timeline.
///
/// # Errors
/// Refuses what the machine does not allow, and when the order has moved meanwhile.
pub async fn apply(tx: &Tx, order: &order::Model, transition: Transition, data: Json) -> Result<order::Model> {
    let to = state::next(order.status, transition)?;
    write(tx, order, to, event_of(transition), true, data).await
}

/// As [`apply`], of an order that this transaction has locked and that mostly moves on within it: its row is written with
/// what moves it next, or with the end of the transaction.
pub(crate) async fn apply_before_next(
    tx: &Tx,
    order: &order::Model,
    transition: Transition,
    data: Json,
) -> Result<order::Model> {
    let moved = order::Model {
        status: state::next(order.status, transition)?,
        event_count: order.event_count + 1,
        updated_at: tx.shop().now(),
        ..order.clone()
    };
    tx.move_later(order, &moved)?;
    tell_of_move(tx, &moved, event_of(transition), true, data).await?;
    Ok(moved)
}

/// Adds an entry to the timeline of an order that stays in its state.
pub async fn note(
    tx: &Tx,
    order: &order::Model,
    kind: OrderEventKind,
    public: bool,
    data: Json,
) -> Result<order::Model> {
    write(tx, order, order.status, kind, public, data).await
}

/// Writes a new order with the first two entries of its timeline, `CREATED` and what follows at
/// once, and the job that cancels it if it stays unpaid for as long as its goods are held.
pub async fn begin(tx: &Tx, row: order::ActiveModel, first: Transition, hold: TimeDelta) -> Result<order::Model> {
    begin_with(tx, row, first, hold, json!({})).await
}

/// As [`begin`], with what `CREATED` tells.
pub(crate) async fn begin_with(
    tx: &Tx,
    mut row: order::ActiveModel,
    first: Transition,
    hold: TimeDelta,
    created: Json,
) -> Result<order::Model> {
    let entries = [
        (OrderEventKind::Created, OrderStatus::Created),
        (event_of(first), state::next(OrderStatus::Created, first)?),
    ];
    row.status = Set(first.to());
    row.event_count = Set(entries.len() as i64);
    let order = row.clone().try_into_model()?;
    tx.write_later::<order::Entity>([row]);
    let rows = (1..).zip(entries).map(|(number, (kind, status))| {
        let entry = entry(tx, &order, number, kind, status);
        match kind {
            OrderEventKind::Created => order_event::ActiveModel {
                data: Set(created.clone()),
                ..entry
            },
            _ => entry,
        }
    });
    tx.write_later::<order_event::Entity>(rows);
    for (number, (kind, status)) in (1..).zip(entries) {
        tell(tx, &order, (number, kind, status), &created).await?;
    }
    tx.enqueue_after(order.id, Job::ExpireOrder { order: order.id }, hold);
    Ok(order)
}

/// The order `id`, locked until the transaction ends.
pub async fn lock(tx: &Tx, id: OrderId) -> Result<order::Model> {
    tx.write_moves().await?;
    let order = tx.lock::<order::Entity>(id).await?;
    // In the same words as an order that is not the caller's: nobody learns which ids exist.
    Ok(order.ok_or_else(|| Refusal::not_found("order").at(&["orderId"]))?)
}

async fn write(
    tx: &Tx,
    order: &order::Model,
    to: OrderStatus,
    kind: OrderEventKind,
    public: bool,
    data: Json,
) -> Result<order::Model> {
    let moved = tx.move_now(order, to).await?;
    tell_of_move(tx, &moved, kind, public, data).await?;
    Ok(moved)
}

/// Writes the latest entry of the timeline of an order that has moved, and tells of it.
async fn tell_of_move(tx: &Tx, moved: &order::Model, kind: OrderEventKind, public: bool, data: Json) -> Result<()> {
    let row = order_event::ActiveModel {
        public: Set(public),
        data: Set(data.clone()),
        ..entry(tx, moved, moved.event_count, kind, moved.status)
    };
    tx.write_later::<order_event::Entity>([row]);
    tell(tx, moved, (moved.event_count, kind, moved.status), &data).await
}

/// A public entry without particulars.
fn entry(
    tx: &Tx,
    order: &order::Model,
    number: i64,
    kind: OrderEventKind,
    status: OrderStatus,
) -> order_event::ActiveModel {
    order_event::ActiveModel {
        order_id: Set(order.id),
        number: Set(number),
        kind: Set(kind),
        public: Set(true),
        status: Set(status),
        data: Set(json!({})),
        actor: Set(tx.context().viewer.actor()),
        created_at: Set(tx.shop().now()),
    }
}

/// Who is told of an entry: by mail, in the app, by events, and live.
async fn tell(tx: &Tx, order: &order::Model, entry: (i64, OrderEventKind, OrderStatus), data: &Json) -> Result<()> {
    events::order(tx, order, entry, data);
    let (number, kind, _) = entry;
    notifications::tell_of_entry(tx, order, number, (kind, data)).await?;
    tx.announce(Topic::Order(order.id));
    Ok(())
}

fn event_of(transition: Transition) -> OrderEventKind {
    match transition {
        Transition::RequestPayment => OrderEventKind::PaymentPending,
        Transition::PaymentSucceeded => OrderEventKind::PaymentSucceeded,
        Transition::PaymentFailed => OrderEventKind::PaymentFailed,
        Transition::Confirm => OrderEventKind::Confirmed,
        Transition::Dispatch => OrderEventKind::Dispatched,
        Transition::Complete | Transition::CompleteUnsent => OrderEventKind::Completed,
        Transition::Cancel => OrderEventKind::Cancelled,
    }
}
