//! An exchange that costs more is given up where the rest is not paid in time: its goods are others' again, and what was paid for
//! those that came goes back to what it was paid with.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    order_return,
};

use super::policy::policy_on;
use crate::{
    Context, Result, Shop, Tx,
    fulfilment::cancel_locked,
    jobs::{Job, JobError},
    orders::{CancelReason, fulfilment_on, transition},
    outbox::Lease,
    payments,
};

/// How long it waits on for a payment that its provider has not decided, and how often it is looked meanwhile.
const PENDING_MAX: TimeDelta = TimeDelta::days(7);
const PENDING_PAUSE: TimeDelta = TimeDelta::hours(1);

/// How often it is looked whether it is paid: nothing waits for its end once it is.
const LOOK_PERIOD: TimeDelta = TimeDelta::days(1);

/// Has the rest of an exchange's new order waited for, where there is any. Gives until when.
pub(super) async fn await_rest(tx: &Tx, other: &order::Model) -> Result<Option<DateTime<Utc>>> {
    if other.unpaid_minor <= 0 {
        return Ok(None);
    }
    let days = policy_on(tx).await?.exchange_days;
    tx.enqueue_after(other.id, Job::EndExchange { order: other.id }, LOOK_PERIOD);
    Ok(Some(tx.shop().now() + TimeDelta::days(days.into())))
}

/// Until when what an exchange costs more is to be paid; `None` for an order that was made for none, and where nothing is owed, or
/// nobody was told.
///
/// # Errors
/// When the database fails.
pub(crate) async fn payable_until(shop: &Shop, order: &order::Model) -> Result<Option<DateTime<Utc>>> {
    if !is_awaited(order) {
        return Ok(None);
    }
    let of = order_return::Entity::find().filter(order_return::Column::ExchangeOrderId.eq(order.id));
    Ok(of.one(&shop.db).await?.and_then(|of| of.exchange_due_at))
}

fn is_awaited(order: &order::Model) -> bool {
    order.status == OrderStatus::Confirmed && order.unpaid_minor > 0
}

/// Job: waits until then, and cancels the order that is not paid and of which nothing has left.
pub(crate) async fn run(shop: &Shop, context: &Context, lease: &Lease, id: OrderId) -> Result<(), JobError> {
    let until = match order::Entity::find_by_id(id).one(&shop.db).await? {
        // It is confirmed in a moment.
        Some(order) if order.status == OrderStatus::PaymentSuccess => return Err(JobError::Defer(LOOK_PERIOD)),
        Some(order) => payable_until(shop, &order).await?,
        None => None,
    };
    let Some(until) = until else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let left = until - shop.now();
    if left > TimeDelta::zero() {
        return Err(JobError::Defer(left.min(LOOK_PERIOD)));
    }
    let waits_on = shop
        .transact(context, |tx| async move {
            let order = transition::lock(&tx, id).await?;
            if is_awaited(&order) && payments::is_in_flight(&tx, id).await? && shop.now() - until < PENDING_MAX {
                return Ok(true);
            }
            if is_awaited(&order) && !has_left(&tx, id).await? {
                cancel_locked(&tx, &order, Some(CancelReason::NotPaid)).await?;
            }
            lease.finish(&tx).await?;
            Ok(false)
        })
        .await?;
    match waits_on {
        true => Err(JobError::Defer(PENDING_PAUSE)),
        false => Ok(()),
    }
}

/// What has left before it was paid, as staff let it, is theirs to settle.
async fn has_left(tx: &Tx, order: OrderId) -> Result<bool> {
    let units = fulfilment_on(tx.db(), order).await?;
    Ok(units.iter().any(|line| line.left_house > 0))
}
