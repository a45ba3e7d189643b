//! A customer wants another mail address: whoever has it agrees by a link, and the old one is told.
//!
//! Asking answers alike whether or not the new address has an account; a mail to it tells the rest.

use chrono::TimeDelta;
use sea_orm::{
    ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, sea_query::SimpleExpr,
};
use vitrine_entity::{
    customer,
    customer_email_change::{self, Column},
    customer_notice::CustomerNoticeKind,
    ids::CustomerEmailChangeId,
};

use super::{link, notice, own, sign_up::MAILS_MAX, store};
use crate::{
    Context, Error, Refusal, Result, Shop, Tx,
    jobs::{Job, MailKind},
    notifications, sql, text,
    transaction::is_unique_violation,
};

/// How long the link of a mail opens.
const LIFETIME: TimeDelta = TimeDelta::days(1);

/// The most mails within an hour that one account asks for. To one address more may go, whoever asks, so that others
/// do not use up what its owner may ask for; but nobody's mailbox is filled from here.
const MAILS_OF_ACCOUNT_MAX: u64 = 3;
const MAILS_WITHIN: TimeDelta = TimeDelta::hours(1);

const PURPOSE: &str = "customer-email-change:";

/// Which address they want. It has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct EmailChange {
    pub password: String,
    pub email: String,
}

/// Sends a link to the new address of whoever is signed in, and tells the old one.
///
/// # Errors
/// `UNAUTHENTICATED`; `WRONG_CREDENTIALS`; `INVALID`.
pub async fn request(shop: &Shop, context: &Context, input: EmailChange) -> Result<()> {
    let id = own::myself(context)?;
    let email = &text::email(&["email"], &input.email)?;
    own::verify(shop, context, id, &input.password, &["password"]).await?;
    shop.transact(context, |tx| async move {
        let by_account = mails_lately(&tx, Column::CustomerId.eq(id)).await?;
        let to_address = mails_lately(&tx, Column::Email.eq(email)).await?;
        let is_mailed = by_account < MAILS_OF_ACCOUNT_MAX && to_address < MAILS_MAX;
        let now = shop.now();
        let row = customer_email_change::Model {
            id: CustomerEmailChangeId(shop.new_id()),
            customer_id: id,
            email: email.clone(),
            is_mailed,
            created_at: now,
            expires_at: now + LIFETIME,
        };
        let row = row.into_active_model().insert(tx.db()).await?;
        notifications::tell(&tx, MailKind::CustomerEmailChange { change: row.id });
        if is_mailed {
            notice::write(&tx, id, CustomerNoticeKind::EmailChangeRequested).await?;
        }
        Ok(())
    })
    .await
}

/// Gives the account the address that a mail's link is about, and tells the one before. What was ordered with the
/// new address becomes the account's.
///
/// # Errors
/// `INVALID_TOKEN`, the same for every token that opens nothing.
pub async fn confirm(shop: &Shop, context: &Context, token: &str) -> Result<()> {
    let id = link::id_of::<CustomerEmailChangeId>(token).ok_or_else(dead)?;
    if !link::is_valid(shop, token, PURPOSE, id, 0) {
        return Err(dead().into());
    }
    shop.transact(context, |tx| async move {
        let change = use_up(&tx, id).await?;
        let customer = change.customer_id;
        let is_own = own::myself(context).is_ok_and(|viewer| viewer == customer);
        if store::locked(&tx, customer).await?.disabled_at.is_some() {
            return Err(dead().into());
        }
        notice::write(&tx, customer, CustomerNoticeKind::EmailChanged).await?;
        // They went to the address before.
        store::end_links(&tx, customer).await?;
        let row = store::locked(&tx, customer).await?;
        let row = customer::Model {
            email: change.email,
            // Whoever follows the link without being signed in shows that the address is theirs, not that the account is.
            address_proven: is_own,
            version: row.version + 1,
            ..row
        };
        let written = row.into_active_model().reset_all().update(tx.db()).await;
        // Somebody has it meanwhile.
        written.map_err(|error| match is_unique_violation(&error) {
            true => dead().into(),
            false => Error::from(error),
        })?;
        if is_own {
            tx.enqueue(None, Job::AdoptOrders { customer });
        }
        Ok(())
    })
    .await
}

/// Where whoever got the mail goes on.
pub fn url(shop: &Shop, id: CustomerEmailChangeId) -> String {
    let token = link::token(shop, PURPOSE, id, 0);
    link::url(&shop.settings.account_url, "email-change", &token)
}

/// Whether its link opens; it does not any more once its row is gone.
pub fn is_open(shop: &Shop, row: &customer_email_change::Model) -> bool {
    row.is_mailed && row.expires_at > shop.now()
}

/// Forgets what nobody confirmed, a bounded number at a time. Gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from customer_email_change where id in \
               (select id from customer_email_change where expires_at < $1 order by expires_at limit 1000)";
    shop.execute(sql, [shop.now().into()]).await
}

async fn mails_lately(tx: &Tx, which: SimpleExpr) -> Result<u64> {
    let lately = customer_email_change::Entity::find()
        .filter(which)
        .filter(Column::IsMailed.eq(true))
        .filter(Column::CreatedAt.gt(tx.shop().now() - MAILS_WITHIN));
    Ok(lately.count(tx.db()).await?)
}

/// Uses the link up, and with it every other of the account: of two who come at once, one.
async fn use_up(tx: &Tx, id: CustomerEmailChangeId) -> Result<customer_email_change::Model> {
    let sql = "delete from customer_email_change where id = $1 and expires_at > $2 returning *";
    let values = [id.into(), tx.shop().now().into()];
    let row: Option<customer_email_change::Model> = sql::one(tx.db(), sql, values).await?;
    let row = row.ok_or_else(dead)?;
    let others = "delete from customer_email_change where customer_id = $1";
    sql::execute(tx.db(), others, [row.customer_id.into()]).await?;
    Ok(row)
}

fn dead() -> Refusal {
    link::dead("ask for the change again.")
}
