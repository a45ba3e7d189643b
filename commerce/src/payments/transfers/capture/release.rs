//! What is held beyond the last part that was taken is given up, rather than left to lapse.

use vitrine_entity::ids::PaymentId;

use crate::{
    Result, Tx,
    orders::sent_on,
    payments::{attempts::load, transfers::balance::Balance},
    sql,
};

/// Whether what is still held of a payment is wanted no more: all that is sent has left, and what was taken in parts pays it; or
/// a part was taken that was to release the rest, and nobody knows whether it did.
pub(in crate::payments) async fn is_rest_free(tx: &Tx, payment: PaymentId) -> Result<bool> {
    let (order, payment) = load::lock_with_order(tx, payment).await?;
    let balance = Balance::read(tx, &payment).await?;
    if balance.captured == 0 || balance.capturing > 0 || balance.captured >= balance.authorized {
        return Ok(false);
    }
    let is_closed = payment.captures_in_parts && !balance.in_parts;
    Ok(is_closed || balance.capturable() > 0 && sent_on(tx, &order).await?.is_all)
}

/// Notes that nothing is held any more of a payment that was taken in parts.
pub(in crate::payments) async fn note_released(tx: &Tx, payment: PaymentId) -> Result<()> {
    let sql =
        "update payment set captures_in_parts = false, capture_before = null where id = $1 and captured_minor > 0";
    sql::execute(tx.db(), sql, [payment.into()]).await?;
    Ok(())
}
