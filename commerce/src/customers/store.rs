//! Writes a customer's row.

use sea_orm::{ActiveModelTrait, IntoActiveModel};
use vitrine_entity::{customer, ids::CustomerId};

use crate::{
    Refusal, Result, Tx,
    events::{self, EventKind},
    sql,
};

pub(super) async fn locked(tx: &Tx, id: CustomerId) -> Result<customer::Model> {
    let row = tx.lock::<customer::Entity>(id).await?;
    Ok(row.ok_or_else(|| Refusal::not_found("customer"))?)
}

/// Writes a locked row as its next version.
pub(super) async fn write(tx: &Tx, row: customer::Model) -> Result<customer::Model> {
    let row = customer::Model {
        version: row.version + 1,
        ..row
    };
    events::customer(tx, EventKind::CustomerUpdated, row.id, Some(row.version));
    Ok(row.into_active_model().reset_all().update(tx.db()).await?)
}

/// Writes the hash of a new password, and ends every link that went out.
pub(super) async fn set_password(tx: &Tx, id: CustomerId, password_hash: &str) -> Result<customer::Model> {
    let row = locked(tx, id).await?;
    end_links(tx, id).await?;
    let row = customer::Model {
        password_hash: password_hash.to_owned(),
        has_password: true,
        ..row
    };
    write(tx, row).await
}

/// Takes every account at a provider away from them. Those with their mail address come back when it is signed in there
/// anew.
pub(super) async fn unlink_identities(tx: &Tx, id: CustomerId) -> Result<()> {
    for sql in [
        "delete from customer_identity_handshake where identity_id in \
         (select id from customer_identity where customer_id = $1)",
        "delete from customer_identity where customer_id = $1",
    ] {
        sql::execute(tx.db(), sql, [id.into()]).await?;
    }
    Ok(())
}

/// Ends every link that went out about the account: to a new password, to another address, to be erased; and codes that
/// providers sent somebody back with. Whoever had them may be who the password is changed for.
pub(crate) async fn end_links(tx: &Tx, id: CustomerId) -> Result<()> {
    for sql in [
        "delete from customer_password_reset where customer_id = $1",
        "delete from customer_email_change where customer_id = $1",
        "delete from person_erasure where customer_id = $1 and state = 'ASKED'",
        "delete from customer_identity_handshake where identity_id in \
         (select id from customer_identity where customer_id = $1)",
    ] {
        sql::execute(tx.db(), sql, [id.into()]).await?;
    }
    Ok(())
}
