use async_graphql::{Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{identities::Linked, ports::identity_provider::Audience};

use crate::ids;

/// Whom a provider signs in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "Audience")]
pub enum AuthProviderAudience {
    /// Members of staff: those who were invited.
    Staff,
    /// Customers: known ones, and new ones, who have an account from then on.
    Customers,
}

/// A provider of OpenID Connect at which members of staff sign in, or customers.
#[derive(Debug, SimpleObject)]
pub struct AuthProvider {
    /// Names it in the configuration.
    pub name: String,
    /// What to write on its button.
    pub title: String,
    /// Whom it signs in: show it to them.
    pub audience: AuthProviderAudience,
    /// Where to send the browser, with `return_to` (a page of yours, in an origin that the shop allows) and
    /// `code_challenge` (SHA-256 in base64url of a random text that you keep). It comes back to your page with
    /// `#code=…`, for `sessionFromCode`, or with `#error=…`: `DECLINED` there, `WRONG_CREDENTIALS`, `INVALID_TOKEN`,
    /// `EMAIL_UNVERIFIED` or `IDENTITY_PROVIDER_UNAVAILABLE`, as `ErrorCode` has them. A page that a server reads gets
    /// them in its query: where `return_to` ends in `?` or `&`, they follow there instead of in the fragment.
    pub start_url: String,
}

/// An account at a provider by which somebody signs in.
#[derive(Debug)]
pub struct LinkedIdentity(pub Linked);

/// An account at a provider by which somebody signs in.
#[Object]
impl LinkedIdentity {
    /// Names it: take it away by this with `identityUnlink`.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The provider, as in `authProviders`.
    async fn provider(&self) -> &str {
        &self.0.provider
    }

    /// The mail address by which it was found to be theirs.
    async fn email(&self) -> &str {
        &self.0.email
    }

    /// When they first signed in by it.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When they last signed in by it.
    async fn last_used_at(&self) -> DateTime<Utc> {
        self.0.last_used_at
    }
}
