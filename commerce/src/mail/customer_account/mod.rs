//! The mails about a shopper's account. They are one letter with other words: what happened, perhaps where to go
//! on, and what to do where it was somebody else.

mod words;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{
    customer, customer_email_change,
    customer_notice::{self, CustomerNoticeKind},
    customer_password_reset, customer_sign_up,
    ids::{CustomerEmailChangeId, CustomerNoticeId, CustomerPasswordResetId, CustomerSignUpId, PersonErasureId},
    person_erasure,
};

pub(super) use self::words::Account;
use crate::{
    Result, Shop,
    customers::{email_change, reset, sign_up},
    jobs::JobError,
    mail::{
        render::{Letter, render, templates},
        words::{kept_language, language_of, one_line},
    },
    outbox::Lease,
    ports::mailer::Mail,
    privacy::{erasure, inactivity},
};

templates! { Account: "customer_account/body.txt", "customer_account/body.html" }

/// To whoever has the address with which somebody wants an account: how to confirm it, or that there is one.
pub(super) async fn load_sign_up(shop: &Shop, lease: &Lease, id: CustomerSignUpId) -> Result<Option<Mail>, JobError> {
    let row = customer_sign_up::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = row.filter(|row| sign_up::is_open(row, shop.now())) else {
        return Ok(None);
    };
    if is_taken(shop, &row.email).await? {
        return send_to(shop, lease, &Account::of_taken_sign_up(shop), &row.email).await;
    }
    let expires = (row.expires_at, shop.profile().time_zone).into();
    let shown = Account::of_sign_up(shop, sign_up::url(shop, id), expires);
    let language = match &row.language {
        Some(tag) => kept_language(shop, Some(tag)),
        None => language_of(shop, &row.email).await?,
    };
    Ok(Some(render(&shown, &language, lease.id.to_string(), &row.email)?))
}

/// `None` where nobody has the address that was given, or the link opens nothing any more.
pub(super) async fn load_reset(
    shop: &Shop,
    lease: &Lease,
    id: CustomerPasswordResetId,
) -> Result<Option<Mail>, JobError> {
    let row = customer_password_reset::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = row.filter(|row| reset::is_open(shop, row)) else {
        return Ok(None);
    };
    let Some(customer) = row.customer_id else {
        return Ok(None);
    };
    let customer = customer::Entity::find_by_id(customer).one(&shop.db).await?;
    let Some(customer) = customer else {
        return Ok(None);
    };
    let shown = Account::of_reset(
        shop,
        &customer.name,
        reset::url(shop, id),
        (row.expires_at, shop.profile().time_zone).into(),
    );
    send_to(shop, lease, &shown, &customer.email).await
}

/// To the new address: how to agree, or that it has an account of its own.
pub(super) async fn load_email_change(
    shop: &Shop,
    lease: &Lease,
    id: CustomerEmailChangeId,
) -> Result<Option<Mail>, JobError> {
    let row = customer_email_change::Entity::find_by_id(id).one(&shop.db).await?;
    let Some(row) = row.filter(|row| email_change::is_open(shop, row)) else {
        return Ok(None);
    };
    let shown = match is_taken(shop, &row.email).await? {
        true => Account::of_taken_change(shop),
        false => Account::of_change(
            shop,
            email_change::url(shop, id),
            (row.expires_at, shop.profile().time_zone).into(),
        ),
    };
    send_to(shop, lease, &shown, &row.email).await
}

/// `None` where the link opens nothing any more.
pub(super) async fn load_erasure(shop: &Shop, lease: &Lease, id: PersonErasureId) -> Result<Option<Mail>, JobError> {
    let row = person_erasure::Entity::find_by_id(id).one(&shop.db).await?;
    let row = row.filter(|row| erasure::is_open(shop, row));
    let Some((email, expires)) = row.and_then(|row| Some((row.email?, row.expires_at))) else {
        return Ok(None);
    };
    let shown = Account::of_erasure(shop, erasure::url(shop, id), (expires, shop.profile().time_zone).into());
    send_to(shop, lease, &shown, &email).await
}

/// To the address that the account had when it happened.
pub(super) async fn load_notice(shop: &Shop, lease: &Lease, id: CustomerNoticeId) -> Result<Option<Mail>, JobError> {
    let Some(row) = customer_notice::Entity::find_by_id(id).one(&shop.db).await? else {
        return Ok(None);
    };
    let at = match row.kind {
        CustomerNoticeKind::Unused => row.created_at + inactivity::TOLD_BEFORE,
        _ => row.created_at,
    };
    let at = (at, shop.profile().time_zone).into();
    let shown = Account::of_notice(shop, row.kind, &one_line(&row.name), at);
    send_to(shop, lease, &shown, &row.email).await
}

async fn send_to(shop: &Shop, lease: &Lease, shown: &Account, email: &str) -> Result<Option<Mail>, JobError> {
    let language = language_of(shop, email).await?;
    Ok(Some(render(shown, &language, lease.id.to_string(), email)?))
}

async fn is_taken(shop: &Shop, email: &str) -> Result<bool, JobError> {
    let account = customer::Entity::find().filter(customer::Column::Email.eq(email));
    Ok(account.one(&shop.db).await?.is_some())
}
