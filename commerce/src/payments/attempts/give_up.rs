//! What becomes of the payments of an order that will not be delivered.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use serde_json::json;
use vitrine_entity::{
    ids::OrderId,
    order,
    payment::{self, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use super::{apply::LAST_LOOK, load, state::Event, store};
use crate::{
    Result, Tx,
    jobs::Job,
    payments::{
        ledger::{self, Operation},
        transfers::refund,
    },
};

/// Gives up, or pays back, whatever the order's attempts hold. What is still unknown is left to
/// `SettlePayment`: when its money turns up, it is paid back then.
pub async fn give_up(tx: &Tx, mut order: order::Model) -> Result<order::Model> {
    let payments = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order.id))
        .all(tx.db())
        .await?;
    for payment in &payments {
        match payment.status {
            PaymentStatus::Created => {
                drop_unsent(tx, payment).await?;
            }
            PaymentStatus::Captured => {
                order = refund::request(tx, order, payment, refund::RefundReason::OrderCancelled).await?
            }
            PaymentStatus::Authorized | PaymentStatus::ActionRequired | PaymentStatus::Pending => {
                tx.enqueue(payment.order_id, Job::VoidPayment { payment: payment.id });
            }
            PaymentStatus::Unknown | PaymentStatus::Declined | PaymentStatus::Voided | PaymentStatus::Refunded => {}
        }
    }
    Ok(order)
}

/// Withdraws an attempt that cannot reach its provider and never has: another may open. Gives whether
/// there was one.
pub(super) async fn withdraw_unsent(tx: &Tx, order: OrderId) -> Result<bool> {
    let stuck = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .filter(payment::Column::Status.eq(PaymentStatus::Created))
        .filter(payment::Column::Trouble.is_not_null())
        .one(tx.db())
        .await?;
    match stuck {
        Some(payment) => drop_unsent(tx, &payment).await,
        None => Ok(false),
    }
}

/// An attempt that never reached the provider ends here, unless it is being sent this moment. Gives
/// whether it did.
async fn drop_unsent(tx: &Tx, payment: &payment::Model) -> Result<bool> {
    let payment = load::lock(tx, payment.id).await?;
    if store::advance(tx, &payment, &Event::Withdrawn).await?.is_none() {
        return Ok(false);
    }
    let (kind, operation) = (PaymentEntryKind::Decision, Operation::GiveUp);
    ledger::write(tx, payment.id, kind, operation, None, json!({}));
    // Costs nothing, and sees what a frozen worker may still send.
    tx.enqueue_after(payment.order_id, Job::CheckPayment { payment: payment.id }, LAST_LOOK);
    Ok(true)
}
