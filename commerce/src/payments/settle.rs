//! The job `SettlePayment`: the slow reconciler of one attempt. It trusts no answer and no webhook
//! to have come, and asks the provider until the outcome is known.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    ids::{OrderId, PaymentId},
    order::OrderStatus,
    payment::{self, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use super::{apply, process, state::is_undecided};
use crate::{
    Context, Result, Shop,
    jobs::{Job, JobError},
    outbox::Lease,
};

/// When an attempt that was given up is looked at for the last time.
const LAST_LOOK: TimeDelta = TimeDelta::hours(24);

/// The longest pause between two look-ups.
const PAUSE_MAX: TimeDelta = TimeDelta::hours(1);

/// Looks the attempt up, again and again, until it is decided.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some((payment, order)) = process::load(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    if !is_undecided(payment.status) {
        return Ok(lease.finish_alone(shop).await?);
    }
    let later = JobError::Defer(pause(shop, &payment));
    let told = match process::look_up(shop, &payment).await {
        Ok(Some(charge)) => charge,
        // Cancelled, and long past every time-out: no call of ours is still on its way.
        Ok(None) if order.status == OrderStatus::Cancelled && is_stale(shop, &payment) => {
            process::never_sent(&payment)?
        }
        Ok(None) => return Err(later),
        // However long the provider is away, the question stays open.
        Err(error) => {
            tracing::warn!(payment = %id, error = &error as &dyn std::error::Error, "the provider could not be asked");
            return Err(later);
        }
    };
    let told = &told;
    let decided = shop
        .transact(context, |tx| async move {
            apply::apply(&tx, id, told, PaymentEntryKind::Answer, "look_up").await?;
            let status = apply::lock(&tx, id).await?.status;
            if is_undecided(status) {
                return Ok(false);
            }
            if status == PaymentStatus::Voided {
                // No call can be on its way any more; one last look costs nothing.
                tx.enqueue_after(Job::CheckPayment { payment: id }, LAST_LOOK);
            }
            lease.finish(&tx).await?;
            Ok(true)
        })
        .await?;
    if decided { Ok(()) } else { Err(later) }
}

/// Grows with the attempt's age: what stays open for days is not asked for every minute.
fn pause(shop: &Shop, payment: &payment::Model) -> TimeDelta {
    let quarter_of_age = (shop.now() - payment.created_at) / 4;
    quarter_of_age.clamp(
        shop.settings.payment_settle_after,
        PAUSE_MAX.max(shop.settings.payment_settle_after),
    )
}

/// Asks the provider once for the order's open attempt, and applies its answer.
pub(crate) async fn ask(shop: &Shop, context: &Context, order: OrderId) -> Result<(), JobError> {
    let open = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.is_in([
            PaymentStatus::Unknown,
            PaymentStatus::ActionRequired,
            PaymentStatus::Pending,
            PaymentStatus::Authorized,
        ]))
        .one(&shop.db)
        .await?;
    let Some(payment) = open else { return Ok(()) };
    if let Some(told) = &process::look_up(shop, &payment).await? {
        shop.transact(context, |tx| async move {
            apply::apply(&tx, payment.id, told, PaymentEntryKind::Answer, "look_up").await
        })
        .await?;
    }
    Ok(())
}

fn is_stale(shop: &Shop, payment: &payment::Model) -> bool {
    shop.now() - payment.updated_at > TimeDelta::minutes(10)
}
