//! A browser comes back from the provider.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use serde_json::json;
use sha2::{Digest, Sha256};
use vitrine_entity::{
    identity, identity_handshake,
    ids::{IdentityId, StaffMemberId},
    staff_member,
};

use super::{
    begin::{found, unusable},
    ticket::Ticket,
};
use crate::{
    Context, Error, ErrorCode, Refusal, Result, Shop, Tx, customers::login::normal, ports::identity_provider::Identity,
    staff::audit_of, transaction::is_unique_violation,
};

/// How long the code is good that the front end gets.
const CODE_LIFETIME: TimeDelta = TimeDelta::seconds(60);

/// Finds out who has signed in, and gives a code that is good once for a session of theirs.
///
/// # Errors
/// `INVALID_TOKEN` for a way that was not begun in this browser, took too long or was ended before;
/// `WRONG_CREDENTIALS` where what the provider says does not hold, and for whoever does not work here.
pub async fn finish(
    shop: &Shop,
    context: &Context,
    provider: &str,
    cookie: &str,
    state: &str,
    code: &str,
) -> Result<String> {
    let ticket = Ticket::read(shop, provider, cookie).filter(|ticket| ticket.is_state(shop, state));
    let ticket = &ticket.ok_or_else(stale)?;
    let known = found(shop, provider)?.identify(code, &ticket.handshake(shop)).await;
    let known = &known.map_err(unusable)?;
    let mut secret = [0; 32];
    shop.ids.fill(&mut secret);
    let code = URL_SAFE_NO_PAD.encode(secret);
    let hash = &hash(&code);
    shop.transact(context, |tx| async move {
        let theirs = recognise(&tx, provider, known).await?;
        let now = shop.now();
        let row = identity_handshake::Model {
            id: ticket.id,
            identity_id: theirs,
            code_hash: hash.clone(),
            challenge: ticket.challenge.clone(),
            created_at: now,
            expires_at: now + CODE_LIFETIME,
            redeemed_at: None,
        };
        // Each way is ended once: whoever copied it comes too late.
        row.into_active_model()
            .insert(tx.db())
            .await
            .map_err(|error| match is_unique_violation(&error) {
                true => stale().into(),
                false => Error::from(error),
            })
    })
    .await?;
    Ok(code)
}

/// What the database keeps of a code.
pub(super) fn hash(code: &str) -> Vec<u8> {
    Sha256::digest(code).to_vec()
}

/// The account at the provider, as it is known here: by itself, or the first time by its mail address.
async fn recognise(tx: &Tx, provider: &str, known: &Identity) -> Result<IdentityId> {
    let row = identity::Entity::find()
        .filter(identity::Column::Provider.eq(provider))
        .filter(identity::Column::Subject.eq(&known.subject))
        .one(tx.db())
        .await?;
    if let Some(row) = row {
        let used = identity::Model {
            last_used_at: tx.shop().now(),
            ..row
        };
        return Ok(used.into_active_model().reset_all().update(tx.db()).await?.id);
    }
    let email = known.verified_email.as_deref().and_then(normal).ok_or_else(nobody)?;
    let member = staff_member::Entity::find()
        .filter(staff_member::Column::Email.eq(&email))
        .filter(staff_member::Column::Active.eq(true))
        .one(tx.db())
        .await?;
    link(tx, provider, known, member.ok_or_else(nobody)?.id, &email).await
}

async fn link(tx: &Tx, provider: &str, known: &Identity, member: StaffMemberId, email: &str) -> Result<IdentityId> {
    let now = tx.shop().now();
    let row = identity::Model {
        id: IdentityId(tx.shop().new_id()),
        provider: provider.to_owned(),
        subject: known.subject.clone(),
        staff_member_id: member,
        email: email.to_owned(),
        created_at: now,
        last_used_at: now,
    };
    // Of two first sign-ins at once, one.
    let written = row.into_active_model().insert(tx.db()).await;
    let row = written.map_err(|error| match is_unique_violation(&error) {
        true => Error::from(stale()),
        false => error.into(),
    })?;
    let data = json!({ "provider": provider, "email": email });
    audit_of(tx, member, "staff.identity_link", member.to_string(), data).await?;
    Ok(row.id)
}

fn stale() -> Refusal {
    Refusal::new(
        ErrorCode::InvalidToken,
        "This sign-in was not begun here, or too long ago: begin anew.",
    )
}

fn nobody() -> Refusal {
    let message = "Nobody works here with this account: ask for an invitation to its mail address.";
    Refusal::new(ErrorCode::WrongCredentials, message)
}
