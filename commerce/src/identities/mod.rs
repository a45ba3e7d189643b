//! Members of staff who sign in at a provider of OpenID Connect: the way there and back, and the accounts there that
//! are known to be theirs.
//!
//! A browser goes to the provider with a cookie of ours ([`begin`](begin())) and comes back with a code and that cookie
//! ([`finish`](finish())); the front end gets a code of ours, good once, and makes a session of it ([`redeem`](redeem())). Nothing
//! is written down before somebody has signed in there. What the provider is told and what proves the way back follow
//! from the cookie's id and the shop's secret.
//!
//! Whoever works here is known by the account at the provider; the first time by the mail address that the provider
//! says is theirs, if a member of staff has it. The provider makes nobody a member of staff, and its second factor is
//! not taken for ours.

mod begin;
mod finish;
mod linked;
mod redeem;
mod ticket;

pub use self::{
    begin::{Begun, begin},
    finish::finish,
    linked::{forget, linked, unlink},
    redeem::{Redemption, redeem},
    ticket::{LIFETIME, return_to},
};

/// Providers, as a front end shows them.
pub fn providers(shop: &crate::Shop) -> Vec<(String, String)> {
    let providers = shop.identity_providers.iter();
    providers
        .map(|(name, provider)| (name.clone(), provider.title().to_owned()))
        .collect()
}
