use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::staff::{Permission, permission};
use vitrine_entity::page_version;

use crate::{
    graphql::shared::{ContextExt, Html, connection},
    ids,
};

/// One text of a page. It is never changed: a new text is a new version.
#[derive(Debug)]
pub struct PageVersion(pub page_version::Model);

connection! { PageVersionConnection, PageVersionEdge, PageVersion }

/// One text of a page. It is never changed: a new text is a new version.
#[Object]
impl PageVersion {
    /// Names this text for ever: send it in `orderPlace` as one of `agreedPolicyIds`.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// 1 for the page's first text, 2 for its second …
    async fn number(&self) -> i32 {
        self.0.number
    }

    /// What the page was called.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The text as HTML, sanitised.
    async fn body_html(&self) -> Html {
        Html(self.0.body_html.clone())
    }

    /// When it was written.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// Who wrote it: the id of a member of staff, or of an app. Null unless asked for by staff with the
    /// permission `CONTENT`.
    async fn created_by(&self, ctx: &Context<'_>) -> Option<&str> {
        permission::allowed(ctx.caller(), Permission::Content).then_some(self.0.actor.as_str())
    }
}
