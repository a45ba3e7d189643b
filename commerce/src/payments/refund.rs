//! Pays money back. A refund has a machine of its own, and its id is the provider's key: however
//! often the job runs, the money goes back once.

use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, Statement};
use serde_json::json;
use vitrine_entity::{
    ids::RefundId,
    order,
    order_event::OrderEventKind,
    payment,
    payment_entry::PaymentEntryKind,
    refund::{self, RefundStatus},
};

use super::{CALL_TIMEOUT, apply, bounded, ledger, process, provider};
use crate::{
    Context, Error, Fault, Result, Shop, Tx,
    jobs::{Job, JobError},
    orders::transition,
    outbox::Lease,
    ports::payment::{ProviderCharge, ProviderError},
};

/// Records that what is left of a captured payment goes back, and the job that does it. Gives the
/// order with the timeline entry that tells of it.
pub(super) async fn request(
    tx: &Tx,
    order: order::Model,
    payment: &payment::Model,
    reason: &str,
) -> Result<order::Model> {
    let amount_minor = payment.captured_minor - payment.refunded_minor - under_way(tx, payment).await?;
    if amount_minor <= 0 {
        return Ok(order);
    }
    let id = RefundId(tx.shop().new_id());
    let row = refund::ActiveModel {
        id: Set(id),
        payment_id: Set(payment.id),
        order_id: Set(order.id),
        amount_minor: Set(amount_minor),
        reason: Set(reason.to_owned()),
        status: Set(RefundStatus::Requested),
        created_at: Set(tx.shop().now()),
        updated_at: Set(tx.shop().now()),
    };
    refund::Entity::insert(row).exec_without_returning(tx.db()).await?;
    tx.enqueue(Job::RefundPayment { refund: id });
    let data = json!({ "amountMinor": amount_minor, "currency": payment.currency });
    transition::note(tx, &order, OrderEventKind::RefundRequested, true, data).await
}

/// What is on its way back already.
async fn under_way(tx: &Tx, payment: &payment::Model) -> Result<i64> {
    let requested = refund::Entity::find()
        .filter(refund::Column::PaymentId.eq(payment.id))
        .filter(refund::Column::Status.eq(RefundStatus::Requested))
        .all(tx.db())
        .await?;
    Ok(requested.iter().map(|refund| refund.amount_minor).sum())
}

/// The job `RefundPayment`.
pub async fn run(shop: &Shop, context: &Context, lease: &Lease, id: RefundId) -> Result<(), JobError> {
    let Some(refund) = refund::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(lease.finish_alone(shop).await?);
    };
    let Some((payment, _)) = process::load(shop, refund.payment_id)
        .await?
        .filter(|_| refund.status == RefundStatus::Requested)
    else {
        return Ok(lease.finish_alone(shop).await?);
    };
    record_request(shop, context, &refund).await?;
    let outcome = call(shop, &payment, &refund).await?;
    let (refund, outcome) = (&refund, &outcome);
    shop.transact(context, |tx| async move {
        match outcome {
            Ok(told) => succeed(&tx, refund, told).await?,
            Err(reason) => fail(&tx, refund, reason).await?,
        }
        lease.finish(&tx).await
    })
    .await?;
    Ok(())
}

async fn record_request(shop: &Shop, context: &Context, refund: &refund::Model) -> Result<()> {
    shop.transact(context, |tx| async move {
        let body = json!({ "amountMinor": refund.amount_minor });
        ledger::write(
            &tx,
            refund.payment_id,
            PaymentEntryKind::Request,
            "refund",
            Some(refund.id.to_string()),
            body,
        )
        .await
    })
    .await
}

/// The provider's record, or why it will never pay back.
async fn call(
    shop: &Shop,
    payment: &payment::Model,
    refund: &refund::Model,
) -> Result<Result<ProviderCharge, String>, JobError> {
    let Some(reference) = &payment.provider_reference else {
        let error = Fault::Corrupt {
            table: "payment",
            column: "provider_reference",
            id: payment.id.to_string(),
        };
        return Err(JobError::Bury(error.into()));
    };
    match bounded(
        CALL_TIMEOUT,
        provider(shop, &payment.provider)?.refund(reference, refund.id, refund.amount_minor),
    )
    .await
    {
        Ok(told) => Ok(Ok(told)),
        // A repetition may be rejected because the first call went through after all.
        Err(ProviderError::Rejected(reason)) => match process::look_up(shop, payment).await? {
            Some(told) if told.refunded_minor >= payment.refunded_minor + refund.amount_minor => Ok(Ok(told)),
            _ => Ok(Err(reason)),
        },
        Err(error) => Err(process::again(shop, refund.created_at, error)),
    }
}

async fn succeed(tx: &Tx, refund: &refund::Model, told: &ProviderCharge) -> Result<()> {
    let order = transition::lock(tx, refund.order_id).await?;
    apply::lock(tx, refund.payment_id).await?;
    ledger::write(
        tx,
        refund.payment_id,
        PaymentEntryKind::Answer,
        "refund",
        Some(refund.id.to_string()),
        ledger::redacted(told),
    )
    .await?;
    if !close(tx, refund, RefundStatus::Succeeded).await? {
        return Ok(());
    }
    let sql = "update payment set refunded_minor = refunded_minor + $2, updated_at = $3, \
               status = case when refunded_minor + $2 = captured_minor then 'REFUNDED' else status end \
               where id = $1 and refunded_minor + $2 <= captured_minor returning *";
    let values = [
        refund.payment_id.into(),
        refund.amount_minor.into(),
        tx.shop().now().into(),
    ];
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, values);
    let payment = payment::Model::find_by_statement(statement).one(tx.db()).await?;
    let over = || Fault::Other(format!("{} would pay back more than was captured", refund.id), None);
    let payment = payment.ok_or_else(over)?;
    let data = json!({ "amountMinor": refund.amount_minor, "currency": payment.currency });
    transition::note(tx, &order, OrderEventKind::Refunded, true, data).await?;
    Ok(())
}

async fn fail(tx: &Tx, refund: &refund::Model, reason: &str) -> Result<()> {
    let order = transition::lock(tx, refund.order_id).await?;
    ledger::write(
        tx,
        refund.payment_id,
        PaymentEntryKind::Answer,
        "refund",
        Some(refund.id.to_string()),
        json!({ "rejected": reason }),
    )
    .await?;
    if close(tx, refund, RefundStatus::Failed).await? {
        tracing::error!(refund = %refund.id, reason, "the provider refused to pay back: staff must act");
        let data = json!({ "message": format!("The payment provider refused a refund: {reason}") });
        transition::note(tx, &order, OrderEventKind::Alert, false, data).await?;
    }
    Ok(())
}

async fn close(tx: &Tx, refund: &refund::Model, to: RefundStatus) -> Result<bool, Error> {
    let sql = "update refund set status = $2, updated_at = $3 where id = $1 and status = 'REQUESTED'";
    let values = [refund.id.into(), to.into(), tx.shop().now().into()];
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, values);
    Ok(tx.db().execute_raw(statement).await?.rows_affected() == 1)
}
