use async_graphql::Context;
use vitrine_commerce::{
    catalog::list::{self, Listed, ProductFilter},
    paging::Page,
};

use super::{object::Product, questions::ListingOfProduct};
use crate::graphql::shared::{ContextExt, CountPrecision, Counted, Result, connection, map};

connection! { ProductConnection, ProductEdge, Product, Counted<ProductFilter>, {
    /// How many products the whole list has. Exact where the list is restricted by nothing but categories and whether
    /// products are in stock, and shows what is sold; any other list is counted up to 10,000: see
    /// `totalCountPrecision`.
    #[graphql(complexity = 5)]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = list::count(ctx.shop(), ctx.caller(), &self.context.of);
        self.context.rows(count).await
    }

    /// Whether `totalCount` is all, or the list has more.
    #[graphql(complexity = 5)]
    async fn total_count_precision(&self, ctx: &Context<'_>) -> Result<CountPrecision> {
        let count = list::count(ctx.shop(), ctx.caller(), &self.context.of);
        self.context.precision(count).await
    }
} }

impl ProductConnection {
    /// A page of the list that `filter` describes.
    pub async fn of(ctx: &Context<'_>, page: Page<Listed>, filter: ProductFilter) -> Self {
        let listings = page
            .rows
            .iter()
            .map(|(_, row)| (ListingOfProduct(row.product.id), row.listing.clone()));
        ctx.answer(listings);
        Self {
            page: map(page, |row| Product(row.product)),
            context: Counted::new(filter),
        }
    }
}
