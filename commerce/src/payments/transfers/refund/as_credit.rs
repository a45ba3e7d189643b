//! What a payment had brought is paid back as credit, or not as credit after all.

use serde_json::json;
use vitrine_entity::{payment, payment_entry::PaymentEntryKind};

use crate::{
    Fault, Result, Tx,
    money::Money,
    payments::ledger::{self, Operation},
    sql,
};

/// Notes that a part of what was captured is paid back as store credit: never more than is left of it.
pub(super) async fn credit_payment(tx: &Tx, payment: &payment::Model, amount_minor: i64) -> Result<()> {
    let sql = "update payment set credited_minor = credited_minor + $2 \
               where id = $1 and refunded_minor + credited_minor + $2 <= captured_minor";
    let changed = sql::execute(tx.db(), sql, [payment.id.into(), amount_minor.into()]).await?;
    let money = Money::new(amount_minor, payment.currency);
    match changed {
        1 => {
            let data = json!({ "amountMinor": amount_minor, "payment": payment.id, "to": "STORE_CREDIT" });
            let kind = PaymentEntryKind::Decision;
            ledger::write(tx, payment.id, kind, Operation::RefundAsCredit, None, data);
            Ok(())
        }
        _ => Err(Fault::Other(format!("{} has no {money} left to pay back", payment.id), None).into()),
    }
}

/// What was paid back as credit is not any more: the provider pays it.
pub(super) async fn uncredit_payment(tx: &Tx, payment: &payment::Model, amount_minor: i64) -> Result<()> {
    let sql = "update payment set credited_minor = credited_minor - $2 where id = $1 and credited_minor - $2 >= 0";
    if sql::execute(tx.db(), sql, [payment.id.into(), amount_minor.into()]).await? != 1 {
        return Err(Fault::Other(format!("{} was not paid back as credit", payment.id), None).into());
    }
    let data = json!({ "amountMinor": amount_minor, "payment": payment.id, "from": "STORE_CREDIT" });
    let kind = PaymentEntryKind::Decision;
    ledger::write(tx, payment.id, kind, Operation::Refund, None, data);
    Ok(())
}
