use async_graphql::Context;
use vitrine_commerce::{
    catalog::collections::{self, CollectionFilter},
    paging::Page,
};
use vitrine_entity::collection;

use super::object::Collection;
use crate::graphql::shared::{ContextExt, Result, connection, int, map};

connection! { CollectionConnection, CollectionEdge, Collection, CollectionFilter, {
    /// How many collections the whole list has.
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = collections::count(ctx.shop(), ctx.caller(), self.context).await?;
        Ok(int(count.try_into().unwrap_or(i64::MAX)))
    }
} }

impl CollectionConnection {
    /// A page of the list that `filter` describes.
    pub fn of(page: Page<collection::Model>, filter: CollectionFilter) -> Self {
        Self {
            page: map(page, Collection),
            context: filter,
        }
    }
}
