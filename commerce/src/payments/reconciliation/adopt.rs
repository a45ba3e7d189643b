//! Adopts the provider's record of an attempt, because staff have decided so (the repair `TAKE_OVER`):
//! the one step that the machines do not make by themselves.

use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::json;
use vitrine_entity::{
    ids::{PaymentId, RefundId},
    payment,
    payment_entry::PaymentEntryKind,
    refund::{self, RefundStatus},
};

use crate::{
    ErrorCode, Refusal, Result, Tx,
    language::messages,
    payments::{
        attempts::{
            apply::{self, apply},
            follow_up::follow_up,
            load,
            process::never_charged,
            state::Event,
            store,
        },
        ledger::{self, Operation},
        transfers::{balance::Balance, refund as refunds},
    },
    ports::payment::{ChargeState, ProviderCharge},
};

/// Adopts where the attempt stands, what was captured and what was paid back; the order goes
/// where that leads it. `sent_back` are the refunds that the provider says have failed since.
///
/// # Errors
/// Refuses what is not this attempt's record, or cannot be true of it.
pub(super) async fn adopt(
    tx: &Tx,
    id: PaymentId,
    told: &ProviderCharge,
    sent_back: &[(refund::Model, String)],
) -> Result<()> {
    let (_, payment) = load::lock_with_order(tx, id).await?;
    if !is_ours(&payment, told) {
        let message = messages::charge_of_another();
        return Err(Refusal::new(ErrorCode::PaymentState, message).into());
    }
    let body = ledger::redacted(told);
    ledger::write(tx, id, PaymentEntryKind::Answer, Operation::TakeOver, None, body);
    // A decline is not final while the shopper's browser could still confirm it, whatever staff approve.
    let event = Event::Told {
        charge: told,
        after_void: false,
    };
    let has_moved = apply::advance(tx, &payment, &event).await?.is_some();
    if !has_moved {
        adopt_captured(tx, &payment, told).await?;
    }
    for (refund, reason) in sent_back {
        refunds::fail_late(tx, refund, reason).await?;
    }
    adopt_refunded(tx, id, told).await?;
    if has_moved {
        // Both have moved since.
        let (order, payment) = load::lock_with_order(tx, id).await?;
        follow_up(tx, order, &payment).await?;
    }
    Ok(())
}

fn is_ours(payment: &payment::Model, told: &ProviderCharge) -> bool {
    told.payment == payment.id
        && told.amount.minor == payment.amount_minor
        && told.amount.currency == payment.currency
        && told.live == payment.live
        && (payment.captured_minor..=payment.amount_minor).contains(&told.captured_minor)
        && (0..=told.captured_minor).contains(&told.refunded_minor)
}

async fn adopt_captured(tx: &Tx, payment: &payment::Model, told: &ProviderCharge) -> Result<()> {
    if told.state == ChargeState::Captured && told.captured_minor != payment.captured_minor {
        let event = Event::CaptureCorrected {
            captured_minor: told.captured_minor,
        };
        store::advance(tx, payment, &event).await?;
    }
    Ok(())
}

/// What is on its way by ourselves is left to its own job: only what is more than that is news.
/// Which refund is no more where there is less, only the provider can tell.
async fn adopt_refunded(tx: &Tx, id: PaymentId, told: &ProviderCharge) -> Result<()> {
    let payment = load::lock(tx, id).await?;
    let balance = Balance::read(tx, &payment).await?;
    if told.refunded_minor < balance.refunded {
        let message = messages::refund_less_there();
        return Err(Refusal::new(ErrorCode::PaymentState, message).into());
    }
    match told.refunded_minor - balance.refunded - balance.refunding {
        more if more > 0 => write_refund(tx, &payment, more).await,
        _ => Ok(()),
    }
}

async fn write_refund(tx: &Tx, payment: &payment::Model, amount_minor: i64) -> Result<()> {
    let now = tx.shop().now();
    let row = refund::ActiveModel {
        id: Set(RefundId(tx.shop().new_id())),
        payment_id: Set(payment.id),
        order_id: Set(payment.order_id),
        amount_minor: Set(amount_minor),
        reason: Set(refunds::RefundReason::MadeAtProvider.words().to_owned()),
        reason_code: Set(refunds::RefundReason::MadeAtProvider.code()),
        status: Set(RefundStatus::Requested),
        created_at: Set(now),
        updated_at: Set(now),
        provider_reference: Set(None),
        failure: Set(None),
    };
    let refund = refund::Entity::insert(row).exec_with_returning(tx.db()).await?;
    refunds::succeed(tx, &refund, None).await
}

/// Ends an attempt that the provider does not know.
pub(super) async fn give_up(tx: &Tx, id: PaymentId) -> Result<()> {
    let (_, payment) = load::lock_with_order(tx, id).await?;
    let told = never_charged(&payment, ChargeState::Voided)?;
    let (kind, body) = (PaymentEntryKind::Decision, json!({ "known": false }));
    ledger::write(tx, id, kind, Operation::TakeOver, None, body);
    apply(tx, id, &told, Operation::LookUp).await
}
