use async_graphql::SimpleObject;
use chrono::{DateTime, Utc};
use vitrine_commerce::customers::SignedIn;

/// What a client keeps while somebody is signed in.
#[derive(SimpleObject)]
pub struct Session {
    /// Send it as `Authorization: Bearer …`. It is believed until it expires, so keep it in
    /// memory only.
    pub access_token: String,
    /// When to refresh at the latest: `tokenRefresh`.
    pub access_token_expires_at: DateTime<Utc>,
    /// Gives the next pair of tokens, once. Used twice, it ends the session: refresh from one
    /// place at a time.
    pub refresh_token: String,
    /// When signing in is needed again.
    pub refresh_token_expires_at: DateTime<Utc>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Session").finish_non_exhaustive()
    }
}

impl From<SignedIn> for Session {
    fn from(signed_in: SignedIn) -> Self {
        Self {
            access_token: signed_in.access_token,
            access_token_expires_at: signed_in.access_token_expires_at,
            refresh_token: signed_in.refresh_token,
            refresh_token_expires_at: signed_in.refresh_token_expires_at,
        }
    }
}
