use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    catalog::{
        collections::rule,
        list::{self, ProductFilter},
    },
    staff::Permission,
};
use vitrine_entity::collection;

use super::rule::CollectionRule;
use crate::{
    graphql::{
        metafield::{
            object::{Metafield, MetafieldConnection},
            show,
        },
        product::{connection::ProductConnection, sort::ProductSort},
        shared::{AlternateSlug, ContextExt, Image, Result, Seo, cost, int, page, words},
    },
    ids,
};

/// A set of products across categories, picked by hand or by a rule. Shoppers see those that are published.
#[derive(Debug, Clone)]
pub struct Collection(pub collection::Model);

/// A set of products across categories, picked by hand or by a rule. Shoppers see those that are published.
#[Object]
impl Collection {
    /// Names the collection.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Names the collection in a page's address and in filters. Unique. Where it differs from the slug that you
    /// asked by, the collection was renamed: redirect to this one.
    async fn slug(&self, ctx: &Context<'_>) -> Result<String> {
        let own = self.0.deleted_slug.as_ref().unwrap_or(&self.0.slug);
        words::text(ctx, self.0.id, "slug", own).await
    }

    /// What it is called in the addresses of each of the shop's languages, its own first: for links to the same page in
    /// another language.
    async fn alternates(&self, ctx: &Context<'_>) -> Result<Vec<AlternateSlug>> {
        let own = self.0.deleted_slug.as_ref().unwrap_or(&self.0.slug);
        AlternateSlug::all(ctx, self.0.id, own).await
    }

    /// What it is called.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(ctx, self.0.id, "title", &self.0.title).await
    }

    /// What it is about, as text.
    async fn description(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(ctx, self.0.id, "description", &self.0.description).await
    }

    /// Its picture, where staff gave it one.
    async fn picture(&self) -> Option<Image> {
        let source = self.0.picture_source.clone()?;
        Some(Image::of(
            self.0.id,
            source,
            self.0.picture_alt.clone().unwrap_or_default(),
        ))
    }

    /// What search engines of the web are told.
    async fn seo(&self, ctx: &Context<'_>) -> Result<Seo> {
        let row = &self.0;
        let (title, description) = (row.seo_title.as_deref(), row.seo_description.as_deref());
        Seo::of(ctx, row.id, ("title", &row.title), title, description).await
    }

    /// Its place among the collections: lower stands first.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// Whether shoppers see it.
    async fn published(&self) -> bool {
        self.0.published
    }

    /// What is in it by itself; null where its products are picked by hand. For staff with the permission
    /// `CATALOG`.
    async fn rule(&self, ctx: &Context<'_>) -> Result<Option<CollectionRule>> {
        ctx.require(Permission::Catalog)?;
        Ok(rule::of(&self.0)?.map(|rule| CollectionRule::show(rule, ctx.caller().currency)))
    }

    /// Grows with every edit by staff: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was last edited; null if it never was.
    async fn updated_at(&self) -> Option<DateTime<Utc>> {
        self.0.updated_at
    }

    /// When it was deleted; only staff see such a collection, and may restore it.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
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

    /// The products that it holds, in its own order unless another is asked for.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "The order of the rows.", default_with = "ProductSort::CollectionOrder")] sort: ProductSort,
    ) -> Result<Option<ProductConnection>> {
        let filter = ProductFilter {
            collections: vec![self.0.slug.clone()],
            ..ProductFilter::default()
        };
        let page = page(first, after, last, before);
        let page = list::products(ctx.shop(), ctx.caller(), &filter, sort.into(), &page).await?;
        Ok(Some(ProductConnection::of(ctx, page, filter).await))
    }
}
