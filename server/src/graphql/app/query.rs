use async_graphql::{Context, Object};
use vitrine_commerce::{
    Viewer,
    staff::apps::{self, AppFilter},
};

use super::object::{App, AppConnection, AppWhere};
use crate::graphql::shared::{ContextExt, Result, cost, map, page};

#[derive(Debug, Default)]
pub struct AppQuery;

#[Object]
impl AppQuery {
    /// The app whose key came with the request; null for everybody else.
    #[graphql(complexity = "1 + child_complexity")]
    async fn app_viewer(&self, ctx: &Context<'_>) -> Result<Option<App>> {
        let Viewer::App(id, _) = ctx.caller().viewer else {
            return Ok(None);
        };
        Ok(apps::find(ctx.shop(), id).await?.map(App))
    }

    /// Programs that work here, newest first. For staff with the permission `STAFF`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn apps(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which apps.")] filter: Option<AppWhere>,
    ) -> Result<Option<AppConnection>> {
        let filter = AppFilter {
            revoked: filter.unwrap_or_default().revoked,
        };
        let page = apps::list(ctx.shop(), ctx.caller(), filter, &page(first, after, last, before)).await?;
        Ok(Some(AppConnection {
            page: map(page, App),
            context: (),
        }))
    }
}
