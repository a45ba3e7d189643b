use async_graphql::{ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_entity::identity;

use crate::ids;

/// A provider of OpenID Connect at which members of staff sign in.
#[derive(Debug, SimpleObject)]
pub struct AuthProvider {
    /// Names it in the configuration.
    pub name: String,
    /// What to write on its button.
    pub title: String,
    /// Where to send the browser, with `return_to` (a page of yours, in an origin that the shop allows) and
    /// `code_challenge` (SHA-256 in base64url of a random text that you keep). It comes back to your page with
    /// `#code=…`, for `sessionFromCode`, or with `#error=…`.
    pub start_url: String,
}

/// An account at a provider by which a member of staff signs in.
#[derive(Debug)]
pub struct LinkedIdentity(pub identity::Model);

/// An account at a provider by which a member of staff signs in.
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
