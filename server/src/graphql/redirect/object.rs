use async_graphql::{ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::url_redirect;

use crate::{
    graphql::shared::{connection, int},
    ids,
};

/// A path of the storefront that staff led elsewhere.
#[derive(Debug, Clone)]
pub struct UrlRedirect(pub url_redirect::Model);

/// A path of the storefront that staff led elsewhere.
#[Object]
impl UrlRedirect {
    /// Names the redirect.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The path, as in `/old-sale`.
    async fn path(&self) -> &str {
        &self.0.path
    }

    /// Where it leads: a path, or an address.
    async fn target(&self) -> &str {
        &self.0.target
    }

    /// Grows with every edit: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was last edited.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }

    /// When it was deleted; it may be restored.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}

connection! { UrlRedirectConnection, UrlRedirectEdge, UrlRedirect }
