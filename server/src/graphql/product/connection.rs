use async_graphql::Context;
use vitrine_commerce::{
    catalog::list::{self, ProductFilter},
    paging::Page,
};
use vitrine_entity::product;

use super::object::Product;
use crate::graphql::shared::{ContextExt, Result, connection, int, map};

connection! { ProductConnection, ProductEdge, Product, ProductFilter, {
    /// How many products the whole list has. It is counted: ask only where it is shown.
    #[graphql(complexity = 5)]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = list::count(ctx.shop(), ctx.caller(), &self.context).await?;
        Ok(int(count.try_into().unwrap_or(i64::MAX)))
    }
} }

impl ProductConnection {
    /// A page of the list that `filter` describes.
    pub fn of(page: Page<product::Model>, filter: ProductFilter) -> Self {
        Self {
            page: map(page, Product),
            context: filter,
        }
    }
}
