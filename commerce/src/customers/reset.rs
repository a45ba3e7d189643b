//! A shopper who has forgotten their password gets a link by mail, and sets a new one.
//!
//! Asking answers and takes the same whether or not the address has an account. No mail goes to an address without
//! one: strangers would fill mailboxes from here.

use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    customer,
    customer_notice::CustomerNoticeKind,
    customer_password_reset::{self, Column},
    ids::{CustomerId, CustomerPasswordResetId},
};

use super::{
    account::{Account, Holder},
    link, notice, password,
    session::{self, SignedIn, Which},
    store,
};
use crate::{Context, Refusal, Result, Shop, Tx, jobs::MailKind, notifications, sql, text};

/// How long the link of a mail opens.
const LIFETIME: TimeDelta = TimeDelta::hours(1);

/// The most mails to one address within an hour: nobody's mailbox is filled from here.
const MAILS_MAX: u64 = 3;

const PURPOSE: &str = "customer-password-reset:";

/// A new password. It has no `Debug`.
#[derive(Clone)]
pub struct PasswordReset {
    /// The one of the mail's link.
    pub token: String,
    pub password: String,
}

/// Sends a link to whoever has the address, if they have an account. Answers alike for every address.
///
/// # Errors
/// `INVALID` for what is no address at all.
pub async fn request(shop: &Shop, context: &Context, email: &str) -> Result<()> {
    let email = &text::email(&["email"], email)?;
    shop.transact(context, |tx| async move {
        let customer = customer::Entity::find()
            .filter(customer::Column::Email.eq(email))
            .one(tx.db())
            .await?;
        send(&tx, customer.as_ref()).await
    })
    .await
}

/// Sends a link to a customer, unless they got a few of late, or are let in no more.
pub(crate) async fn send(tx: &Tx, customer: Option<&customer::Model>) -> Result<()> {
    let customer = customer.filter(|customer| customer.disabled_at.is_none());
    let customer = customer.map(|customer| customer.id);
    let is_enough = mails_lately(tx, customer).await? >= MAILS_MAX;
    let now = tx.shop().now();
    let row = customer_password_reset::Model {
        id: CustomerPasswordResetId(tx.shop().new_id()),
        customer_id: customer.filter(|_| !is_enough),
        created_at: now,
        expires_at: now + LIFETIME,
    };
    let row = row.into_active_model().insert(tx.db()).await?;
    // For nobody's, too: the job finds that there is nothing to send.
    notifications::tell(tx, MailKind::CustomerPasswordReset { reset: row.id });
    Ok(())
}

/// Sets a new password by a mail's link, ends all sessions, and signs in anew. Accounts at providers let nobody in any
/// more: whoever it is reset for may have linked one. But those by which an account without a password came to be are
/// its owner's.
///
/// # Errors
/// `INVALID_TOKEN`, the same for every token that opens nothing; `WEAK_PASSWORD`.
pub async fn reset(shop: &Shop, context: &Context, input: PasswordReset) -> Result<SignedIn> {
    let id = link::id_of::<CustomerPasswordResetId>(&input.token).ok_or_else(dead)?;
    let row = customer_password_reset::Entity::find_by_id(id).one(&shop.db).await?;
    // Before a password is hashed: that costs us, and strangers come here.
    let is_valid = link::is_valid(shop, &input.token, PURPOSE, id, 0);
    let row = row.filter(|row| is_valid && is_open(shop, row)).ok_or_else(dead)?;
    let owner = match row.customer_id {
        Some(id) => customer::Entity::find_by_id(id).one(&shop.db).await?,
        None => None,
    };
    let owner = owner.ok_or_else(dead)?;
    password::check(&["password"], &input.password, &[&owner.email, &owner.name])?;
    let password_hash = &password::hash(shop, context, &input.password).await?;
    shop.transact(context, |tx| async move {
        let customer = use_up(&tx, id).await?;
        let before = store::locked(&tx, customer).await?;
        if before.disabled_at.is_some() {
            return Err(dead().into());
        }
        if before.has_password {
            store::unlink_identities(&tx, customer).await?;
        }
        store::set_password(&tx, customer, password_hash).await?;
        // They have the mail.
        let proven = "update customer set address_proven = true where id = $1";
        sql::execute(tx.db(), proven, [customer.into()]).await?;
        session::end(
            &tx,
            Which::All {
                of: Holder::Customer(customer),
                but: None,
            },
        )
        .await?;
        notice::write(&tx, customer, CustomerNoticeKind::PasswordChanged).await?;
        session::open(&tx, Account::Customer(customer)).await
    })
    .await
}

/// Where whoever got the mail goes on.
pub fn url(shop: &Shop, id: CustomerPasswordResetId) -> String {
    let token = link::token(shop, PURPOSE, id, 0);
    link::url(&shop.settings.account_url, "password-reset", &token)
}

/// Whether its link opens; it does not any more once its row is gone.
pub fn is_open(shop: &Shop, row: &customer_password_reset::Model) -> bool {
    row.customer_id.is_some() && row.expires_at > shop.now()
}

/// Deletes what expired, a bounded number at a time. Gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from customer_password_reset where id in \
               (select id from customer_password_reset where expires_at < $1 order by expires_at limit 1000)";
    shop.execute(sql, [shop.now().into()]).await
}

/// Of two who come at once, one.
async fn use_up(tx: &Tx, id: CustomerPasswordResetId) -> Result<CustomerId> {
    let sql = "delete from customer_password_reset where id = $1 and expires_at > $2 and customer_id is not null \
               returning *";
    let values = [id.into(), tx.shop().now().into()];
    let row: Option<customer_password_reset::Model> = sql::one(tx.db(), sql, values).await?;
    Ok(row.and_then(|row| row.customer_id).ok_or_else(dead)?)
}

/// Asked for nobody's address, too: it takes as long.
async fn mails_lately(tx: &Tx, customer: Option<CustomerId>) -> Result<u64> {
    let nobody = CustomerId(uuid::Uuid::nil());
    let lately = customer_password_reset::Entity::find()
        .filter(Column::CustomerId.eq(customer.unwrap_or(nobody)))
        .filter(Column::CreatedAt.gt(tx.shop().now() - LIFETIME));
    Ok(lately.count(tx.db()).await?)
}

fn dead() -> Refusal {
    link::dead("ask for a new mail.")
}
