//! Access tokens: short-lived, and signed.
//!
//! No row is read to verify one: whoever has the shop's public keys (`/.well-known/jwks.json`) does it, too. Whether
//! its session lives is another question, which `staff::access` asks: of a shopper's, the list of what ended of late
//! that every server keeps in memory; of a member of staff's the database, with what they may do.
//!
//! They are JWTs of RFC 9068: `typ` is `at+jwt`, `alg` is `EdDSA`, `kid` names one of our keys. A key that a token
//! brings along (`jwk`, `jku`, `x5u`, `x5c`) is never looked at. The library checks the signature, the algorithm,
//! the issuer and the audience. Expiry is checked here, because the library reads the machine's clock and the shop
//! has its own.
//!
//! The version before signed with HS256. Such a token is not accepted any more, also while servers of both versions
//! run: its client refreshes, as with one that has expired.

#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, Header, Validation};
use serde::{Deserialize, Serialize};
use vitrine_entity::{
    ids::{SessionId, SigningKeyId},
    session,
};

use super::account::Holder;
use crate::{
    Fault, Result, Shop,
    keyring::{Key, Keyring},
};

const ISSUER: &str = "vitrine";
const AUDIENCE_SHOP: &str = "shop";
const AUDIENCE_STAFF: &str = "staff";

/// How far another server's clock may be ahead of ours. Expiry has no such grace.
const CLOCK_SKEW: TimeDelta = TimeDelta::seconds(5);

/// Of RFC 9068, so that no other token of ours can ever be taken for one.
const TYPE: &str = "at+jwt";

/// Ours have about 450 bytes.
const LENGTH_MAX: usize = 2048;

/// What a valid token says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verified {
    pub holder: Holder,
    pub session: SessionId,
    /// When a connection that was opened with it must close.
    pub expires_at: DateTime<Utc>,
}

/// Why a token opens nothing. Callers are told no more than that.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    #[error("the access token has expired")]
    Expired,
    #[error("the access token is not valid yet")]
    NotYetValid,
    #[error("the access token is too long")]
    TooLong,
    /// It names a key that this process does not know, or that verifies nothing any more.
    #[error("the access token's key is unknown")]
    UnknownKey,
    /// Of another type or algorithm, or asks for what we do not do.
    #[error("the access token's header is not ours")]
    Header,
    /// Malformed, signed with another key or algorithm, of another issuer, or for another audience.
    #[error("the access token is not ours")]
    Foreign(#[source] jsonwebtoken::errors::Error),
    /// Signed by us, but what it claims does not fit together.
    #[error("the access token's claims are inconsistent")]
    Inconsistent,
}

/// Seconds since 1970, as the RFC has it.
#[derive(Debug, Serialize, Deserialize)]
struct Claims {
    iss: String,
    aud: String,
    sub: String,
    sid: SessionId,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// A new token for a session, and when it expires.
pub(super) fn issue(
    shop: &Shop,
    key: &Key,
    holder: Holder,
    session: &session::Model,
) -> Result<(String, DateTime<Utc>)> {
    let now = shop.now();
    let expires_at = (now + shop.settings.access_token_lifetime).min(session.expires_at);
    let (aud, sub) = match holder {
        Holder::Customer(id) => (AUDIENCE_SHOP, id.to_string()),
        Holder::Staff(id) => (AUDIENCE_STAFF, id.to_string()),
    };
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: aud.to_owned(),
        sub,
        sid: session.id,
        iat: now.timestamp(),
        nbf: now.timestamp(),
        exp: expires_at.timestamp(),
    };
    let token = jsonwebtoken::encode(&header(key), &claims, &key.encoding)
        .map_err(|error| Fault::other("signing an access token", error))?;
    Ok((token, expires_at))
}

/// Reads a token that a client sent.
pub fn verify(shop: &Shop, token: &str) -> Result<Verified, TokenError> {
    read(&shop.keyring(), shop.settings.access_token_lifetime, shop.now(), token)
}

fn header(key: &Key) -> Header {
    Header {
        typ: Some(TYPE.to_owned()),
        kid: Some(key.id.to_string()),
        ..Header::new(Algorithm::EdDSA)
    }
}

fn read(keys: &Keyring, lifetime: TimeDelta, now: DateTime<Utc>, token: &str) -> Result<Verified, TokenError> {
    if token.len() > LENGTH_MAX {
        return Err(TokenError::TooLong);
    }
    let key = keys
        .verifying(key_of(token)?, now, lifetime)
        .ok_or(TokenError::UnknownKey)?;
    let claims: Claims = jsonwebtoken::decode(token, &key.decoding, &validation())
        .map_err(TokenError::Foreign)?
        .claims;
    let instant = |seconds| DateTime::from_timestamp(seconds, 0).ok_or(TokenError::Inconsistent);
    let expires_at = instant(claims.exp)?;
    if now >= expires_at {
        return Err(TokenError::Expired);
    }
    if now + CLOCK_SKEW < instant(claims.nbf)? {
        return Err(TokenError::NotYetValid);
    }
    let holder = holder(&claims).ok_or(TokenError::Inconsistent)?;
    Ok(Verified {
        holder,
        session: claims.sid,
        expires_at,
    })
}

/// The key that a token says it was signed with.
fn key_of(token: &str) -> Result<SigningKeyId, TokenError> {
    let header = jsonwebtoken::decode_header(token).map_err(TokenError::Foreign)?;
    let is_ours = header.typ.as_deref() == Some(TYPE) && header.alg == Algorithm::EdDSA && header.crit.is_none();
    let kid = header.kid.filter(|_| is_ours).ok_or(TokenError::Header)?;
    kid.parse().map_err(|_| TokenError::UnknownKey)
}

fn validation() -> Validation {
    // The only algorithm accepted, whatever the header says: no `none`, no public key as a secret.
    let mut validation = Validation::new(Algorithm::EdDSA);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE_SHOP, AUDIENCE_STAFF]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "nbf", "exp"]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

/// A customer's token is for the shop alone, and a member of staff's for staff alone.
fn holder(claims: &Claims) -> Option<Holder> {
    match claims.aud.as_str() {
        AUDIENCE_SHOP => Some(Holder::Customer(claims.sub.parse().ok()?)),
        AUDIENCE_STAFF => Some(Holder::Staff(claims.sub.parse().ok()?)),
        _ => None,
    }
}
