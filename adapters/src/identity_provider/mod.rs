//! Providers of OpenID Connect, found by discovery.

mod fetch;
mod oidc;

pub use oidc::OidcProvider;
