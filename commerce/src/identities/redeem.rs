//! A front end makes a session of the code that a browser brought back.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use vitrine_entity::{
    customer, customer_identity, customer_identity_handshake, identity, identity_handshake, staff_member,
};

use super::finish::hash;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop, Tx,
    customers::{
        SignedIn,
        session::{self, Account},
    },
    language::messages,
    staff::second_factor::{Proof, prove},
};

/// How long whoever has a second factor may look for it.
const SECOND_FACTOR_LIFETIME: TimeDelta = TimeDelta::minutes(5);

/// What a front end brings for a session. It has no `Debug`.
#[derive(Clone)]
pub struct Redemption {
    /// What came back in the fragment.
    pub code: String,
    /// What it made up when it began.
    pub verifier: String,
    /// Of the second factor, where they have one.
    pub second_factor: Option<String>,
}

/// What the database is asked with.
struct Brought<'a> {
    hash: Vec<u8>,
    challenge: String,
    second_factor: Option<&'a str>,
}

/// Signs in whoever the code is for. A code that a second factor is missing for stays good for some minutes.
///
/// # Errors
/// `INVALID_TOKEN`, the same for every code that opens nothing; `SECOND_FACTOR_REQUIRED`, `WRONG_SECOND_FACTOR`,
/// `TOO_MANY_ATTEMPTS`.
pub async fn redeem(shop: &Shop, context: &Context, input: Redemption) -> Result<SignedIn> {
    let brought = &Brought {
        hash: hash(&input.code),
        challenge: URL_SAFE_NO_PAD.encode(Sha256::digest(&input.verifier)),
        second_factor: input.second_factor.as_deref(),
    };
    let outcome = shop.transact(context, |tx| async move {
        match of_member(&tx, brought).await? {
            Some(outcome) => Ok(outcome),
            None => Ok(Ok(of_customer(&tx, brought).await?)),
        }
    });
    outcome.await?
}

/// `None` for what is no code of a member of staff. A refusal within is to be committed: it counts.
async fn of_member(tx: &Tx, brought: &Brought<'_>) -> Result<Option<Result<SignedIn>>> {
    let found = identity_handshake::Entity::find()
        .filter(identity_handshake::Column::CodeHash.eq(brought.hash.clone()))
        .one(tx.db())
        .await?;
    let Some(found) = found else { return Ok(None) };
    // Locked: of two who come at once, one is let in.
    let row = tx.lock::<identity_handshake::Entity>(found.id).await?;
    let row = row.filter(|row| brought.opens(tx, row.redeemed_at, row.expires_at, &row.challenge));
    let row = row.ok_or_else(dead)?;
    let theirs = identity::Entity::find_by_id(row.identity_id).one(tx.db()).await?;
    let member = theirs.ok_or_else(dead)?.staff_member_id;
    let member = staff_member::Entity::find_by_id(member).one(tx.db()).await?;
    let member = member.filter(|member| member.active).ok_or_else(dead)?;
    let proof = prove(tx, member.id, brought.second_factor).await?;
    if let Err(refused) = proof.refused() {
        if proof == Proof::Missing {
            let longer = identity_handshake::Model {
                expires_at: row.created_at + SECOND_FACTOR_LIFETIME,
                ..row
            };
            longer.into_active_model().reset_all().update(tx.db()).await?;
        }
        return Ok(Some(Err(refused)));
    }
    let used = identity_handshake::Model {
        redeemed_at: Some(tx.shop().now()),
        ..row
    };
    used.into_active_model().reset_all().update(tx.db()).await?;
    Ok(Some(Ok(session::open(tx, Account::Staff(member.id)).await?)))
}

async fn of_customer(tx: &Tx, brought: &Brought<'_>) -> Result<SignedIn> {
    let found = customer_identity_handshake::Entity::find()
        .filter(customer_identity_handshake::Column::CodeHash.eq(brought.hash.clone()))
        .one(tx.db())
        .await?;
    let id = found.ok_or_else(dead)?.id;
    let row = tx.lock::<customer_identity_handshake::Entity>(id).await?;
    let row = row.filter(|row| brought.opens(tx, row.redeemed_at, row.expires_at, &row.challenge));
    let row = row.ok_or_else(dead)?;
    let theirs = customer_identity::Entity::find_by_id(row.identity_id)
        .one(tx.db())
        .await?;
    let customer = theirs.ok_or_else(dead)?.customer_id;
    let used = customer_identity_handshake::Model {
        redeemed_at: Some(tx.shop().now()),
        ..row
    };
    used.into_active_model().reset_all().update(tx.db()).await?;
    // It may have been shut since.
    let open = tx.lock::<customer::Entity>(customer).await?;
    let open = open
        .filter(|customer| customer.disabled_at.is_none())
        .ok_or_else(dead)?;
    session::open(tx, Account::Customer(open.id)).await
}

impl Brought<'_> {
    fn opens(&self, tx: &Tx, redeemed: Option<DateTime<Utc>>, expires: DateTime<Utc>, challenge: &str) -> bool {
        redeemed.is_none()
            && tx.shop().now() < expires
            && bool::from(challenge.as_bytes().ct_eq(self.challenge.as_bytes()))
    }
}

fn dead() -> Refusal {
    let message = messages::sign_in_code_dead();
    Refusal::new(ErrorCode::InvalidToken, message).at(&["code"])
}
