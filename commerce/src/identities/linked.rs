//! The accounts at providers by which somebody signs in: a member of staff, or a customer.

use chrono::{DateTime, Utc};
use sea_orm::FromQueryResult;
use serde_json::json;
use vitrine_entity::{
    customer,
    ids::{CustomerId, IdentityId, StaffMemberId},
};

use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    customers::{
        Holder,
        session::{holder, key},
    },
    language::messages,
    sql,
    staff::audit,
};

/// The most of one account that are listed.
const LISTED_MAX: i64 = 100;

/// An account at a provider.
#[derive(Debug, Clone, PartialEq, Eq, FromQueryResult)]
pub struct Linked {
    pub id: IdentityId,
    /// As the configuration names it.
    pub provider: String,
    /// By which it was found to be theirs.
    pub email: String,
    pub created_at: DateTime<Utc>,
    pub last_used_at: DateTime<Utc>,
}

/// Those of whoever is signed in, the newest first.
///
/// # Errors
/// `UNAUTHENTICATED`.
pub async fn linked(shop: &Shop, context: &Context) -> Result<Vec<Linked>> {
    let of = holder(context)?;
    let sql = match of {
        Holder::Staff(_) => {
            "select id, provider, email, created_at, last_used_at from identity where staff_member_id = $1 \
             order by id desc limit $2"
        }
        Holder::Customer(_) => {
            "select id, provider, email, created_at, last_used_at from customer_identity where customer_id = $1 \
             order by id desc limit $2"
        }
    };
    let values = [key(of), LISTED_MAX.into()];
    Ok(sql::all(&shop.db, sql, values).await?)
}

/// Takes one of them away: it lets nobody in any more, unless its mail address does anew. Sessions go on.
///
/// # Errors
/// `UNAUTHENTICATED`; `NOT_FOUND`; `PASSWORD_NOT_SET` for the last way into a customer's account.
pub async fn unlink(shop: &Shop, context: &Context, id: Option<IdentityId>) -> Result<()> {
    let of = holder(context)?;
    let id = id.ok_or_else(missing)?;
    shop.transact(context, |tx| async move {
        match of {
            Holder::Staff(member) => unlink_of_member(&tx, member, id).await,
            Holder::Customer(customer) => unlink_of_customer(&tx, customer, id).await,
        }
    })
    .await
}

/// Deletes what is over, later than any way takes, a bounded number at a time. Gives how many.
pub async fn forget(shop: &Shop) -> Result<u64> {
    let mut forgotten = 0;
    let before = shop.now() - shop.settings.retention.ended_sessions;
    for sql in [
        "delete from identity_handshake where id in \
         (select id from identity_handshake where created_at < $1 order by created_at limit 1000)",
        "delete from customer_identity_handshake where id in \
         (select id from customer_identity_handshake where created_at < $1 order by created_at limit 1000)",
    ] {
        forgotten += shop.execute(sql, [before.into()]).await?;
    }
    Ok(forgotten)
}

async fn unlink_of_member(tx: &Tx, member: StaffMemberId, id: IdentityId) -> Result<()> {
    let sql = "delete from identity_handshake where identity_id in \
               (select id from identity where id = $1 and staff_member_id = $2)";
    sql::execute(tx.db(), sql, [id.into(), member.into()]).await?;
    let sql = "delete from identity where id = $1 and staff_member_id = $2";
    if sql::execute(tx.db(), sql, [id.into(), member.into()]).await? == 0 {
        return Err(missing().into());
    }
    audit(
        tx,
        "staff.identity_unlink",
        member.to_string(),
        json!({ "identity": id }),
    )
    .await
}

async fn unlink_of_customer(tx: &Tx, customer: CustomerId, id: IdentityId) -> Result<()> {
    // Locked: of two who take the last two away at once, one.
    let row = tx.lock::<customer::Entity>(customer).await?;
    let sql = "delete from customer_identity_handshake where identity_id in \
               (select id from customer_identity where id = $1 and customer_id = $2)";
    sql::execute(tx.db(), sql, [id.into(), customer.into()]).await?;
    let sql = "delete from customer_identity where id = $1 and customer_id = $2";
    if sql::execute(tx.db(), sql, [id.into(), customer.into()]).await? == 0 {
        return Err(missing().into());
    }
    let sql = "select id from customer_identity where customer_id = $1 limit 1";
    let others: Vec<IdentityId> = sql::column(tx.db(), sql, [customer.into()]).await?;
    if others.is_empty() && row.is_some_and(|row| !row.has_password) {
        let message = messages::provider_only_key();
        return Err(Refusal::new(ErrorCode::PasswordNotSet, message).into());
    }
    Ok(())
}

fn missing() -> Refusal {
    Refusal::not_found("identity").at(&["id"])
}
