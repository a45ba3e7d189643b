use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_entity::{app, app_key};

use super::questions::KeysOfApp;
use crate::{
    graphql::{
        shared::{ContextExt, Result, connection, int},
        staff::role::{Permission, listed},
    },
    ids,
};

/// A program that works here as staff do, within its permissions.
#[derive(Debug, Clone)]
pub struct App(pub app::Model);

connection! { AppConnection, AppEdge, App }

/// A program that works here as staff do, within its permissions: it sends a key as `Authorization: Bearer …`. For
/// staff with the permission `STAFF`.
#[Object]
impl App {
    /// Names the app.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What people call it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What it may do.
    async fn permissions(&self) -> Vec<Permission> {
        listed(self.0.permissions)
    }

    /// Its keys that open something, oldest first: two while a new one replaces the old.
    #[graphql(complexity = "1 + child_complexity")]
    async fn keys(&self, ctx: &Context<'_>) -> Result<Vec<AppKey>> {
        if self.0.revoked_at.is_some() {
            return Ok(Vec::new());
        }
        let keys = ctx.load(KeysOfApp(self.0.id)).await?.unwrap_or_default();
        Ok(keys.into_iter().map(AppKey::from).collect())
    }

    /// Who let it in: an id, or `system`.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// Until when its keys open; without end where it is null.
    async fn expires_at(&self) -> Option<DateTime<Utc>> {
        self.0.expires_at
    }

    /// When it was last here, to the minute.
    async fn last_used_at(&self) -> Option<DateTime<Utc>> {
        self.0.last_used_at
    }

    /// Since when its keys open nothing.
    async fn revoked_at(&self) -> Option<DateTime<Utc>> {
        self.0.revoked_at
    }

    /// Grows with every change.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was let in.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

/// A key of an app's. The key itself is told once, when it is made.
#[derive(Debug, SimpleObject)]
pub struct AppKey {
    /// Names the key.
    pub id: ID,
    /// Its last characters before the checksum, by which people tell keys apart.
    pub hint: String,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// Until when it opens, where it was replaced.
    pub expires_at: Option<DateTime<Utc>>,
}

impl From<app_key::Model> for AppKey {
    fn from(row: app_key::Model) -> Self {
        Self {
            id: ids::public(row.id),
            hint: row.hint,
            created_at: row.created_at,
            expires_at: row.expires_at,
        }
    }
}

/// Restricts a list of apps. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct AppWhere {
    /// Whether they are revoked.
    pub revoked: Option<bool>,
}
