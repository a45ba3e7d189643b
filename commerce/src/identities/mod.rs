//! Members of staff and customers who sign in at a provider of OpenID Connect: the way there and back, and the accounts
//! there that are known to be theirs. Each provider is for one of the two.
//!
//! A browser goes to the provider with a cookie of ours ([`begin`](begin())) and comes back with a code and that cookie
//! ([`finish`](finish())); the front end gets a code of ours, good once, and makes a session of it ([`redeem`](redeem())). Nothing
//! is written down before somebody has signed in there. What the provider is told and what proves the way back follow
//! from the cookie's id and the shop's secret.
//!
//! Whoever comes is known by the account at the provider; the first time by the mail address that the provider says is
//! theirs, if a member of staff or a customer has it. The provider makes nobody a member of staff, and its second factor
//! is not taken for ours; of whom nobody knows it makes a customer, without a password.

mod begin;
mod finish;
mod linked;
mod probe;
mod recognise_customer;
mod recognise_member;
mod redeem;
mod ticket;

pub use self::{
    begin::{Begun, begin},
    finish::finish,
    linked::{Linked, forget, linked, unlink},
    probe::probe,
    redeem::{Redemption, redeem},
    ticket::{LIFETIME, return_to},
};

use crate::{Shop, ports::identity_provider::Audience};

/// A provider, as a front end shows it.
pub struct Provider {
    /// Names it in the configuration.
    pub name: String,
    pub title: String,
    /// Whom it signs in.
    pub audience: Audience,
}

/// Where somebody may sign in.
pub fn providers(shop: &Shop) -> Vec<Provider> {
    let providers = shop.identity_providers.iter();
    providers
        .map(|(name, provider)| Provider {
            name: name.clone(),
            title: provider.title().to_owned(),
            audience: provider.audience(),
        })
        .collect()
}

/// Whom a provider signs in; `None` for one that the shop has not.
pub fn audience(shop: &Shop, provider: &str) -> Option<Audience> {
    let provider = shop.identity_providers.get(provider)?;
    Some(provider.audience())
}
