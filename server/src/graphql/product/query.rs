use async_graphql::{Context, ID, Object};
use vitrine_commerce::catalog::{find, list};

use super::{
    connection::ProductConnection,
    filter::ProductWhere,
    object::{Product, ProductStatus},
    sort::ProductSort,
};
use crate::{
    graphql::shared::{ContextExt, Result, cost, page},
    ids::{self, Named, one_of},
};

#[derive(Debug, Default)]
pub struct ProductQuery;

#[Object]
impl ProductQuery {
    /// One product, by its id or its slug. Null if there is none, or if it is not sold. A slug that it had before
    /// finds it, too, while no other product has it: where the answer's `slug` differs, redirect there.
    #[graphql(complexity = "1 + child_complexity")]
    async fn product(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product's id.")] id: Option<ID>,
        #[graphql(desc = "The product's slug.")] slug: Option<String>,
    ) -> Result<Option<Product>> {
        let found = match one_of(id, slug)? {
            Named::Id(id) => match ids::find(&id) {
                Some(id) => find::by_id(ctx.shop(), ctx.caller(), id).await?,
                None => None,
            },
            Named::Slug(slug) => find::by_slug(ctx.shop(), ctx.caller(), &slug).await?,
        };
        Ok(found.map(Product))
    }

    /// Products, filtered and sorted: shoppers see active ones, staff see drafts and archived ones as well. For what a shopper types, use `productSearch`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "each is an argument of the schema")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which products.")] filter: Option<ProductWhere>,
        #[graphql(
            desc = "Words that must all stand in the title, the vendor, a tag, an SKU, a barcode, or a value of an option or attribute; at most 1,000 characters. For staff, who find drafts and archived ones by them."
        )]
        query: Option<String>,
        #[graphql(desc = "The order of the rows.", default)] sort: ProductSort,
        #[graphql(desc = "Only those with this status. For staff; shoppers see active ones.")] status: Option<
            ProductStatus,
        >,
        #[graphql(desc = "Those that were deleted, and no others. For staff.", default)] deleted: bool,
    ) -> Result<Option<ProductConnection>> {
        let mut filter = filter.unwrap_or_default().own(ctx).await?.list_filter(ctx).await?;
        filter.text = list::staff_text(ctx.caller(), query)?;
        filter.status = status.map(Into::into);
        filter.deleted = deleted;
        let page = page(first, after, last, before);
        let page = list::products(ctx.shop(), ctx.caller(), &filter, sort.into(), &page).await?;
        Ok(Some(ProductConnection::of(ctx, page, filter).await))
    }
}
