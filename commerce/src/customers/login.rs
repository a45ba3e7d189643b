//! Shoppers sign in with mail address and password.
//!
//! An unknown address, a wrong password and an account that staff have disabled answer alike, and take the same time.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::customer;

use super::{
    account::Account,
    password,
    session::{self, SignedIn},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    language::messages,
    limits::account,
    metrics::{self, Who},
    text,
};

/// Who signs in. It has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct Login {
    pub email: String,
    pub password: String,
}

/// Signs a shopper in.
///
/// # Errors
/// `WRONG_CREDENTIALS`, `RATE_LIMITED`.
pub async fn login_customer(shop: &Shop, context: &Context, input: Login) -> Result<SignedIn> {
    let outcome = verify_and_open(shop, context, input).await;
    metrics::sign_in(Who::Customer, &outcome);
    outcome
}

async fn verify_and_open(shop: &Shop, context: &Context, input: Login) -> Result<SignedIn> {
    let email = normal(&input.email);
    // In its one form: each way to write an address would have tries of its own.
    let attempt = account::attempt(shop, context, email.as_deref().unwrap_or(&input.email)).await?;
    let customer = match email {
        Some(email) => {
            customer::Entity::find()
                .filter(customer::Column::Email.eq(email))
                .one(&shop.db)
                .await?
        }
        None => None,
    };
    let hash = customer.as_ref().map(|customer| customer.password_hash.as_str());
    let right = password::verify(context, &input.password, hash).await?;
    if right {
        attempt.succeeded(shop).await;
    }
    match &customer {
        Some(customer) if right && customer.disabled_at.is_none() => open(shop, context, customer).await,
        _ => Err(wrong().into()),
    }
}

/// Begins a session, unless the account has changed while the password was verified.
async fn open(shop: &Shop, context: &Context, verified: &customer::Model) -> Result<SignedIn> {
    shop.transact(context, |tx| async move {
        let row = tx.lock::<customer::Entity>(verified.id).await?;
        let is_as_it_was =
            |row: &customer::Model| row.disabled_at.is_none() && row.password_hash == verified.password_hash;
        let row = row.filter(is_as_it_was).ok_or_else(wrong)?;
        session::open(&tx, Account::Customer(row.id)).await
    })
    .await
}

/// An address that is none is an address without an account, and answers like one.
pub(crate) fn normal(email: &str) -> Option<String> {
    text::email(&["email"], email).ok()
}

pub(crate) fn wrong() -> Refusal {
    Refusal::new(ErrorCode::WrongCredentials, messages::wrong_credentials())
}
