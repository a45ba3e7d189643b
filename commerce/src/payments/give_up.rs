//! What becomes of the payments of an order that will not be delivered.

use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, Statement};
use serde_json::json;
use vitrine_entity::{
    order,
    payment::{self, PaymentStatus},
    payment_entry::PaymentEntryKind,
};

use super::{ledger, refund};
use crate::{Result, Tx, jobs::Job};

/// Gives up, or pays back, whatever the order's attempts hold. What is still unknown is left to
/// `SettlePayment`: when its money turns up, it is paid back then.
pub async fn give_up(tx: &Tx, mut order: order::Model) -> Result<order::Model> {
    let payments = payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order.id))
        .all(tx.db())
        .await?;
    for payment in &payments {
        match payment.status {
            PaymentStatus::Created => drop_unsent(tx, payment).await?,
            PaymentStatus::Captured => order = refund::request(tx, order, payment, "the order was cancelled").await?,
            PaymentStatus::Authorized | PaymentStatus::ActionRequired | PaymentStatus::Pending => {
                tx.enqueue(Job::VoidPayment { payment: payment.id });
            }
            PaymentStatus::Unknown | PaymentStatus::Declined | PaymentStatus::Voided | PaymentStatus::Refunded => {}
        }
    }
    Ok(order)
}

/// An attempt that never reached the provider ends here, unless it is being sent this moment.
async fn drop_unsent(tx: &Tx, payment: &payment::Model) -> Result<()> {
    let sql = "update payment set status = 'VOIDED', updated_at = $2 where id = $1 and status = 'CREATED'";
    let values = [payment.id.into(), tx.shop().now().into()];
    let statement = Statement::from_sql_and_values(tx.shop().db.get_database_backend(), sql, values);
    if tx.db().execute_raw(statement).await?.rows_affected() == 1 {
        ledger::write(tx, payment.id, PaymentEntryKind::Decision, "give_up", None, json!({})).await?;
    }
    Ok(())
}
