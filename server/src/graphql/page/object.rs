use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    content::page::{PageView, versions},
    staff::{Permission, permission},
};

use super::version::{PageVersion, PageVersionConnection};
use crate::{
    graphql::shared::{ContextExt, Html, Result, Seo, connection, cost, int, map, page, words},
    ids,
};

/// What a page is for. A shop has each of them once, but for `PAGE`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::page::PageKind")]
pub enum PageKind {
    /// Any page, such as one about the shop.
    Page,
    /// Who runs the shop.
    Imprint,
    /// The terms of sale. Orders are placed under them.
    Terms,
    /// What becomes of shoppers' data. Orders are placed under it.
    Privacy,
    /// How an order is withdrawn from. Orders are placed under it.
    Withdrawal,
    /// Where the shop sends, how long it takes, and what it costs.
    Shipping,
}

/// A page of the shop's own, or one of its policies, with its newest text.
#[derive(Debug, Clone)]
pub struct Page(pub PageView);

connection! { PageConnection, PageEdge, Page }

/// A page of the shop's own, or one of its policies, with its newest text.
#[Object]
impl Page {
    /// Names the page.
    pub async fn id(&self) -> ID {
        ids::public(self.0.page.id)
    }

    /// What it is for.
    async fn kind(&self) -> PageKind {
        self.0.page.kind.into()
    }

    /// Names the page in its address, as in `about-us`. Unique.
    async fn handle(&self) -> &str {
        &self.0.page.handle
    }

    /// What it is called.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(ctx, self.0.page.id, "title", &self.0.text.title).await
    }

    /// The text as HTML, sanitised.
    async fn body_html(&self, ctx: &Context<'_>) -> Result<Html> {
        let html = words::text(ctx, self.0.page.id, "bodyHtml", &self.0.text.body_html).await?;
        Ok(Html(html))
    }

    /// What search engines of the web are told.
    async fn seo(&self, ctx: &Context<'_>) -> Result<Seo> {
        let text = &self.0.text;
        let (title, description) = (text.seo_title.as_deref(), text.seo_description.as_deref());
        Seo::of(ctx, self.0.page.id, ("title", &text.title), title, description).await
    }

    /// Its newest text in the shop's own language, by a name that stays: what a shopper agrees to.
    async fn current_version(&self) -> PageVersion {
        PageVersion(self.0.text.clone())
    }

    /// Every text that it had, newest first. For staff with the permission `CONTENT`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn versions(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<PageVersionConnection>> {
        let request = page(first, after, last, before);
        let page = versions(ctx.shop(), ctx.caller(), self.0.page.id, &request).await?;
        Ok(Some(PageVersionConnection {
            page: map(page, PageVersion),
            context: (),
        }))
    }

    /// Whether shoppers see it.
    async fn published(&self) -> bool {
        self.0.page.published
    }

    /// Grows with every edit by staff: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.page.version)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.page.created_at
    }

    /// When it was last edited.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.page.updated_at
    }

    /// When it was deleted; `pageRestore` brings it back. Null for everybody but staff with the
    /// permission `CONTENT`.
    async fn deleted_at(&self, ctx: &Context<'_>) -> Option<DateTime<Utc>> {
        let may = permission::allowed(ctx.caller(), Permission::Content);
        self.0.page.deleted_at.filter(|_| may)
    }
}
