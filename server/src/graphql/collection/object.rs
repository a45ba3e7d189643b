use async_graphql::{Context, ID, Object};
use vitrine_commerce::catalog::list::{self, ProductFilter};
use vitrine_entity::collection;

use crate::{
    graphql::{
        metafield::{
            object::{Metafield, MetafieldConnection},
            show,
        },
        product::{connection::ProductConnection, sort::ProductSort},
        shared::{ContextExt, Result, cost, page},
    },
    ids,
};

/// A hand-picked set of products, across categories.
#[derive(Debug, Clone)]
pub struct Collection(pub collection::Model);

/// A hand-picked set of products, across categories.
#[Object]
impl Collection {
    /// Names the collection.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Names the collection in a page's address and in filters. Unique.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// What it is about, as text.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// What an app keeps with it, if you may see that.
    async fn metafield(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Whose it is among the apps.")] namespace: String,
        #[graphql(desc = "What it is called there.")] key: String,
    ) -> Result<Option<Metafield>> {
        show::metafield(ctx, self.0.id, &namespace, &key).await
    }

    /// What apps keep with it, by namespace and key. Shoppers see what is public, staff with the permission
    /// `CATALOG` all.
    #[graphql(complexity = "cost(Some(first), None, child_complexity)")]
    async fn metafields(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: i32,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "Only those of one app.")] namespace: Option<String>,
    ) -> Result<Option<MetafieldConnection>> {
        show::metafields(ctx, self.0.id, first, after, namespace).await
    }

    /// The products that it holds.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "The order of the rows.", default)] sort: ProductSort,
    ) -> Result<Option<ProductConnection>> {
        let filter = ProductFilter {
            collection: Some(self.0.slug.clone()),
            ..ProductFilter::default()
        };
        let page = page(first, after, last, before);
        let page = list::products(ctx.shop(), ctx.caller(), &filter, sort.into(), &page).await?;
        Ok(Some(ProductConnection::of(page, filter)))
    }
}
