//! Ends a refund, and its payment with it.

use sea_orm::{ConnectionTrait, FromQueryResult, Statement};
use serde_json::json;
use vitrine_entity::{
    order_event::OrderEventKind,
    payment,
    refund::{self, RefundStatus},
};

use crate::{
    Fault, Result, Tx,
    orders::{alert, transition},
    payments::attempts::load,
};

/// Ends a refund that came through: the payment, and what the shopper is told.
pub(in crate::payments) async fn succeed(tx: &Tx, refund: &refund::Model, reference: Option<&str>) -> Result<()> {
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
pub(in crate::payments) async fn fail_late(tx: &Tx, refund: &refund::Model, reason: &str) -> Result<()> {
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
pub(super) async fn close(
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
