use async_graphql::{Context, Object};
use vitrine_commerce::media::{self, import};

use super::object::{Media, MediaConnection};
use crate::graphql::shared::{ContextExt, PictureImport, PictureImportConnection, Result, cost, map, page};

#[derive(Debug, Default)]
pub struct MediaQuery;

#[Object]
impl MediaQuery {
    /// The pictures in the shop's store, newest first, without those that are deleted. For staff with the
    /// permission `CATALOG` or `CONTENT`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn media(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A part of a file's name, or of what a picture shows.")] query: Option<String>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<MediaConnection>> {
        let page = page(first, after, last, before);
        let page = media::list(ctx.shop(), ctx.caller(), query.as_deref(), &page).await?;
        Ok(Some(MediaConnection {
            page: map(page, Media),
            context: (),
        }))
    }

    /// Pictures that were named by a web address and could not be fetched, newest first. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn picture_import_failures(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<PictureImportConnection>> {
        let page = import::failures(ctx.shop(), ctx.caller(), &page(first, after, last, before)).await?;
        Ok(Some(PictureImportConnection {
            page: map(page, PictureImport),
            context: (),
        }))
    }
}
