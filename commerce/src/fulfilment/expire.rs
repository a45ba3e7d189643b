//! The job `ExpireOrder`: an order that was not paid while its stock was held is cancelled.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    payment::PaymentStatus,
};

use super::cancel::cancel_locked;
use crate::{
    Context, Result, Shop, inventory,
    jobs::{Job, JobError},
    orders::{CancelReason, transition},
    outbox::{self, Lease},
    payments,
    ports::clock::CLOCKS_APART_MAX,
};

/// How long the provider is asked before the goods are let go without its answer.
const PATIENCE: TimeDelta = TimeDelta::minutes(5);

/// How long goods are held on for a payment that the provider has not decided, and how often it is
/// asked meanwhile.
const PENDING_MAX: TimeDelta = TimeDelta::days(7);
const PENDING_PAUSE: TimeDelta = TimeDelta::hours(1);

/// For how long a shop that was away may still try to be paid, and how soon it is seen whether it has.
const UNTRIED_MAX: TimeDelta = TimeDelta::hours(24);
const UNTRIED_PAUSE: TimeDelta = TimeDelta::seconds(30);

/// Asks the provider once more, so that a payment whose news was lost is not cancelled; then
/// cancels what is still unpaid.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: OrderId) -> Result<(), JobError> {
    let order = order::Entity::find_by_id(id).one(&shop.db).await?;
    if let Some(order) = order.filter(|order| is_unpaid(order.status)) {
        let held_until = inventory::held_until(&shop.db, id).await?;
        let hold = payments::hold(shop, id).await?;
        let held_until = held_until.unwrap_or(order.placed_at + hold);
        if order.placed_at - shop.now() > CLOCKS_APART_MAX && held_until - shop.now() > hold {
            return Err(hold_from_now(shop, context, id, hold).await?);
        }
        // Paid again by a slower method, it has more time.
        let left = held_until - shop.now();
        if left > TimeDelta::zero() {
            return Err(JobError::Defer(left));
        }
        // The shop has not even tried: its workers, or what they wait for, were away.
        if shop.now() - held_until < UNTRIED_MAX
            && let Some(payment) = payments::untried(shop, id).await?
        {
            outbox::hasten(shop, context, id, &Job::ProcessPayment { payment }).await?;
            return Err(JobError::Defer(UNTRIED_PAUSE));
        }
        // Tried at the last moment: the answer is awaited.
        if let Some(left) = payments::on_its_way(shop, id).await? {
            return Err(JobError::Defer(left));
        }
        let patience_left = held_until + PATIENCE - shop.now();
        match payments::attempts::settle::ask(shop, context, id).await {
            Err(error) if patience_left > TimeDelta::zero() => return Err(error.within(patience_left)),
            // The provider stays away: others want the goods. If money turns up, it is paid back.
            Err(_) => {}
            // A transfer within the bank takes days, and can't be called back.
            Ok(Some(PaymentStatus::Pending)) if shop.now() - held_until < PENDING_MAX => {
                return Err(JobError::Defer(PENDING_PAUSE));
            }
            // The shopper has agreed to it only now.
            Ok(Some(PaymentStatus::Unknown)) => {
                if let Some(left) = payments::on_its_way(shop, id).await? {
                    return Err(JobError::Defer(left));
                }
            }
            Ok(_) => {}
        }
    }
    shop.transact(context, |tx| async move {
        let order = transition::lock(&tx, id).await?;
        if is_unpaid(order.status) {
            cancel_locked(&tx, &order, Some(CancelReason::NotPaid)).await?;
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
        cancel_locked(&tx, &order, Some(CancelReason::NotPaid)).await?;
        Ok(true)
    })
    .await
}

/// The order was placed by a clock that ran ahead, and so was the end of its hold written: it holds its
/// goods for as long as was meant, from now on.
async fn hold_from_now(shop: &Shop, context: &Context, id: OrderId, hold: TimeDelta) -> Result<JobError> {
    let until = shop.now() + hold;
    shop.transact(context, |tx| async move {
        transition::lock(&tx, id).await?;
        if inventory::held_until(tx.db(), id)
            .await?
            .is_some_and(|held| held > until)
        {
            inventory::hold_until(&tx, id, until).await?;
        }
        Ok(())
    })
    .await?;
    Ok(JobError::Defer(hold))
}

fn is_unpaid(status: OrderStatus) -> bool {
    matches!(
        status,
        OrderStatus::Created | OrderStatus::PaymentPending | OrderStatus::PaymentFailed
    )
}
