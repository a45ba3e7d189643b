//! What customers change of their own account: their name and their password.

use sea_orm::EntityTrait;
use vitrine_entity::{customer, customer_notice::CustomerNoticeKind, ids::CustomerId};

use super::{
    Holder, notice, password,
    session::{self, Which},
    sign_up::NAME_LENGTH_MAX,
    store::{locked, set_password, write},
};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, error::expect_version, language::messages, limits::account, text,
};

/// What to change.
#[derive(Debug, Clone, Default)]
pub struct CustomerUpdate {
    pub name: Option<String>,
    /// In which language they read: one of the shop's. Mails about the account follow it.
    pub language: Option<String>,
    /// Refuses the change where the account is at another version.
    pub expected_version: Option<i64>,
}

/// The password that they have, and the one that they want. It has no `Debug`: it holds passwords.
#[derive(Clone)]
pub struct PasswordChange {
    pub current: String,
    pub new: String,
}

/// Changes what whoever is signed in is called, and in which language they read.
///
/// # Errors
/// `UNAUTHENTICATED`; `INVALID`; `VERSION_CONFLICT`.
pub async fn update(shop: &Shop, context: &Context, input: CustomerUpdate) -> Result<customer::Model> {
    let id = myself(context)?;
    let name = input.name.as_deref();
    let name = name
        .map(|name| text::line(&["name"], name, NAME_LENGTH_MAX))
        .transpose()?;
    let language = input.language.as_deref();
    let language = language.map(|tag| spoken(shop, tag)).transpose()?;
    let (name, language, expected) = (&name, &language, input.expected_version);
    shop.transact(context, |tx| async move {
        let row = locked(&tx, id).await?;
        expect_version("account", row.version, expected)?;
        let after = customer::Model {
            name: name.clone().unwrap_or_else(|| row.name.clone()),
            language: language.clone().or_else(|| row.language.clone()),
            ..row.clone()
        };
        match after == row {
            true => Ok(row),
            false => write(&tx, after).await,
        }
    })
    .await
}

/// Changes the password of whoever is signed in. Their other sessions end, and they are told by mail.
///
/// # Errors
/// `UNAUTHENTICATED`; `WRONG_CREDENTIALS`; `WEAK_PASSWORD`.
pub async fn change_password(shop: &Shop, context: &Context, input: PasswordChange) -> Result<customer::Model> {
    let id = myself(context)?;
    let verified = &verify(shop, context, id, &input.current, &["currentPassword"]).await?;
    password::check(&["newPassword"], &input.new, &[&verified.email, &verified.name])?;
    let password_hash = &password::hash(shop, context, &input.new).await?;
    shop.transact(context, |tx| async move {
        // Of two who know the old one, and change it at once, one.
        if locked(&tx, id).await?.password_hash != verified.password_hash {
            return Err(wrong(&["currentPassword"]).into());
        }
        let row = set_password(&tx, id, password_hash).await?;
        session::end(
            &tx,
            Which::All {
                of: Holder::Customer(id),
                but: context.session,
            },
        )
        .await?;
        notice::write(&tx, id, CustomerNoticeKind::PasswordChanged).await?;
        Ok(row)
    })
    .await
}

/// One of the shop's languages, as it is kept with an account.
pub(crate) fn spoken(shop: &Shop, tag: &str) -> Result<String, Refusal> {
    let profile = shop.profile();
    let spoken = profile.spoken(tag).map(|tag| tag.to_string());
    spoken.ok_or_else(|| {
        let known: Vec<&str> = profile.languages.iter().map(AsRef::as_ref).collect();
        Refusal::new(ErrorCode::Invalid, messages::language_not_spoken(known.join(", "))).at(&["language"])
    })
}

/// Whoever is signed in as a customer.
pub(crate) fn myself(context: &Context) -> Result<CustomerId, Refusal> {
    let customer = context.viewer.customer();
    customer.ok_or_else(|| Refusal::new(ErrorCode::Unauthenticated, messages::sign_in_account()))
}

/// The customer, if the password is theirs. Who came by a provider has none: a link that sets one goes to the address
/// that is known to be theirs, which proves as much.
///
/// # Errors
/// `WRONG_CREDENTIALS`, `PASSWORD_NOT_SET`, at `field`; `RATE_LIMITED`.
pub(crate) async fn verify(
    shop: &Shop,
    context: &Context,
    id: CustomerId,
    given: &str,
    field: &[&str],
) -> Result<customer::Model> {
    let row = customer::Entity::find_by_id(id).one(&shop.db).await?;
    if row.as_ref().is_some_and(|row| !row.has_password) {
        let message = messages::password_not_set();
        return Err(Refusal::new(ErrorCode::PasswordNotSet, message).at(field).into());
    }
    let email = row.as_ref().map_or("", |row| row.email.as_str());
    let attempt = account::attempt(shop, context, email).await?;
    let hash = row.as_ref().map(|row| row.password_hash.as_str());
    let is_right = password::verify(context, given, hash).await?;
    if is_right {
        attempt.succeeded(shop).await;
    }
    Ok(row.filter(|_| is_right).ok_or_else(|| wrong(field))?)
}

fn wrong(field: &[&str]) -> Refusal {
    Refusal::new(ErrorCode::WrongCredentials, messages::wrong_password()).at(field)
}
