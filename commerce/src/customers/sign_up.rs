//! Opening an account.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, DbErr};
use vitrine_entity::{customer, ids::CustomerId};

use super::{
    account::Account,
    password,
    session::{self, SignedIn},
};
use crate::{Context, Error, ErrorCode, Refusal, Result, Shop, text, transaction::is_unique_violation};

/// The most characters of a person's name.
pub(crate) const NAME_LENGTH_MAX: usize = 120;

/// A new account. It has no `Debug`: it holds a password.
#[derive(Clone)]
pub struct SignUp {
    pub email: String,
    pub password: String,
    pub name: String,
}

/// Opens an account and signs in.
///
/// # Errors
/// `INVALID`, `WEAK_PASSWORD`, all at once; `EMAIL_TAKEN`.
pub async fn sign_up(shop: &Shop, context: &Context, input: SignUp) -> Result<SignedIn> {
    let person = &checked(&input.email, &input.password, &input.name)?;
    // Before the transaction: a hash takes longer than any lock should be held.
    let password_hash = &password::hash(shop, context, &input.password).await?;
    shop.transact(context, |tx| async move {
        let row = customer::ActiveModel {
            id: Set(CustomerId(shop.new_id())),
            email: Set(person.email.clone()),
            name: Set(person.name.clone()),
            password_hash: Set(password_hash.clone()),
            tax_exempt: Set(false),
            tax_exempt_reason: Set(None),
            created_at: Set(shop.now()),
        };
        let customer = row.insert(tx.db()).await.map_err(refuse_taken)?;
        session::open(&tx, Account::Customer(customer.id)).await
    })
    .await
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

/// The address is unique in the database: of two who ask at once, one gets it.
pub(crate) fn refuse_taken(error: DbErr) -> Error {
    if is_unique_violation(&error) {
        let message = "This mail address has an account already. Sign in, or use another address.";
        Refusal::new(ErrorCode::EmailTaken, message).at(&["email"]).into()
    } else {
        error.into()
    }
}
