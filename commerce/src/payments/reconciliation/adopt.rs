//! Makes our record of an attempt what the provider's says, because staff have decided so: the one
//! step that the machines do not make by themselves.

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, Statement};
use serde_json::json;
use vitrine_entity::{
    ids::{PaymentId, RefundId},
    payment::{self, PaymentStatus},
    payment_entry::PaymentEntryKind,
    refund::{self, RefundStatus},
};

use crate::{
    ErrorCode, Refusal, Result, Tx,
    orders::transition,
    payments::{
        attempts::{
            apply::{self, apply},
            load,
            revivable::{give_up_first, may_be_revived},
            state,
        },
        ledger,
        transfers::refund as refunds,
    },
    ports::payment::{ChargeState, ProviderCharge},
};

/// The operation under which it stands in the ledger.
const OPERATION: &str = "take_over";

/// Takes over where the attempt stands, what was captured and what was paid back; the order goes
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
    let order = transition::lock(tx, load::order_of(tx, id).await?).await?;
    let payment = load::lock(tx, id).await?;
    if !is_ours(&payment, told) {
        let message = "The provider's record is of another charge, or of less than our ledger has.";
        return Err(Refusal::new(ErrorCode::PaymentState, message).into());
    }
    let body = ledger::redacted(told);
    ledger::write(tx, id, PaymentEntryKind::Answer, OPERATION, None, body).await?;
    let to = state::next(payment.status, &told.state);
    let payment = match to {
        // The shopper's browser could still confirm it, whatever staff approve.
        Some(PaymentStatus::Declined) if may_be_revived(&payment) => {
            give_up_first(tx, &payment, told).await?;
            load::lock(tx, id).await?
        }
        Some(to) => apply::save(tx, &payment, to, told).await?,
        None => take_over_captured(tx, payment, told).await?,
    };
    for (refund, reason) in sent_back {
        refunds::fail_late(tx, refund, reason).await?;
    }
    take_over_refunded(tx, payment.id, told).await?;
    if to.is_some() {
        // Both have moved since.
        let order = transition::lock(tx, order.id).await?;
        let payment = load::lock(tx, id).await?;
        apply::move_order(tx, order, &payment).await?;
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

async fn take_over_captured(tx: &Tx, payment: payment::Model, told: &ProviderCharge) -> Result<payment::Model> {
    if told.captured_minor == payment.captured_minor || told.state != ChargeState::Captured {
        return Ok(payment);
    }
    let sql = "update payment set captured_minor = $2, status = 'CAPTURED', updated_at = $3 where id = $1";
    execute(
        tx,
        sql,
        [payment.id.into(), told.captured_minor.into(), tx.shop().now().into()],
    )
    .await?;
    load::lock(tx, payment.id).await
}

/// What is on its way by ourselves is left to its own job: only what is more than that is news.
/// Which refund is no more where there is less, only the provider can tell.
async fn take_over_refunded(tx: &Tx, id: PaymentId, told: &ProviderCharge) -> Result<()> {
    let payment = load::lock(tx, id).await?;
    let balance = load::balance(tx, &payment).await?;
    if told.refunded_minor < balance.refunded {
        let message = "The provider paid back less than our ledger says, and says of no refund of ours that it failed.";
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
        reason: Set("made at the provider".to_owned()),
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
    transition::lock(tx, load::order_of(tx, id).await?).await?;
    let payment = load::lock(tx, id).await?;
    let told = ProviderCharge {
        reference: payment.provider_reference.clone().unwrap_or_default(),
        payment: payment.id,
        state: ChargeState::Voided,
        amount: load::money(&payment, payment.amount_minor)?,
        captured_minor: 0,
        refunded_minor: 0,
        live: payment.live,
        capture_before: None,
        request_id: None,
    };
    ledger::write(
        tx,
        id,
        PaymentEntryKind::Decision,
        OPERATION,
        None,
        json!({ "known": false }),
    )
    .await?;
    apply(tx, id, &told, apply::LOOK_UP).await
}

async fn execute<const N: usize>(tx: &Tx, sql: &str, values: [sea_orm::Value; N]) -> Result<()> {
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, values);
    tx.db().execute_raw(statement).await?;
    Ok(())
}
