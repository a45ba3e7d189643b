//! Asking for an account. The answer is the same, and takes the same, whether or not the address has one: a mail
//! to it tells the rest.

use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, ColumnTrait, DbErr, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter};
use vitrine_entity::{
    customer_sign_up::{self, Column},
    ids::CustomerSignUpId,
};

use super::{link, password};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx,
    flags::{self, Capability},
    jobs::MailKind,
    language::messages,
    limits::{Kind, account},
    notifications, text,
    transaction::is_unique_violation,
};

/// The most characters of a person's name.
pub(crate) const NAME_LENGTH_MAX: usize = 120;

/// How long the link of a mail opens. What was not confirmed by then is forgotten.
const LIFETIME: TimeDelta = TimeDelta::days(1);

/// The most mails to one address within an hour: nobody's mailbox is filled from here. Each network may ask for fewer
/// ([`account::may_ask_for_mail`]), so that a stranger cannot use them up before the address's owner comes.
pub(super) const MAILS_MAX: u64 = 10;
const MAILS_WITHIN: TimeDelta = TimeDelta::hours(1);

pub(super) const PURPOSE: &str = "customer-sign-up:";

/// A new account. It has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct SignUp {
    pub email: String,
    pub password: String,
    pub name: String,
}

/// Asks for an account: it is one once the link of the mail was followed ([`confirm`](super::confirm::confirm)).
/// Whoever has an account with this address already is told so by mail.
///
/// # Errors
/// `FORBIDDEN` where the shop opens no accounts; `INVALID`, `WEAK_PASSWORD`, all at once.
pub async fn sign_up(shop: &Shop, context: &Context, input: SignUp) -> Result<()> {
    flags::require(shop, context, Capability::SignUp).await?;
    let person = &checked(&input.email, &input.password, &input.name)?;
    // Before the transaction: a hash takes longer than any lock should be held.
    let password_hash = &password::hash(shop, context, &input.password).await?;
    let may_ask = account::may_ask_for_mail(shop, context, Kind::SignUp, &person.email).await;
    shop.transact(context, |tx| async move {
        let lately = mails_lately(&tx, &person.email).await?;
        let is_mailed = may_ask && lately < MAILS_MAX;
        let now = shop.now();
        // Who has the address is not even looked up here: the mail's job does.
        let row = customer_sign_up::Model {
            id: CustomerSignUpId(shop.new_id()),
            email: person.email.clone(),
            name: person.name.clone(),
            password_hash: password_hash.clone(),
            is_mailed,
            created_at: now,
            expires_at: now + LIFETIME,
            language: Some(context.locale.to_string()),
        };
        let row = row.into_active_model().insert(tx.db()).await?;
        notifications::tell(&tx, MailKind::CustomerSignUp { sign_up: row.id });
        Ok(())
    })
    .await
}

/// Where whoever got the mail goes on.
pub fn url(shop: &Shop, id: CustomerSignUpId) -> String {
    link::url(
        &shop.settings.account_url,
        "confirm",
        &link::token(shop, PURPOSE, id, 0),
    )
}

/// Whether the link opens; nothing is asked for any more once its row is gone.
pub fn is_open(row: &customer_sign_up::Model, now: DateTime<Utc>) -> bool {
    row.is_mailed && row.expires_at > now
}

/// Forgets what nobody confirmed, a bounded number at a time. Gives how many.
pub(crate) async fn forget(shop: &Shop) -> Result<u64> {
    let sql = "delete from customer_sign_up where id in \
               (select id from customer_sign_up where expires_at < $1 order by expires_at limit 1000)";
    shop.execute(sql, [shop.now().into()]).await
}

async fn mails_lately(tx: &Tx, email: &str) -> Result<u64> {
    let lately = customer_sign_up::Entity::find()
        .filter(Column::Email.eq(email))
        .filter(Column::IsMailed.eq(true))
        .filter(Column::CreatedAt.gt(tx.shop().now() - MAILS_WITHIN));
    Ok(lately.count(tx.db()).await?)
}

/// What a person says of themselves, in its normal form.
pub(crate) struct Person {
    pub(crate) email: String,
    pub(crate) name: String,
}

/// Gathers everything that is wrong, so that a form can show it at once.
pub(crate) fn checked(email: &str, password: &str, name: &str) -> Result<Person> {
    let address = email;
    let email = text::email(&["email"], email);
    let password = password::check(&["password"], password, &[address, name]);
    let name = text::line(&["name"], name, NAME_LENGTH_MAX);
    match (email, password, name) {
        (Ok(email), Ok(()), Ok(name)) => Ok(Person { email, name }),
        (email, password, name) => Err(Error::Refused(
            [email.err(), password.err(), name.err()]
                .into_iter()
                .flatten()
                .collect(),
        )),
    }
}

/// The address is unique in the database: of two who ask at once, one gets it. For those who may know who works here.
pub(crate) fn refuse_taken(error: DbErr) -> Error {
    if is_unique_violation(&error) {
        let message = messages::email_taken();
        Refusal::new(ErrorCode::EmailTaken, message).at(&["email"]).into()
    } else {
        error.into()
    }
}
