use async_graphql::{Context, ID, InputObject, MaybeUndefined, Object};
use vitrine_commerce::content::page::{self as pages, NewPage, PageUpdate};

use super::object::{Page, PageKind};
use crate::{
    graphql::shared::{ContextExt, Result, emptied, payload},
    ids,
};

/// A page as it should be.
#[derive(Debug, InputObject)]
pub struct PageCreateInput {
    /// What it is for.
    #[graphql(default_with = "PageKind::Page")]
    pub kind: PageKind,
    /// Names it in its address: lower-case letters, digits and hyphens. Made of the title where it is
    /// left out.
    pub handle: Option<String>,
    /// What it is called.
    pub title: String,
    /// The text as HTML; what could harm a shopper is taken out.
    pub body_html: String,
    /// For the page's `<title>`.
    pub seo_title: Option<String>,
    /// For the page's description.
    pub seo_description: Option<String>,
    /// Whether shoppers see it.
    #[graphql(default = true)]
    pub published: bool,
}

/// Which page changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct PageUpdateInput {
    /// The page's id.
    pub id: ID,
    /// The page's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// Names it in its address.
    pub handle: Option<String>,
    /// What it is called.
    pub title: Option<String>,
    /// The text as HTML; what could harm a shopper is taken out.
    pub body_html: Option<String>,
    /// For the page's `<title>`; null gives it the page's own.
    pub seo_title: MaybeUndefined<String>,
    /// For the page's description; null takes it away.
    pub seo_description: MaybeUndefined<String>,
    /// Whether shoppers see it.
    pub published: Option<bool>,
}

/// Which page.
#[derive(Debug, InputObject)]
pub struct PageDeleteInput {
    /// The page's id.
    pub id: ID,
    /// The page's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

/// Which page.
#[derive(Debug, InputObject)]
pub struct PageRestoreInput {
    /// The page's id.
    pub id: ID,
}

/// Which text.
#[derive(Debug, InputObject)]
pub struct PageVersionRestoreInput {
    /// The id of the page's earlier text.
    pub version_id: ID,
    /// The page's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `pageCreate` answers.
    PageCreatePayload {
        /// The page as it is now.
        page: Page,
    }
}

payload! {
    /// What `pageUpdate` answers.
    PageUpdatePayload {
        /// The page as it is now.
        page: Page,
    }
}

payload! {
    /// What `pageDelete` answers.
    PageDeletePayload {
        /// The page as it was.
        page: Page,
    }
}

payload! {
    /// What `pageRestore` answers.
    PageRestorePayload {
        /// The page as it is now.
        page: Page,
    }
}

payload! {
    /// What `pageVersionRestore` answers.
    PageVersionRestorePayload {
        /// The page as it is now.
        page: Page,
    }
}

#[derive(Debug, Default)]
pub struct PageMutation;

#[Object]
impl PageMutation {
    /// Writes a page, or a policy that the shop has not yet. For staff with the permission `CONTENT`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn page_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The page as it should be.")] input: PageCreateInput,
    ) -> Result<Option<PageCreatePayload>> {
        let new = NewPage {
            kind: input.kind.into(),
            handle: input.handle,
            title: input.title,
            body_html: input.body_html,
            seo_title: input.seo_title,
            seo_description: input.seo_description,
            published: input.published,
        };
        PageCreatePayload::of(pages::create(ctx.shop(), ctx.caller(), new).await.map(Page))
    }

    /// Changes a page. A change of its title, text or SEO fields is a new version; the earlier ones are
    /// kept. For staff with the permission `CONTENT`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn page_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which page changes, and how.")] input: PageUpdateInput,
    ) -> Result<Option<PageUpdatePayload>> {
        PageUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a page away; `pageRestore` brings it back. For staff with the permission `CONTENT`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn page_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which page.")] input: PageDeleteInput,
    ) -> Result<Option<PageDeletePayload>> {
        PageDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a deleted page back, as it was. For staff with the permission `CONTENT`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn page_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which page.")] input: PageRestoreInput,
    ) -> Result<Option<PageRestorePayload>> {
        PageRestorePayload::of(restore(ctx, input).await)
    }

    /// Makes an earlier text the page's newest again, as a new version. For staff with the permission
    /// `CONTENT`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn page_version_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which text.")] input: PageVersionRestoreInput,
    ) -> Result<Option<PageVersionRestorePayload>> {
        PageVersionRestorePayload::of(restore_version(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: PageUpdateInput) -> vitrine_commerce::Result<Page> {
    let update = PageUpdate {
        page: ids::input(&input.id, "page", &["id"])?,
        expected_version: input.expected_version.map(i64::from),
        handle: input.handle,
        title: input.title,
        body_html: input.body_html,
        seo_title: emptied(input.seo_title),
        seo_description: emptied(input.seo_description),
        published: input.published,
    };
    Ok(Page(pages::update(ctx.shop(), ctx.caller(), update).await?))
}

async fn delete(ctx: &Context<'_>, input: PageDeleteInput) -> vitrine_commerce::Result<Page> {
    let id = ids::input(&input.id, "page", &["id"])?;
    let expected = input.expected_version.map(i64::from);
    Ok(Page(pages::delete(ctx.shop(), ctx.caller(), id, expected).await?))
}

async fn restore(ctx: &Context<'_>, input: PageRestoreInput) -> vitrine_commerce::Result<Page> {
    let id = ids::input(&input.id, "page", &["id"])?;
    Ok(Page(pages::restore(ctx.shop(), ctx.caller(), id).await?))
}

async fn restore_version(ctx: &Context<'_>, input: PageVersionRestoreInput) -> vitrine_commerce::Result<Page> {
    let id = ids::input(&input.version_id, "text", &["versionId"])?;
    let expected = input.expected_version.map(i64::from);
    let page = pages::restore_version(ctx.shop(), ctx.caller(), id, expected).await?;
    Ok(Page(page))
}
