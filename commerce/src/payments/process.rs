//! The job `ProcessPayment`: charges an attempt.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ConnectionTrait, EntityTrait, Statement};
use serde_json::json;
use vitrine_entity::{
    ids::PaymentId,
    order::{self, OrderStatus},
    payment::{self, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use super::{CALL_TIMEOUT, LOOK_UP_TIMEOUT, apply, bounded, ledger, provider};
use crate::{
    Context, Error, Fault, Result, Shop,
    jobs::JobError,
    money::Money,
    outbox::Lease,
    ports::payment::{Charge, ChargeState, ProviderCharge, ProviderError},
};

/// How soon, and how late at the latest, a provider is called again that was away.
const OUTAGE_PAUSE_MIN: TimeDelta = TimeDelta::seconds(2);
const OUTAGE_PAUSE_MAX: TimeDelta = TimeDelta::minutes(5);

/// Charges the attempt, unless it was charged or given up before. No transaction is open while
/// the provider is called.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: PaymentId) -> Result<(), JobError> {
    let Some((payment, order)) = load(shop, id).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    if !matches!(payment.status, PaymentStatus::Created | PaymentStatus::Unknown) {
        return Ok(lease.finish_alone(shop).await?);
    }
    let sent_before = payment.status == PaymentStatus::Unknown;
    let found = if sent_before {
        look_up(shop, &payment).await?
    } else {
        None
    };
    let told = match found {
        Some(charge) => charge,
        // Nobody wants it any more, but an earlier call may still be on its way: `SettlePayment`
        // gives it up once it cannot be.
        None if order.status == OrderStatus::Cancelled => return Ok(lease.finish_alone(shop).await?),
        None => match send(shop, context, &payment, &order).await? {
            Sent::Told(charge) => charge,
            Sent::GivenUp => return Ok(lease.finish_alone(shop).await?),
        },
    };
    let (told, operation) = (&told, "charge");
    shop.transact(context, |tx| async move {
        apply::apply(&tx, id, told, PaymentEntryKind::Answer, operation).await?;
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

pub(super) async fn load(shop: &Shop, id: PaymentId) -> Result<Option<(payment::Model, order::Model)>> {
    let Some(payment) = payment::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    let order = order::Entity::find_by_id(payment.order_id).one(&shop.db).await?;
    Ok(order.map(|order| (payment, order)))
}

/// Asks the provider for our attempt.
pub(super) async fn look_up(shop: &Shop, payment: &payment::Model) -> Result<Option<ProviderCharge>, JobError> {
    bounded(LOOK_UP_TIMEOUT, provider(shop, &payment.provider)?.find(payment.id))
        .await
        .map_err(|error| again(shop, payment.created_at, error))
}

enum Sent {
    Told(ProviderCharge),
    /// Somebody gave the attempt up before it was sent.
    GivenUp,
}

async fn send(
    shop: &Shop,
    context: &Context,
    payment: &payment::Model,
    order: &order::Model,
) -> Result<Sent, JobError> {
    if !mark_sent(shop, context, payment).await? {
        return Ok(Sent::GivenUp);
    }
    let charge = Charge {
        payment: payment.id,
        order_number: order.number.clone(),
        amount: amount_of(payment)?,
        method_token: payment.method_token.clone(),
        capture: true,
    };
    match bounded(CALL_TIMEOUT, provider(shop, &payment.provider)?.charge(&charge)).await {
        Ok(told) => Ok(Sent::Told(told)),
        // It can never succeed as it stands: to the shopper that is a decline. After a call whose
        // outcome is unknown it proves nothing: the first may be the reason for it.
        Err(ProviderError::Rejected(reason)) if payment.status == PaymentStatus::Created => {
            tracing::warn!(payment = %payment.id, reason, "the provider rejected a charge");
            let state = ChargeState::Declined {
                code: "rejected_by_provider".to_owned(),
            };
            Ok(Sent::Told(ProviderCharge {
                state,
                ..never_sent(payment)?
            }))
        }
        Err(error) => Err(again(shop, payment.created_at, error)),
    }
}

/// From here on the outcome is unknown until the provider tells it. Recorded before the call.
async fn mark_sent(shop: &Shop, context: &Context, payment: &payment::Model) -> Result<bool> {
    shop.transact(context, |tx| async move {
        let sql =
            "update payment set status = 'UNKNOWN', updated_at = $2 where id = $1 and status in ('CREATED', 'UNKNOWN')";
        let values = [payment.id.into(), shop.now().into()];
        let statement = Statement::from_sql_and_values(shop.db.get_database_backend(), sql, values);
        if tx.db().execute_raw(statement).await?.rows_affected() == 0 {
            return Ok(false);
        }
        let body = json!({ "amountMinor": payment.amount_minor, "currency": payment.currency });
        ledger::write(
            &tx,
            payment.id,
            PaymentEntryKind::Request,
            "charge",
            Some(payment.id.to_string()),
            body,
        )
        .await?;
        Ok(true)
    })
    .await
}

/// What an attempt is that the provider has no record of: given up.
pub(super) fn never_sent(payment: &payment::Model) -> Result<ProviderCharge, Fault> {
    Ok(ProviderCharge {
        reference: payment.provider_reference.clone().unwrap_or_default(),
        payment: payment.id,
        state: ChargeState::Voided,
        amount: amount_of(payment)?,
        captured_minor: 0,
        refunded_minor: 0,
    })
}

fn amount_of(payment: &payment::Model) -> Result<Money, Fault> {
    let currency = payment.currency.parse();
    let currency = currency.map_err(|_| Fault::Corrupt {
        table: "payment",
        column: "currency",
        id: payment.id.to_string(),
    })?;
    Ok(Money::new(payment.amount_minor, currency))
}

/// When a provider's error is to be met again. That the provider is away is no fault of the job's,
/// which is not buried for it; the pause grows with the time since the job was due.
pub(super) fn again(shop: &Shop, since: DateTime<Utc>, error: ProviderError) -> JobError {
    match error {
        ProviderError::RateLimited { retry_after_seconds } => {
            JobError::Defer(TimeDelta::seconds(retry_after_seconds.clamp(1, 3600) as i64))
        }
        ProviderError::Rejected(_) => JobError::Retry(Error::Fault(Fault::Provider(error))),
        ProviderError::Unavailable(_) | ProviderError::Unknown(_) | ProviderError::Misconfigured(_) => {
            JobError::Outage {
                error: Error::Fault(Fault::Provider(error)),
                pause: ((shop.now() - since) / 4).clamp(OUTAGE_PAUSE_MIN, OUTAGE_PAUSE_MAX),
            }
        }
    }
}
