use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::session;

use crate::{graphql::shared::ContextExt, ids};

/// Somewhere that an account is signed in.
#[derive(Debug, Clone)]
pub struct ActiveSession(pub session::Model);

/// Somewhere that an account is signed in.
#[Object]
impl ActiveSession {
    /// Names the session: end it by this with `sessionEnd`.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Whether it is the one that this request came with.
    async fn current(&self, ctx: &Context<'_>) -> bool {
        ctx.caller().session == Some(self.0.id)
    }

    /// When they signed in.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last refreshed: to within the life of an access token, when it was last used.
    async fn last_used_at(&self) -> DateTime<Utc> {
        self.0.last_used_at.unwrap_or(self.0.created_at)
    }

    /// When signing in is needed again, unless it ends before.
    async fn expires_at(&self) -> DateTime<Utc> {
        self.0.expires_at
    }

    /// What the browser or the app called itself, at most 200 characters.
    async fn user_agent(&self) -> Option<&str> {
        self.0.user_agent.as_deref()
    }
}
