//! The sign-ins of a customer, as what they do with their account ends them.

use vitrine_entity::ids::{CustomerId, SessionId};

use crate::{Result, Tx, sql};

/// Ends every session of `customer` but `kept`.
pub(crate) async fn end(tx: &Tx, customer: CustomerId, kept: Option<SessionId>) -> Result<()> {
    let nobody = SessionId(uuid::Uuid::nil());
    let sql = "update session set revoked_at = $2 where customer_id = $1 and revoked_at is null and id <> $3";
    let values = [customer.into(), tx.shop().now().into(), kept.unwrap_or(nobody).into()];
    sql::execute(tx.db(), sql, values).await?;
    Ok(())
}
