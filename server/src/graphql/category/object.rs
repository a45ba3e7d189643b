use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::catalog::list::{self, ProductFilter};
use vitrine_entity::{category, ids::CategoryId};

use super::questions::{CategoryById, ChildrenOfCategory, PathOfCategory};
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

/// A branch of the category tree.
#[derive(Debug, Clone)]
pub struct Category(pub category::Model);

impl Category {
    /// The category that a field leads to. Where its ancestors are asked for, it is read with them.
    ///
    /// # Errors
    /// What the database says.
    pub async fn on_the_way(ctx: &Context<'_>, id: CategoryId) -> Result<Option<Self>> {
        let row = match ctx.look_ahead().field("ancestors").exists() {
            true => ctx.load(PathOfCategory(id)).await?.and_then(|mut path| path.pop()),
            false => ctx.load(CategoryById(id)).await?,
        };
        Ok(row.map(Self))
    }
}

/// A branch of the category tree.
#[Object]
impl Category {
    /// Names the category.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Names the category in a page's address and in filters. Unique. Where it differs from the slug that you
    /// asked by, the category was renamed: redirect to this one.
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
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(ctx, self.0.id, "name", &self.0.name).await
    }

    /// What belongs into it, as text.
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
        Seo::of(ctx, row.id, ("name", &row.name), title, description).await
    }

    /// Its place among its siblings, from 0.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// Grows with every edit by staff: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was last edited; null if it never was.
    async fn updated_at(&self) -> Option<DateTime<Utc>> {
        self.0.updated_at
    }

    /// When it was deleted; only staff see such a category, and may restore it.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }

    /// What it is a branch of; null for a root.
    #[graphql(complexity = "1 + child_complexity")]
    async fn parent(&self, ctx: &Context<'_>) -> Result<Option<Category>> {
        let Some(id) = self.0.parent_id else { return Ok(None) };
        Ok(ctx.load(CategoryById(id)).await?.map(Category))
    }

    /// Its branches, in display order.
    #[graphql(complexity = "5 * child_complexity")]
    async fn children(&self, ctx: &Context<'_>) -> Result<Vec<Category>> {
        let rows = ctx.load(ChildrenOfCategory(Some(self.0.id))).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Category).collect())
    }

    /// The way from the root to it, without itself: for a trail of links.
    #[graphql(complexity = "3 * child_complexity")]
    async fn ancestors(&self, ctx: &Context<'_>) -> Result<Vec<Category>> {
        let mut path = ctx.load(PathOfCategory(self.0.id)).await?.unwrap_or_default();
        path.retain(|row| row.id != self.0.id);
        Ok(path.into_iter().map(Category).collect())
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

    /// The products in it and in its branches.
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
            category_slugs: vec![self.0.slug.clone()],
            ..ProductFilter::default()
        };
        let page = page(first, after, last, before);
        let page = list::products(ctx.shop(), ctx.caller(), &filter, sort.into(), &page).await?;
        Ok(Some(ProductConnection::of(ctx, page, filter).await))
    }
}
