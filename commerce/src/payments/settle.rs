//! The job `SettlePayment`: the slow reconciler of one attempt. It trusts no answer and no webhook
//! to have come, and asks the provider until the outcome is known.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    ids::{OrderId, PaymentId},
    order::OrderStatus,
    payment::{self, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use super::{apply, process, state::is_undecided};
use crate::{Context, Result, Shop, jobs::JobError, outbox::Lease};

/// Looks the attempt up, again and again, until it is decided.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some((payment, order)) = process::load(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    if !is_undecided(payment.status) {
        return Ok(lease.finish_alone(shop).await?);
    }
    // However long the provider is away, the question stays open: a pause, not a failed attempt.
    let later = JobError::Defer(shop.settings.payment_settle_after);
    let found = match process::look_up(shop, &payment).await {
        Ok(found) => found,
        Err(error) => {
            tracing::warn!(payment = %id, error = &error as &dyn std::error::Error, "the provider could not be asked");
            return Err(later);
        }
    };
    let told = match found {
        Some(charge) => charge,
        // Cancelled and long past every time-out: no call of ours is still on its way.
        None if order.status == OrderStatus::Cancelled && is_stale(shop, &payment) => process::never_sent(&payment)?,
        None => return Err(later),
    };
    let told = &told;
    let decided = shop
        .transact(context, |tx| async move {
            apply::apply(&tx, id, told, PaymentEntryKind::Answer, "look_up").await?;
            let decided = !is_undecided(apply::lock(&tx, id).await?.status);
            if decided {
                lease.finish(&tx).await?;
            }
            Ok(decided)
        })
        .await?;
    if decided { Ok(()) } else { Err(later) }
}

/// Asks the provider once for the order's open attempt, and applies its answer.
pub(crate) async fn ask(shop: &Shop, context: &Context, order: OrderId) -> Result<(), JobError> {
    let open = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.is_in([
            PaymentStatus::Unknown,
            PaymentStatus::ActionRequired,
            PaymentStatus::Pending,
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
    shop.now() - payment.updated_at > chrono::TimeDelta::minutes(10)
}
