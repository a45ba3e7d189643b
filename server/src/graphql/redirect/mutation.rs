use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::catalog::redirects::urls::{self, UrlRedirectEdit};

use super::object::UrlRedirect;
use crate::{
    graphql::shared::{ContextExt, Result, payload},
    ids,
};

/// A redirect as it should be.
#[derive(Debug, InputObject)]
pub struct UrlRedirectCreateInput {
    /// The path, as in `/old-sale`, without a query. A slash at its end does not matter.
    pub path: String,
    /// Where it leads: a path, which may have a query, or an address that begins with `https://`.
    pub target: String,
}

payload! {
    /// What `urlRedirectCreate` answers.
    UrlRedirectCreatePayload {
        /// The redirect as it is now.
        url_redirect: UrlRedirect,
    }
}

/// Which redirect changes, and how. What is left out stays as it is.
#[derive(Debug, InputObject)]
pub struct UrlRedirectUpdateInput {
    /// The redirect's id.
    pub id: ID,
    /// The redirect's version that you saw: refuse to change any other.
    pub expected_version: Option<i32>,
    /// The path.
    pub path: Option<String>,
    /// Where it leads.
    pub target: Option<String>,
}

payload! {
    /// What `urlRedirectUpdate` answers.
    UrlRedirectUpdatePayload {
        /// The redirect as it is now.
        url_redirect: UrlRedirect,
    }
}

/// Which redirect goes.
#[derive(Debug, InputObject)]
pub struct UrlRedirectDeleteInput {
    /// The redirect's id.
    pub id: ID,
    /// The redirect's version that you saw: refuse to delete any other.
    pub expected_version: Option<i32>,
}

payload! {
    /// What `urlRedirectDelete` answers.
    UrlRedirectDeletePayload {
        /// The redirect that is deleted.
        url_redirect: UrlRedirect,
    }
}

/// Which redirect comes back.
#[derive(Debug, InputObject)]
pub struct UrlRedirectRestoreInput {
    /// The redirect's id.
    pub id: ID,
}

payload! {
    /// What `urlRedirectRestore` answers.
    UrlRedirectRestorePayload {
        /// The redirect as it is now.
        url_redirect: UrlRedirect,
    }
}

#[derive(Debug, Default)]
pub struct RedirectMutation;

#[Object]
impl RedirectMutation {
    /// Leads a path of the storefront elsewhere. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn url_redirect_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The redirect as it should be.")] input: UrlRedirectCreateInput,
    ) -> Result<Option<UrlRedirectCreatePayload>> {
        let edit = UrlRedirectEdit {
            path: Some(input.path),
            target: Some(input.target),
        };
        let made = urls::create(ctx.shop(), ctx.caller(), edit).await;
        UrlRedirectCreatePayload::of(made.map(UrlRedirect))
    }

    /// Changes a redirect. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn url_redirect_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which redirect changes, and how.")] input: UrlRedirectUpdateInput,
    ) -> Result<Option<UrlRedirectUpdatePayload>> {
        UrlRedirectUpdatePayload::of(update(ctx, input).await)
    }

    /// Takes a redirect away. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn url_redirect_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which redirect goes.")] input: UrlRedirectDeleteInput,
    ) -> Result<Option<UrlRedirectDeletePayload>> {
        UrlRedirectDeletePayload::of(delete(ctx, input).await)
    }

    /// Brings a deleted redirect back. For staff with the permission `CATALOG`.
    #[graphql(complexity = "10 + child_complexity")]
    async fn url_redirect_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which redirect comes back.")] input: UrlRedirectRestoreInput,
    ) -> Result<Option<UrlRedirectRestorePayload>> {
        UrlRedirectRestorePayload::of(restore(ctx, input).await)
    }
}

async fn update(ctx: &Context<'_>, input: UrlRedirectUpdateInput) -> vitrine_commerce::Result<UrlRedirect> {
    let id = ids::input(&input.id, "redirect", &["id"])?;
    let edit = UrlRedirectEdit {
        path: input.path,
        target: input.target,
    };
    let version = input.expected_version.map(i64::from);
    Ok(UrlRedirect(
        urls::update(ctx.shop(), ctx.caller(), id, version, edit).await?,
    ))
}

async fn delete(ctx: &Context<'_>, input: UrlRedirectDeleteInput) -> vitrine_commerce::Result<UrlRedirect> {
    let id = ids::input(&input.id, "redirect", &["id"])?;
    let version = input.expected_version.map(i64::from);
    Ok(UrlRedirect(urls::delete(ctx.shop(), ctx.caller(), id, version).await?))
}

async fn restore(ctx: &Context<'_>, input: UrlRedirectRestoreInput) -> vitrine_commerce::Result<UrlRedirect> {
    let id = ids::input(&input.id, "redirect", &["id"])?;
    Ok(UrlRedirect(urls::restore(ctx.shop(), ctx.caller(), id).await?))
}
