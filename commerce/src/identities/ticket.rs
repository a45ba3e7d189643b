//! What a browser carries to the provider and back: a cookie, signed, that ties the two ways together.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, TimeDelta, Utc};
use sea_orm::DbErr;
use subtle::ConstantTimeEq;
use uuid::Uuid;
use vitrine_entity::ids::IdentityHandshakeId;

use crate::{
    Error, ErrorCode, Refusal, Shop, language::messages, ports::identity_provider::Handshake, signature,
    transaction::is_unique_violation,
};

/// How long somebody may take at the provider.
pub const LIFETIME: TimeDelta = TimeDelta::minutes(10);

/// Bytes of what is signed or derived: all of it.
const BYTES: usize = 32;

/// Ours have less than a thousand.
const LENGTH_MAX: usize = 4096;

/// A way to a provider that somebody is on.
pub(super) struct Ticket {
    pub(super) id: IdentityHandshakeId,
    pub(super) provider: String,
    pub(super) expires_at: DateTime<Utc>,
    /// Of what the front end proves that it began this with: SHA-256 in base64url, as PKCE has it.
    pub(super) challenge: String,
    /// Where the front end goes on.
    pub(super) return_to: String,
}

impl Ticket {
    pub(super) fn new(shop: &Shop, provider: &str, challenge: &str, return_to: &str) -> Self {
        Self {
            id: IdentityHandshakeId(shop.ids.unguessable()),
            provider: provider.to_owned(),
            expires_at: shop.now() + LIFETIME,
            challenge: challenge.to_owned(),
            return_to: return_to.to_owned(),
        }
    }

    /// As the cookie has it.
    pub(super) fn write(&self, shop: &Shop) -> String {
        let text = URL_SAFE_NO_PAD.encode(&self.return_to);
        let (id, expires, challenge) = (self.id, self.expires_at.timestamp(), &self.challenge);
        let signature = signature::sign(&shop.settings.signing_secret, &self.message(), BYTES);
        format!("{id}.{expires}.{challenge}.{text}.{signature}")
    }

    /// The ticket in a cookie, if the shop gave it for this provider and it is not too old.
    pub(super) fn read(shop: &Shop, provider: &str, cookie: &str) -> Option<Self> {
        if cookie.len() > LENGTH_MAX {
            return None;
        }
        let mut parts = cookie.split('.');
        let (id, expires) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        let challenge = parts.next()?.to_owned();
        let return_to = String::from_utf8(URL_SAFE_NO_PAD.decode(parts.next()?).ok()?).ok()?;
        let signature = parts.next()?;
        let ticket = Self {
            id,
            provider: provider.to_owned(),
            expires_at: DateTime::from_timestamp(expires, 0)?,
            challenge,
            return_to,
        };
        let is_ours = signature::is_ours(shop.settings.signing_secrets(), &ticket.message(), BYTES, signature);
        (is_ours && parts.next().is_none() && shop.now() < ticket.expires_at).then_some(ticket)
    }

    /// What the provider is told, and what proves the way back.
    pub(super) fn handshake(&self, shop: &Shop) -> Handshake {
        let derived = |purpose: &str| {
            let message = [purpose.as_bytes(), self.id.0.as_bytes()].concat();
            signature::sign(&shop.settings.signing_secret, &message, BYTES)
        };
        Handshake {
            state: derived("identity-state:"),
            nonce: derived("identity-nonce:"),
            verifier: derived("identity-pkce:"),
            redirect_url: format!("{}/auth/oidc/{}/callback", shop.settings.public_url, self.provider),
        }
    }

    /// Whether the provider sent back what this way began with.
    pub(super) fn is_state(&self, shop: &Shop, state: &str) -> bool {
        self.handshake(shop).state.as_bytes().ct_eq(state.as_bytes()).into()
    }

    fn message(&self) -> Vec<u8> {
        let Self {
            id,
            provider,
            expires_at,
            challenge,
            return_to,
        } = self;
        let (expires, id): (i64, Uuid) = (expires_at.timestamp(), id.0);
        format!("identity-ticket:{provider}\n{id}\n{expires}\n{challenge}\n{return_to}").into_bytes()
    }
}

/// Where the front end goes on, as the cookie says, if the shop gave the cookie: also where the way has failed.
pub fn return_to(shop: &Shop, provider: &str, cookie: &str) -> Option<String> {
    Ticket::read(shop, provider, cookie).map(|ticket| ticket.return_to)
}

/// What of a way is not there any more, or never was.
pub(super) fn stale() -> Refusal {
    Refusal::new(ErrorCode::InvalidToken, messages::sign_in_not_begun())
}

/// Of two who write the same at once, one.
pub(super) fn once(error: DbErr) -> Error {
    match is_unique_violation(&error) {
        true => stale().into(),
        false => error.into(),
    }
}
