//! Whether a provider could be signed in at.

use super::ticket::Ticket;
use crate::{Shop, ports::identity_provider::IdentityError};

/// Asks a provider for what it publishes of itself, as whoever signs in has it asked; nobody is sent there. One that the shop
/// has not is no error.
///
/// # Errors
/// Where it does not answer, or not as a provider should.
pub async fn probe(shop: &Shop, provider: &str) -> Result<(), IdentityError> {
    let Some(found) = shop.identity_providers.get(provider) else {
        return Ok(());
    };
    let ticket = Ticket::new(shop, provider, "", "");
    found.address(&ticket.handshake(shop)).await.map(drop)
}
