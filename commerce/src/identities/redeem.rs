//! A front end makes a session of the code that a browser brought back.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use sea_orm::{ActiveModelTrait, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use vitrine_entity::{identity, identity_handshake, staff_member};

use super::finish::hash;
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    customers::{
        SignedIn,
        session::{self, Account},
    },
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

/// Signs in whoever the code is for. A code that a second factor is missing for stays good for some minutes.
///
/// # Errors
/// `INVALID_TOKEN`, the same for every code that opens nothing; `SECOND_FACTOR_REQUIRED`, `WRONG_SECOND_FACTOR`,
/// `TOO_MANY_ATTEMPTS`.
pub async fn redeem(shop: &Shop, context: &Context, input: Redemption) -> Result<SignedIn> {
    let (hash, second_factor) = (&hash(&input.code), input.second_factor.as_deref());
    let challenge = &URL_SAFE_NO_PAD.encode(Sha256::digest(&input.verifier));
    let outcome = shop.transact(context, |tx| async move {
        let found = identity_handshake::Entity::find()
            .filter(identity_handshake::Column::CodeHash.eq(hash.clone()))
            .one(tx.db())
            .await?;
        let id = found.ok_or_else(dead)?.id;
        // Locked: of two who come at once, one is let in.
        let row = tx.lock::<identity_handshake::Entity>(id).await?;
        let row = row.filter(|row| row.redeemed_at.is_none() && shop.now() < row.expires_at);
        let row = row.filter(|row| row.challenge.as_bytes().ct_eq(challenge.as_bytes()).into());
        let row = row.ok_or_else(dead)?;
        let theirs = identity::Entity::find_by_id(row.identity_id)
            .one(tx.db())
            .await?
            .ok_or_else(dead)?;
        let member = staff_member::Entity::find_by_id(theirs.staff_member_id)
            .one(tx.db())
            .await?;
        let member = member.filter(|member| member.active).ok_or_else(dead)?;
        let proof = prove(&tx, member.id, second_factor).await?;
        // To be committed, although the answer is a refusal: it counts.
        if let Err(refused) = proof.refused() {
            if proof == Proof::Missing {
                let longer = identity_handshake::Model {
                    expires_at: row.created_at + SECOND_FACTOR_LIFETIME,
                    ..row
                };
                longer.into_active_model().reset_all().update(tx.db()).await?;
            }
            return Ok(Err(refused));
        }
        let used = identity_handshake::Model {
            redeemed_at: Some(shop.now()),
            ..row
        };
        used.into_active_model().reset_all().update(tx.db()).await?;
        Ok(Ok(session::open(&tx, Account::Staff(member.id)).await?))
    });
    outcome.await?
}

fn dead() -> Refusal {
    let message = "This code is used or too old: sign in at the provider anew.";
    Refusal::new(ErrorCode::InvalidToken, message).at(&["code"])
}
