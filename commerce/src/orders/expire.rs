//! The job `ExpireOrder`: an order that was not paid while its stock was held is cancelled.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    payment::PaymentStatus,
};

use super::{cancel::cancel_locked, transition};
use crate::{Context, Result, Shop, inventory, jobs::JobError, outbox::Lease, payments};

/// How long the provider is asked before the goods are let go without its answer.
const PATIENCE: TimeDelta = TimeDelta::minutes(5);

/// How long goods are held on for a payment that the provider has not decided, and how often it is
/// asked meanwhile.
const PENDING_MAX: TimeDelta = TimeDelta::days(7);
const PENDING_PAUSE: TimeDelta = TimeDelta::hours(1);

const NOT_PAID: &str = "it was not paid in time.";

/// Asks the provider once more, so that a payment whose news was lost is not cancelled; then
/// cancels what is still unpaid.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: OrderId) -> Result<(), JobError> {
    let order = order::Entity::find_by_id(id).one(&shop.db).await?;
    if let Some(order) = order.filter(|order| is_unpaid(order.status)) {
        let held_until = inventory::held_until(&shop.db, id).await?;
        let held_until = held_until.unwrap_or(order.placed_at + shop.settings.reservation);
        // Paid again by a slower method, it has more time.
        let left = held_until - shop.now();
        if left > TimeDelta::zero() {
            return Err(JobError::Defer(left));
        }
        let patience_left = held_until + PATIENCE - shop.now();
        match payments::settle::ask(shop, context, id).await {
            Err(error) if patience_left > TimeDelta::zero() => return Err(error.within(patience_left)),
            // The provider stays away: others want the goods. If money turns up, it is paid back.
            Err(_) => {}
            // A transfer within the bank takes days, and can't be called back.
            Ok(Some(PaymentStatus::Pending)) if shop.now() - held_until < PENDING_MAX => {
                return Err(JobError::Defer(PENDING_PAUSE));
            }
            Ok(_) => {}
        }
    }
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, id).await?;
        if is_unpaid(order.status) {
            cancel_locked(&tx, &order, Some(NOT_PAID)).await?;
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

/// Cancels, without waiting for the job, an unpaid order whose goods are held no longer and which no
/// payment is in flight for: there is nothing to ask a provider. Gives whether it did.
pub(crate) async fn at_once(shop: &Shop, context: &Context, id: OrderId) -> Result<bool> {
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, id).await?;
        let held_until = inventory::held_until(tx.db(), id).await?;
        let is_lapsed = held_until.is_some_and(|until| until <= shop.now());
        if !is_lapsed || !is_unpaid(order.status) || payments::is_in_flight(&tx, id).await? {
            return Ok(false);
        }
        cancel_locked(&tx, &order, Some(NOT_PAID)).await?;
        Ok(true)
    })
    .await
}

fn is_unpaid(status: OrderStatus) -> bool {
    matches!(
        status,
        OrderStatus::Created | OrderStatus::PaymentPending | OrderStatus::PaymentFailed
    )
}
