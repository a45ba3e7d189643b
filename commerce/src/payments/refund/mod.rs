//! Pays money back. A refund has a machine of its own, and its id is the provider's key: however
//! often the job runs, the money goes back once.

mod confirm;
pub mod run;

use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, FromQueryResult, Statement};
use serde_json::json;
use vitrine_entity::{
    ids::{OrderId, RefundId},
    order,
    order_event::OrderEventKind,
    payment,
    payment_entry::PaymentEntryKind,
    refund::{self, RefundStatus},
};

pub use confirm::confirm;

use super::{amount, ledger, load};
use crate::{
    Context, ErrorCode, Fault, Refusal, Result, Shop, Tx,
    idempotency::{self, Claim},
    jobs::Job,
    orders::{alert, transition},
    staff::{
        audit,
        permission::{self, Permission},
    },
    text,
};

/// Which order's money to pay back, and how much of it.
#[derive(Debug, Clone)]
pub struct RefundPayment {
    pub order: OrderId,
    /// A decimal in the order's currency; all that is left where it is not given.
    pub amount: Option<String>,
    /// Shown to the shopper.
    pub reason: Option<String>,
    /// Chosen by the client, once for each refund it means to make.
    pub idempotency_key: String,
}

/// Asks for a refund; the job that follows makes it.
///
/// # Errors
/// Refuses more than was captured and is not back or on its way yet, however many ask at once.
pub async fn refund(shop: &Shop, context: &Context, input: RefundPayment) -> Result<refund::Model> {
    permission::require(context, Permission::Refunds)?;
    let key = &text::line(&["idempotencyKey"], &input.idempotency_key, 255)?;
    let reason = &text::optional_line(&["reason"], input.reason.as_deref(), 200)?;
    let reason = reason.as_deref().unwrap_or("the shop pays it back");
    let input = &input;
    shop.transact_keyed(context, |tx| async move {
        let order = transition::lock(&tx, input.order).await?;
        let id = RefundId(shop.new_id());
        let parts = [&*order.id.to_string(), input.amount.as_deref().unwrap_or("all"), reason];
        let request = idempotency::Request::of_staff(&tx, "payment_refund", key, &parts);
        if let Claim::Replay(id) = idempotency::claim(&tx, &request, order.id, id).await? {
            return find(&tx, id).await;
        }
        let wanted = amount(input.amount.as_deref(), &order)?;
        let (payment, amount_minor) = choose(&tx, &order, wanted).await?;
        let data = json!({ "amountMinor": amount_minor, "payment": payment.id, "reason": reason });
        ledger::write(
            &tx,
            payment.id,
            PaymentEntryKind::Decision,
            "refund",
            None,
            data.clone(),
        )
        .await?;
        audit(&tx, "payment.refund", order.id.to_string(), data).await?;
        begin(&tx, order, &payment, id, amount_minor, reason).await?;
        find(&tx, id).await
    })
    .await
}

/// From which attempt how much is paid back.
async fn choose(tx: &Tx, order: &order::Model, wanted: Option<i64>) -> Result<(payment::Model, i64)> {
    let mut refusal = nothing_captured();
    for payment in load::lock_captured(tx, order.id).await? {
        match load::balance(tx, &payment).await?.refund(wanted) {
            Ok(amount_minor) => return Ok((payment, amount_minor)),
            Err(refused) => refusal = refused,
        }
    }
    Err(refusal.into())
}

fn nothing_captured() -> Refusal {
    Refusal::new(
        ErrorCode::PaymentState,
        "Nothing was captured for this order that could be paid back.",
    )
    .at(&["orderId"])
}

async fn find(tx: &Tx, id: RefundId) -> Result<refund::Model> {
    let refund = refund::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(refund.ok_or_else(|| Refusal::not_found("refund").at(&["refundId"]))?)
}

/// Records that what is left of a captured payment goes back, and the job that does it. Gives the
/// order with the timeline entry that tells of it.
pub(super) async fn request(
    tx: &Tx,
    order: order::Model,
    payment: &payment::Model,
    reason: &str,
) -> Result<order::Model> {
    let amount_minor = load::balance(tx, payment).await?.refundable();
    if amount_minor == 0 {
        return Ok(order);
    }
    begin(tx, order, payment, RefundId(tx.shop().new_id()), amount_minor, reason).await
}

async fn begin(
    tx: &Tx,
    order: order::Model,
    payment: &payment::Model,
    id: RefundId,
    amount_minor: i64,
    reason: &str,
) -> Result<order::Model> {
    let row = refund::ActiveModel {
        id: Set(id),
        payment_id: Set(payment.id),
        order_id: Set(order.id),
        amount_minor: Set(amount_minor),
        reason: Set(reason.to_owned()),
        status: Set(RefundStatus::Requested),
        created_at: Set(tx.shop().now()),
        updated_at: Set(tx.shop().now()),
        provider_reference: Set(None),
        failure: Set(None),
    };
    refund::Entity::insert(row).exec_without_returning(tx.db()).await?;
    tx.enqueue(order.id, Job::RefundPayment { refund: id });
    let data = json!({ "amountMinor": amount_minor, "currency": payment.currency });
    transition::note(tx, &order, OrderEventKind::RefundRequested, true, data).await
}

/// Ends a refund that came through: the payment, and what the shopper is told.
pub(super) async fn succeed(tx: &Tx, refund: &refund::Model, reference: Option<&str>) -> Result<()> {
    let order = transition::lock(tx, refund.order_id).await?;
    load::lock(tx, refund.payment_id).await?;
    if !close(tx, refund, RefundStatus::Succeeded, reference, None).await? {
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

/// A refund that had come through has come back: the shopper's bank would not take it.
pub(super) async fn fail_late(tx: &Tx, refund: &refund::Model, reason: &str) -> Result<()> {
    let order = transition::lock(tx, refund.order_id).await?;
    load::lock(tx, refund.payment_id).await?;
    let db = tx.shop().db.get_database_backend();
    let now = tx.shop().now();
    let sql =
        "update refund set status = 'FAILED', failure = $2, updated_at = $3 where id = $1 and status = 'SUCCEEDED'";
    let values = [refund.id.into(), reason.into(), now.into()];
    let statement = Statement::from_sql_and_values(db, sql, values);
    if tx.db().execute_raw(statement).await?.rows_affected() == 0 {
        return Ok(());
    }
    let sql = "update payment set refunded_minor = refunded_minor - $2, updated_at = $3, \
               status = case when status = 'REFUNDED' then 'CAPTURED' else status end where id = $1";
    let values = [refund.payment_id.into(), refund.amount_minor.into(), now.into()];
    tx.db()
        .execute_raw(Statement::from_sql_and_values(db, sql, values))
        .await?;
    let message = format!("The shopper's bank sent the refund {} back: {reason}", refund.id);
    alert(tx, order, &message).await?;
    Ok(())
}

/// Ends a refund, unless it has ended before.
async fn close(
    tx: &Tx,
    refund: &refund::Model,
    to: RefundStatus,
    reference: Option<&str>,
    failure: Option<&str>,
) -> Result<bool> {
    let sql = "update refund set status = $2, provider_reference = coalesce($3, provider_reference), failure = $4, \
               updated_at = $5 where id = $1 and status = 'REQUESTED'";
    let values = [
        refund.id.into(),
        to.into(),
        reference.into(),
        failure.into(),
        tx.shop().now().into(),
    ];
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, values);
    Ok(tx.db().execute_raw(statement).await?.rows_affected() == 1)
}
