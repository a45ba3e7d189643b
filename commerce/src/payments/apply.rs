//! Applies what a provider tells of an attempt: the one place that moves an attempt, and with it
//! its order.

use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, Statement};
use serde_json::{Value as Json, json};
use vitrine_entity::{
    ids::PaymentId,
    order::{self, OrderStatus},
    order_event::{self, OrderEventKind},
    payment::{self, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use super::{ledger, refund, state};
use crate::{
    Fault, Refusal, Result, Tx,
    jobs::Job,
    orders::{state::Transition, transition},
    ports::payment::{ChargeState, ProviderCharge},
};

/// Moves the attempt and its order where the provider's word leads. What tells nothing new leaves
/// no trace, however often it is told.
pub(super) async fn apply(
    tx: &Tx,
    id: PaymentId,
    told: &ProviderCharge,
    source: PaymentEntryKind,
    operation: &str,
) -> Result<()> {
    let order_id = order_of(tx, id).await?;
    // Always the order first, then its payment: two appliers never wait for each other in a circle.
    let order = transition::lock(tx, order_id).await?;
    let payment = lock(tx, id).await?;
    if let Some(difference) = difference(&payment, told) {
        let message = format!("The payment provider's record of {id} differs from ours: {difference}.");
        return alert(tx, &order, &message).await;
    }
    let Some(to) = state::next(payment.status, &told.state) else {
        return Ok(());
    };
    ledger::write(tx, id, source, operation, None, ledger::redacted(told)).await?;
    let payment = save(tx, &payment, to, told).await?;
    move_order(tx, order, &payment, told).await
}

/// Tells staff of something that nothing was done about; once, however often it is met.
pub(super) async fn alert(tx: &Tx, order: &order::Model, message: &str) -> Result<()> {
    let told = order_event::Entity::find()
        .filter(order_event::Column::OrderId.eq(order.id))
        .filter(order_event::Column::Kind.eq(OrderEventKind::Alert))
        .all(tx.db())
        .await?;
    if told.iter().any(|event| event.data["message"] == message) {
        return Ok(());
    }
    tracing::error!(order = %order.id, message, "staff must look at an order: nothing was changed");
    transition::note(tx, order, OrderEventKind::Alert, false, json!({ "message": message })).await?;
    Ok(())
}

async fn order_of(tx: &Tx, id: PaymentId) -> Result<vitrine_entity::ids::OrderId> {
    let payment = payment::Entity::find_by_id(id).one(tx.db()).await?;
    Ok(payment.ok_or_else(|| Refusal::not_found("payment"))?.order_id)
}

pub(super) async fn lock(tx: &Tx, id: PaymentId) -> Result<payment::Model> {
    let sql = "update payment set updated_at = updated_at where id = $1 returning *";
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, [id.into()]);
    let payment = payment::Model::find_by_statement(statement).one(tx.db()).await?;
    Ok(payment.ok_or_else(|| Refusal::not_found("payment"))?)
}

/// In what a provider's record is not our attempt's.
fn difference(payment: &payment::Model, told: &ProviderCharge) -> Option<&'static str> {
    if told.payment != payment.id {
        Some("it names another attempt")
    } else if told.amount.currency.code() != payment.currency {
        Some("its currency")
    } else if told.amount.minor != payment.amount_minor {
        Some("its amount")
    } else if told.state == ChargeState::Captured && told.captured_minor != payment.amount_minor {
        Some("what was captured is not what was asked for")
    } else {
        None
    }
}

async fn save(tx: &Tx, payment: &payment::Model, to: PaymentStatus, told: &ProviderCharge) -> Result<payment::Model> {
    let (decline_code, client_action): (Option<&str>, Option<&Json>) = match &told.state {
        ChargeState::Declined { code } => (Some(code), None),
        ChargeState::ActionRequired { client } => (None, Some(client)),
        _ => (None, None),
    };
    let reference = (!told.reference.is_empty()).then_some(told.reference.as_str());
    let sql = "update payment set status = $3, provider_reference = coalesce($4, provider_reference), captured_minor = $5, \
               decline_code = $6, client_action = $7, updated_at = $8 where id = $1 and status = $2 returning *";
    let values = [
        payment.id.into(),
        payment.status.into(),
        to.into(),
        reference.into(),
        told.captured_minor.into(),
        decline_code.into(),
        client_action.cloned().into(),
        tx.shop().now().into(),
    ];
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, values);
    let saved = payment::Model::find_by_statement(statement).one(tx.db()).await?;
    Ok(saved.ok_or_else(|| Fault::Other("a locked payment moved".to_owned(), None))?)
}

/// What the attempt's new state means for its order.
async fn move_order(tx: &Tx, order: order::Model, payment: &payment::Model, told: &ProviderCharge) -> Result<()> {
    let waits = !payment.superseded
        && matches!(
            order.status,
            OrderStatus::Created | OrderStatus::PaymentPending | OrderStatus::PaymentFailed
        );
    let is_pending = waits && order.status == OrderStatus::PaymentPending;
    match payment.status {
        PaymentStatus::Captured if waits => {
            let order = transition::apply(tx, &order, Transition::PaymentSucceeded, json!({})).await?;
            tx.enqueue(Job::DeductStock { order: order.id });
        }
        // Paid, but the order will not be delivered, or was paid by another attempt: the money goes
        // back by itself.
        PaymentStatus::Captured => {
            refund::request(tx, order, payment, "it was not wanted any more").await?;
        }
        PaymentStatus::Declined if is_pending => {
            let data = json!({ "declineCode": payment.decline_code });
            transition::apply(tx, &order, Transition::PaymentFailed, data).await?;
        }
        PaymentStatus::Voided if is_pending => {
            let data = json!({ "declineCode": "voided" });
            transition::apply(tx, &order, Transition::PaymentFailed, data).await?;
        }
        PaymentStatus::ActionRequired if waits => {
            transition::note(tx, &order, OrderEventKind::PaymentActionRequired, true, json!({})).await?;
        }
        PaymentStatus::ActionRequired | PaymentStatus::Pending | PaymentStatus::Authorized if !waits => {
            tx.enqueue(Job::VoidPayment { payment: payment.id });
        }
        _ => tracing::debug!(payment = %payment.id, state = ?told.state, "nothing follows for the order"),
    }
    Ok(())
}
