//! A browser is sent to the provider.

use super::ticket::Ticket;
use crate::{
    ErrorCode, Refusal, Result, Shop,
    language::messages,
    ports::identity_provider::{IdentityError, IdentityProvider},
};

/// Of 32 bytes.
const CHALLENGE_LENGTH: usize = 43;

/// Where the browser goes, and what it carries.
pub struct Begun {
    pub address: String,
    pub cookie: String,
}

/// Begins the way to a provider. `return_to` is where the front end goes on; the caller has seen to it that it is a
/// page of the shop's. `challenge` is SHA-256 in base64url of what the front end makes up and keeps: only with it the
/// code that comes back gives a session, so that nobody signs somebody else in as themselves.
///
/// # Errors
/// `INVALID` for what is no challenge; `NOT_FOUND` for a provider that the shop has not;
/// `IDENTITY_PROVIDER_UNAVAILABLE` where it does not answer.
pub async fn begin(shop: &Shop, provider: &str, challenge: &str, return_to: &str) -> Result<Begun> {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_';
    if challenge.len() != CHALLENGE_LENGTH || !challenge.bytes().all(fits) {
        let message = messages::code_challenge_form();
        return Err(Refusal::new(ErrorCode::Invalid, message).into());
    }
    let ticket = Ticket::new(shop, provider, challenge, return_to);
    let address = found(shop, provider)?.address(&ticket.handshake(shop)).await;
    Ok(Begun {
        address: address.map_err(unusable)?,
        cookie: ticket.write(shop),
    })
}

pub(super) fn found<'a>(shop: &'a Shop, provider: &str) -> Result<&'a dyn IdentityProvider> {
    let found = shop.identity_providers.get(provider).map(|provider| &**provider);
    Ok(found.ok_or_else(|| Refusal::not_found("identity provider"))?)
}

/// A provider that does not answer is told apart from what it says and does not hold: whoever signs in did nothing
/// wrong then.
pub(super) fn unusable(error: IdentityError) -> Refusal {
    match error {
        IdentityError::Unavailable(source) => {
            tracing::warn!(
                error = &*source as &dyn std::error::Error,
                "an identity provider gave no usable answer"
            );
            let message = messages::provider_away();
            Refusal::new(ErrorCode::IdentityProviderUnavailable, message)
        }
        IdentityError::Refused(source) => {
            tracing::info!(
                error = &*source as &dyn std::error::Error,
                "a sign-in at an identity provider was refused"
            );
            let message = messages::provider_did_not_hold();
            Refusal::new(ErrorCode::WrongCredentials, message)
        }
    }
}
