//! Which customer it is that has signed in at a provider: a known one, or a new one.
//!
//! An account is found by what names it at the provider. The first time it is found by its mail address, if the
//! provider says that this is theirs and the account has proven it here, too, so that nobody can have opened the account
//! before its owner came. Where nobody has the address there is a new account, without a password.

use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use vitrine_entity::{
    customer, customer_identity,
    customer_notice::CustomerNoticeKind,
    ids::{CustomerId, IdentityId},
};

use super::ticket::once;
use crate::{
    ErrorCode, Refusal, Result, Tx,
    customers::{login::normal, notice, password, sign_up::NAME_LENGTH_MAX},
    events::{self, EventKind},
    flags::{self, Capability},
    language::messages,
    ports::identity_provider::Identity,
    sql, text,
};

/// The account at the provider, as it is known here from now on.
pub(super) async fn recognise(tx: &Tx, provider: &str, known: &Identity) -> Result<IdentityId> {
    let row = customer_identity::Entity::find()
        .filter(customer_identity::Column::Provider.eq(provider))
        .filter(customer_identity::Column::Subject.eq(&known.subject))
        .one(tx.db())
        .await?;
    if let Some(row) = row {
        open(tx, row.customer_id).await?;
        let used = customer_identity::Model {
            last_used_at: tx.shop().now(),
            ..row
        };
        return Ok(used.into_active_model().reset_all().update(tx.db()).await?.id);
    }
    let email = known.verified_email.as_deref().and_then(normal);
    let email = email.ok_or_else(unverified)?;
    let found = customer::Entity::find()
        .filter(customer::Column::Email.eq(&email))
        .one(tx.db())
        .await?;
    let customer = match found {
        Some(found) => {
            let found = open(tx, found.id).await?;
            if !found.address_proven {
                return Err(unproven().into());
            }
            refuse_second(tx, provider, found.id).await?;
            notice::write(tx, found.id, CustomerNoticeKind::IdentityLinked).await?;
            found.id
        }
        None => create(tx, known, &email).await?,
    };
    link(tx, provider, known, customer, &email).await
}

/// Locked, so that it is not shut or erased meanwhile: whoever does that locks it first.
async fn open(tx: &Tx, id: CustomerId) -> Result<customer::Model> {
    let row = tx.lock::<customer::Entity>(id).await?;
    Ok(row.filter(|row| row.disabled_at.is_none()).ok_or_else(shut)?)
}

/// A provider gives an address to one account of its own. Where another was linked by it before, the address has been given
/// to somebody else since.
async fn refuse_second(tx: &Tx, provider: &str, customer: CustomerId) -> Result<()> {
    let linked = customer_identity::Entity::find()
        .filter(customer_identity::Column::Provider.eq(provider))
        .filter(customer_identity::Column::CustomerId.eq(customer))
        .one(tx.db())
        .await?;
    match linked {
        None => Ok(()),
        Some(_) => {
            let message = messages::provider_other_linked();
            Err(Refusal::new(ErrorCode::WrongCredentials, message).into())
        }
    }
}

async fn create(tx: &Tx, known: &Identity, email: &str) -> Result<CustomerId> {
    flags::require_in(tx, Capability::SignUp).await?;
    let row = customer::Model {
        id: CustomerId(tx.shop().new_id()),
        email: email.to_owned(),
        name: name(known, email),
        password_hash: password::NOBODY.to_owned(),
        has_password: false,
        address_proven: true,
        created_at: tx.shop().now(),
        tax_exempt: false,
        tax_exempt_reason: None,
        version: 1,
        disabled_at: None,
        last_seen_at: None,
        inactivity_told_at: None,
        language: Some(tx.context().locale.to_string()),
    };
    let row = row.into_active_model().insert(tx.db()).await.map_err(once)?;
    events::customer(tx, EventKind::CustomerCreated, row.id, Some(row.version));
    // Links to confirm the address open nothing any more.
    let asked = "delete from customer_sign_up where email = $1";
    sql::execute(tx.db(), asked, [email.into()]).await?;
    Ok(row.id)
}

/// As the provider has it, or what stands before the `@`.
fn name(known: &Identity, email: &str) -> String {
    let local = email.split('@').next();
    let told = [known.name.as_deref(), local].into_iter().flatten();
    let fits = |name| text::line(&["name"], name, NAME_LENGTH_MAX).ok();
    told.into_iter()
        .find_map(fits)
        .unwrap_or_else(|| email.chars().take(NAME_LENGTH_MAX).collect())
}

async fn link(tx: &Tx, provider: &str, known: &Identity, customer: CustomerId, email: &str) -> Result<IdentityId> {
    let now = tx.shop().now();
    let row = customer_identity::Model {
        id: IdentityId(tx.shop().new_id()),
        provider: provider.to_owned(),
        subject: known.subject.clone(),
        customer_id: customer,
        email: email.to_owned(),
        created_at: now,
        last_used_at: now,
    };
    // Of two first sign-ins at once, one.
    Ok(row.into_active_model().insert(tx.db()).await.map_err(once)?.id)
}

fn shut() -> Refusal {
    let message = messages::provider_not_let_in();
    Refusal::new(ErrorCode::WrongCredentials, message)
}

/// Somebody else may have opened the account, in a version that did not ask for a proof.
fn unproven() -> Refusal {
    let message = messages::provider_own_unconfirmed();
    Refusal::new(ErrorCode::EmailUnverified, message)
}

fn unverified() -> Refusal {
    let message = messages::provider_unconfirmed();
    Refusal::new(ErrorCode::EmailUnverified, message)
}
