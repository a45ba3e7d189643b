//! The job `SettlePayment`: the slow reconciler of one attempt. It trusts no answer and no webhook
//! to have come, and asks the provider until the outcome is known.

use chrono::TimeDelta;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    ids::{OrderId, PaymentId},
    order::{self, OrderStatus},
    payment::{self, CaptureMode, PaymentStatus},
};

use super::{apply::apply, load, process, state::is_undecided};
use crate::{
    Context, Result, Shop,
    jobs::{Job, JobError},
    orders::{Purpose, transition},
    outbox::Lease,
    payments::{
        ledger::Operation,
        providers::{
            job::{CALL_LOST_AFTER, ProviderJob},
            look_up,
        },
    },
    ports::payment::{ChargeState, ProviderCharge},
};

/// The longest pause between two look-ups.
const PAUSE_MAX: TimeDelta = TimeDelta::hours(1);

/// How long after it was last heard of nobody waits for a shopper whom the provider has forgotten. That is more than it may need
/// to show what it has just made.
const FORGOTTEN_AFTER: TimeDelta = TimeDelta::hours(1);

/// How long the provider keeps open what a shopper began to pay of a changed order and left: unlike an order that was never
/// paid, it has no end of its own, and nothing else may be begun beside it.
const LEFT_AFTER: TimeDelta = TimeDelta::hours(24);

/// Looks the attempt up, again and again, until it is decided.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some(load::Loaded { payment, order, .. }) = load::payment(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    if !is_undecided(payment.status) || awaits_staff(&payment) {
        return Ok(lease.finish_alone(shop).await?);
    }
    let later = JobError::Defer(pause(shop, &payment));
    let job = ProviderJob {
        shop,
        context,
        payment: &payment,
        purpose: Purpose::Charge,
        since: payment.created_at,
        in_progress: payment.status != PaymentStatus::Unknown,
    };
    let (told, operation) = match job.look_up().await {
        // What the shopper has merely agreed to is not taken before we ask for it.
        Ok(
            None
            | Some(ProviderCharge {
                state: ChargeState::Approved,
                ..
            }),
        ) if is_dead(shop, &payment, &order) => (
            process::never_charged(&payment, ChargeState::Voided)?,
            Operation::GiveUp,
        ),
        Ok(None) if is_forgotten(shop, &payment) => (
            process::never_charged(&payment, ChargeState::Voided)?,
            Operation::GiveUp,
        ),
        Ok(Some(charge)) => (charge, Operation::LookUp),
        Ok(None) => return Err(later),
        // However long the provider is away, the question stays open.
        Err(error) => {
            tracing::warn!(payment = %id, error = &error as &dyn std::error::Error, "the provider could not be asked");
            return Err(later);
        }
    };
    let (told, seen, order) = (&told, &payment, order.id);
    let decided = shop
        .transact(context, |tx| async move {
            transition::lock(&tx, order).await?;
            // Sent again since it was looked up: then that it was not found says nothing.
            let moved = load::lock(&tx, id).await?.updated_at != seen.updated_at;
            if moved && told.state == ChargeState::Voided {
                return Ok(false);
            }
            apply(&tx, id, told, operation).await?;
            let payment = load::lock(&tx, id).await?;
            if is_undecided(payment.status) {
                if is_left(shop, &payment) {
                    tx.enqueue(order, Job::VoidPayment { payment: id });
                }
                return Ok(false);
            }
            lease.finish(&tx).await?;
            Ok(true)
        })
        .await?;
    if decided { Ok(()) } else { Err(later) }
}

/// Whether there is nobody to ask: staff will see the money come, or the order expires.
fn awaits_staff(payment: &payment::Model) -> bool {
    payment.capture_mode == CaptureMode::ByStaff
        && matches!(payment.status, PaymentStatus::ActionRequired | PaymentStatus::Pending)
}

/// Whether an attempt that the provider never heard of can never come to life: nobody sends it any
/// more, and no call is on its way.
fn is_dead(shop: &Shop, payment: &payment::Model, order: &order::Model) -> bool {
    let silent_for = shop.now() - payment.updated_at;
    let is_unsendable = payment.status == PaymentStatus::Unknown && process::key_is_forgotten(shop, payment);
    let nobody_sends = order.status == OrderStatus::Cancelled || is_unsendable;
    nobody_sends && silent_for > CALL_LOST_AFTER
}

/// Whether what waits for the shopper is gone there: a provider forgets it hours or days after nobody has agreed to it. Then they
/// may pay otherwise, also where the order itself expires later, or never.
fn is_forgotten(shop: &Shop, payment: &payment::Model) -> bool {
    let is_known = payment.status == PaymentStatus::ActionRequired && payment.provider_reference.is_some();
    is_known && shop.now() - payment.updated_at > FORGOTTEN_AFTER
}

/// Whether a shopper who was to pay for a change has gone away: they may begin anew, with whatever they like.
fn is_left(shop: &Shop, payment: &payment::Model) -> bool {
    let waits = payment.status == PaymentStatus::ActionRequired && payment.order_version.is_some();
    waits && shop.now() - payment.created_at > LEFT_AFTER
}

/// Grows with the attempt's age: what stays open for days is not asked for every minute.
fn pause(shop: &Shop, payment: &payment::Model) -> TimeDelta {
    let quarter_of_age = (shop.now() - payment.created_at) / 4;
    quarter_of_age.clamp(
        shop.settings.payment_settle_after,
        PAUSE_MAX.max(shop.settings.payment_settle_after),
    )
}

/// Asks the provider once for the order's open attempt, and applies its answer. Gives where the
/// attempt stands then; `None` if there is none.
pub(crate) async fn ask(shop: &Shop, context: &Context, order: OrderId) -> Result<Option<PaymentStatus>, JobError> {
    let open = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.is_in([
            PaymentStatus::Unknown,
            PaymentStatus::ActionRequired,
            PaymentStatus::Pending,
        ]))
        .one(&shop.db)
        .await?;
    let Some(payment) = open else { return Ok(None) };
    let Some(told) = &look_up::look_up(shop, &payment).await? else {
        return Ok(Some(payment.status));
    };
    let status = shop.transact(context, |tx| async move {
        apply(&tx, payment.id, told, Operation::LookUp).await?;
        Ok(load::lock(&tx, payment.id).await?.status)
    });
    Ok(Some(status.await?))
}
