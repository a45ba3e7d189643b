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
use crate::{ErrorCode, Refusal, Result, Tx, jobs::Job, notifications, ports::event_bus::Topic, sql};

/// Moves an order that is in the state `order` says, and tells its timeline.
///
/// # Errors
/// Refuses what the machine does not allow, and when the order has moved meanwhile.
pub async fn apply(tx: &Tx, order: &order::Model, transition: Transition, data: Json) -> Result<order::Model> {
    let to = state::next(order.status, transition)?;
    write(tx, order, to, event_of(transition), true, data).await
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
pub async fn begin(tx: &Tx, mut row: order::ActiveModel, first: Transition, hold: TimeDelta) -> Result<order::Model> {
    let entries = [
        (OrderEventKind::Created, OrderStatus::Created),
        (event_of(first), state::next(OrderStatus::Created, first)?),
    ];
    row.status = Set(first.to());
    row.event_count = Set(entries.len() as i64);
    let order = row.clone().try_into_model()?;
    tx.write_later::<order::Entity>([row]);
    let rows = (1..)
        .zip(entries)
        .map(|(number, (kind, status))| entry(tx, &order, number, kind, status));
    tx.write_later::<order_event::Entity>(rows);
    for (number, (kind, _)) in (1..).zip(entries) {
        tell(tx, &order, number, kind).await?;
    }
    tx.enqueue_after(order.id, Job::ExpireOrder { order: order.id }, hold);
    Ok(order)
}

/// The order `id`, locked until the transaction ends.
pub async fn lock(tx: &Tx, id: OrderId) -> Result<order::Model> {
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
    let now = tx.shop().now();
    let sql = "update orders set status = $3, event_count = event_count + 1, updated_at = $4 \
               where id = $1 and status = $2 and event_count = $5 returning *";
    let values = [
        order.id.into(),
        order.status.into(),
        to.into(),
        now.into(),
        order.event_count.into(),
    ];
    let Some(moved) = sql::one::<order::Model>(tx.db(), sql, values).await? else {
        return Err(Refusal::new(ErrorCode::OrderState, "The order has changed meanwhile. Read it again.").into());
    };
    let row = order_event::ActiveModel {
        public: Set(public),
        data: Set(data),
        ..entry(tx, &moved, moved.event_count, kind, to)
    };
    tx.write_later::<order_event::Entity>([row]);
    tx.has_moved(&moved);
    tell(tx, &moved, moved.event_count, kind).await?;
    Ok(moved)
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

/// Who is told of an entry: by mail, in the app, and live.
async fn tell(tx: &Tx, order: &order::Model, number: i64, kind: OrderEventKind) -> Result<()> {
    notifications::tell_of_entry(tx, order, number, kind).await?;
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
