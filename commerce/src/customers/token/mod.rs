//! Access tokens: short-lived, and signed.
//!
//! A shopper's is believed by its signature alone: no row is read to verify one. That makes every request cheap and
//! leaves a window: a session that is signed out or revoked keeps what the token says until it expires (ten minutes
//! by default, `Settings::access_token_lifetime`). The refresh reads the rows, so the window never grows. A member
//! of staff's only says who they are: what they may do, and whether the session lives, the database is asked with
//! every request (`staff::access`).
//!
//! The library checks the signature, the algorithm, the issuer and the audience. Expiry is checked
//! here, because the library reads the machine's clock and the shop has its own.

#[cfg(test)]
mod tests;

use chrono::{DateTime, TimeDelta, Utc};
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use sea_orm::ActiveEnum;
use serde::{Deserialize, Serialize};
use vitrine_entity::ids::SessionId;

use super::account::{Account, Holder};
use crate::{Fault, Result, Shop};

const ISSUER: &str = "vitrine";
const AUDIENCE_SHOP: &str = "shop";
const AUDIENCE_STAFF: &str = "staff";

/// How far another server's clock may be ahead of ours. Expiry has no such grace.
const CLOCK_SKEW: TimeDelta = TimeDelta::seconds(5);

/// Ours have about 400 bytes.
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
    /// Read by servers of the version before, which ask no database.
    #[serde(skip_serializing_if = "Option::is_none")]
    role: Option<String>,
    iat: i64,
    nbf: i64,
    exp: i64,
}

/// A new token for a session, and when it expires.
pub(super) fn issue(shop: &Shop, account: Account, session: SessionId) -> Result<(String, DateTime<Utc>)> {
    let now = shop.now();
    let expires_at = now + shop.settings.access_token_lifetime;
    let (aud, sub, role) = match account {
        Account::Customer(id) => (AUDIENCE_SHOP, id.to_string(), None),
        Account::Staff(id, role) => (AUDIENCE_STAFF, id.to_string(), Some(role.to_value())),
    };
    let claims = Claims {
        iss: ISSUER.to_owned(),
        aud: aud.to_owned(),
        sub,
        sid: session,
        role,
        iat: now.timestamp(),
        nbf: now.timestamp(),
        exp: expires_at.timestamp(),
    };
    let key = EncodingKey::from_secret(&shop.settings.signing_secret);
    let token = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &key)
        .map_err(|error| Fault::other("signing an access token", error))?;
    Ok((token, expires_at))
}

/// Reads a token that a client sent.
pub fn verify(shop: &Shop, token: &str) -> Result<Verified, TokenError> {
    read(&shop.settings.signing_secret, shop.now(), token)
}

fn read(secret: &[u8], now: DateTime<Utc>, token: &str) -> Result<Verified, TokenError> {
    if token.len() > LENGTH_MAX {
        return Err(TokenError::TooLong);
    }
    let claims: Claims = jsonwebtoken::decode(token, &DecodingKey::from_secret(secret), &validation())
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

fn validation() -> Validation {
    // The only algorithm accepted, whatever the header says: no `none`, no public key as a secret.
    let mut validation = Validation::new(Algorithm::HS256);
    validation.set_issuer(&[ISSUER]);
    validation.set_audience(&[AUDIENCE_SHOP, AUDIENCE_STAFF]);
    validation.set_required_spec_claims(&["iss", "aud", "sub", "nbf", "exp"]);
    validation.validate_exp = false;
    validation.validate_nbf = false;
    validation
}

/// A customer's token is for the shop alone, and a member of staff's for staff alone.
fn holder(claims: &Claims) -> Option<Holder> {
    match (claims.aud.as_str(), &claims.role) {
        (AUDIENCE_SHOP, None) => Some(Holder::Customer(claims.sub.parse().ok()?)),
        (AUDIENCE_STAFF, Some(_)) => Some(Holder::Staff(claims.sub.parse().ok()?)),
        _ => None,
    }
}
