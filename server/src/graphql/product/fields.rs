use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};

use super::{
    object::{Product, ProductStatus},
    option::{ProductAttribute, ProductOption},
    questions::{
        AttributesOfProduct, CollectionsOfProduct, ListingOfProduct, OptionsOfProduct, PicturesOfProduct,
        VariantsOfProduct,
    },
};
use crate::{
    graphql::{
        category::{object::Category, questions::CategoryById},
        collection::object::Collection,
        shared::{ContextExt, Html, Image, Money, Result, Seo, int, rows},
        variant::object::ProductVariant,
    },
    ids,
};

/// Something that is sold, in one or several variants. Shoppers see active products only.
#[Object]
impl Product {
    /// Names the product.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Names the product in a page's address, as in `oak-chair`. Unique.
    async fn slug(&self) -> &str {
        &self.0.slug
    }

    /// What it is called.
    async fn title(&self) -> &str {
        &self.0.title
    }

    /// The description as text, without markup.
    async fn description(&self) -> String {
        vitrine_commerce::catalog::index::plain_text(&self.0.description_html)
    }

    /// The description as HTML.
    async fn description_html(&self) -> Html {
        Html(self.0.description_html.clone())
    }

    /// Who makes it.
    async fn vendor(&self) -> Option<&str> {
        self.0.vendor.as_deref()
    }

    /// Words to find it by, which staff gave it.
    async fn tags(&self) -> Result<Vec<String>> {
        Ok(rows::strings(&self.0.tags, "product", "tags", self.0.id)?)
    }

    /// Whether shoppers see it.
    async fn status(&self) -> ProductStatus {
        self.0.status.into()
    }

    /// Where it stands in the category tree.
    #[graphql(complexity = "1 + child_complexity")]
    async fn category(&self, ctx: &Context<'_>) -> Result<Option<Category>> {
        let Some(id) = self.0.category_id else { return Ok(None) };
        Ok(ctx.load(CategoryById(id)).await?.map(Category))
    }

    /// The hand-picked sets that hold it.
    #[graphql(complexity = "2 * child_complexity")]
    async fn collections(&self, ctx: &Context<'_>) -> Result<Vec<Collection>> {
        let rows = ctx.load(CollectionsOfProduct(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Collection).collect())
    }

    /// Named values, such as its material, by which products are filtered.
    async fn attributes(&self, ctx: &Context<'_>) -> Result<Vec<ProductAttribute>> {
        let rows = ctx.load(AttributesOfProduct(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ProductAttribute::from).collect())
    }

    /// What a variant is chosen by, at most three; empty for a product with one variant.
    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<ProductOption>> {
        let rows = ctx.load(OptionsOfProduct(self.0.id)).await?.unwrap_or_default();
        rows.into_iter().map(ProductOption::read).collect()
    }

    /// What can be bought, in display order. Those that are switched off are left out.
    #[graphql(complexity = "5 * child_complexity")]
    async fn variants(&self, ctx: &Context<'_>) -> Result<Vec<ProductVariant>> {
        let rows = ctx.load(VariantsOfProduct(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ProductVariant).collect())
    }

    /// Its pictures, in display order.
    #[graphql(complexity = "3 * child_complexity")]
    async fn pictures(&self, ctx: &Context<'_>) -> Result<Vec<Image>> {
        let rows = ctx.load(PicturesOfProduct(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(Image::from).collect())
    }

    /// The picture for lists: the first.
    async fn featured_picture(&self, ctx: &Context<'_>) -> Result<Option<Image>> {
        let rows = ctx.load(PicturesOfProduct(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().next().map(Image::from))
    }

    /// The lowest and the highest price of its variants. Null while it has none.
    async fn price_range(&self, ctx: &Context<'_>) -> Result<Option<PriceRange>> {
        let Some(listing) = ctx.load(ListingOfProduct(self.0.id)).await? else {
            return Ok(None);
        };
        let money = |minor| Money::new(minor, listing.currency);
        Ok(Some(PriceRange {
            min: money(listing.price_min_minor),
            max: money(listing.price_max_minor),
        }))
    }

    /// The highest former price of its variants, to be shown crossed out. Null unless one is
    /// reduced.
    async fn compare_at_price(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        let Some(listing) = ctx.load(ListingOfProduct(self.0.id)).await? else {
            return Ok(None);
        };
        let former = listing.compare_at_max_minor;
        Ok(former.map(|minor| Money::new(minor, listing.currency)))
    }

    /// Whether any of its variants can be bought now.
    async fn available_for_sale(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(ctx
            .load(ListingOfProduct(self.0.id))
            .await?
            .is_some_and(|listing| listing.in_stock))
    }

    /// What search engines of the web are told.
    async fn seo(&self) -> Seo {
        Seo {
            title: self.0.seo_title.clone().unwrap_or_else(|| self.0.title.clone()),
            description: self.0.seo_description.clone(),
        }
    }

    /// Grows with every edit by staff: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was created.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it was last edited.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.0.updated_at
    }
}

/// From the cheapest to the dearest.
#[derive(Debug, SimpleObject)]
pub struct PriceRange {
    /// The lowest price.
    pub min: Money,
    /// The highest price; the same as `min` where there is one price.
    pub max: Money,
}
