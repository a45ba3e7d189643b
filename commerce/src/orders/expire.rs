//! The job `ExpireOrder`: an order that was not paid while its stock was held is cancelled.

use chrono::TimeDelta;
use sea_orm::EntityTrait;
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
};

use super::{cancel::cancel_locked, transition};
use crate::{Context, Result, Shop, inventory, jobs::JobError, outbox::Lease, payments};

/// How long the provider is asked before the goods are let go without its answer.
const PATIENCE: TimeDelta = TimeDelta::minutes(5);

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
        let until = held_until + PATIENCE;
        match payments::settle::ask(shop, context, id).await {
            Err(error) if shop.now() < until => return Err(error),
            // The provider stays away: others want the goods. If money turns up, it is paid back.
            Err(_) | Ok(()) => {}
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

fn is_unpaid(status: OrderStatus) -> bool {
    matches!(
        status,
        OrderStatus::Created | OrderStatus::PaymentPending | OrderStatus::PaymentFailed
    )
}
