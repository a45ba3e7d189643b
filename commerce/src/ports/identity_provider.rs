//! Who else says who somebody is: a provider of OpenID Connect.

use async_trait::async_trait;
use serde::Deserialize;

/// Whom a provider signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Audience {
    #[default]
    Staff,
    Customers,
}

/// A provider at which members of staff sign in, or customers.
#[async_trait]
pub trait IdentityProvider: Send + Sync {
    /// What a front end writes on its button.
    fn title(&self) -> &str;

    /// Whom it signs in.
    fn audience(&self) -> Audience;

    /// Where the browser goes to sign in.
    ///
    /// # Errors
    /// When the provider does not answer, or what it answers does not fit.
    async fn address(&self, handshake: &Handshake) -> Result<String, IdentityError>;

    /// Who has signed in, for the code that the browser brought back.
    ///
    /// # Errors
    /// When the code opens nothing, or what the provider says is not proven.
    async fn identify(&self, code: &str, handshake: &Handshake) -> Result<Identity, IdentityError>;
}

/// What ties a browser's way to the provider and back together. It has no `Debug`.
pub struct Handshake {
    /// Comes back with the browser.
    pub state: String,
    /// Stands in what the provider signs.
    pub nonce: String,
    /// PKCE: whoever has the code needs this, too.
    pub verifier: String,
    /// Where the provider sends the browser back to.
    pub redirect_url: String,
}

/// Who somebody is at the provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Names them there for ever.
    pub subject: String,
    /// Their mail address, only if the provider says that it is theirs.
    pub verified_email: Option<String>,
    /// What they are called there, where that was asked for and is told.
    pub name: Option<String>,
}

/// Why nobody is known.
#[derive(Debug, thiserror::Error)]
pub enum IdentityError {
    /// It does not answer, or not as a provider should.
    #[error("the identity provider gave no usable answer")]
    Unavailable(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// It answered, and what it says does not hold.
    #[error("what the identity provider says does not hold")]
    Refused(#[source] Box<dyn std::error::Error + Send + Sync>),
}
