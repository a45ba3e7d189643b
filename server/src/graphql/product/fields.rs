use async_graphql::{Context, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{
    ErrorCode, Refusal,
    catalog::{collections, relations::RELATED_MAX, sold_there, variants},
    staff::Permission,
};
use vitrine_entity::collection;

use super::{
    object::{Product, ProductStatus},
    option::{ProductOption, SelectedOptionInput},
    questions::{
        AllVariantsOfProduct, AttributesOfProduct, ChosenBesideProduct, CollectionsOfProduct, GalleryOfProduct,
        ListingOfProduct, OptionsOfProduct, RelatedOfProduct, StatusOfProduct, VariantsOfProduct, VideosOfProduct,
    },
    relation::ProductRelationKind,
    video::ProductVideo,
};
use crate::{
    graphql::{
        attribute::value::ProductAttribute,
        catalog::questions::MemberRangeOfProduct,
        category::object::Category,
        collection::object::Collection,
        inventory::availability::StockStatus,
        metafield::{
            object::{Metafield, MetafieldConnection},
            show,
        },
        order_return::{policy::ReturnExemption, questions::ExemptionOfProduct},
        safety::{object::ProductSafety, questions::SafetyOfProduct},
        shared::{AlternateSlug, ContextExt, Html, Image, Money, Result, Seo, cost, int, rows, words},
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

    /// Names the product in a page's address, as in `oak-chair`. Unique. Where it differs from the slug that you
    /// asked by, the product was renamed: redirect to this one.
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

    /// The description as text, without markup.
    async fn description(&self, ctx: &Context<'_>) -> Result<String> {
        let html = words::text(ctx, self.0.id, "descriptionHtml", &self.0.description_html).await?;
        Ok(vitrine_commerce::catalog::index::plain_text(&html))
    }

    /// The description as HTML.
    async fn description_html(&self, ctx: &Context<'_>) -> Result<Html> {
        let html = words::text(ctx, self.0.id, "descriptionHtml", &self.0.description_html).await?;
        Ok(Html(html))
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
        Category::on_the_way(ctx, id).await
    }

    /// The collections that hold it, in the shop's order. Shoppers see those that are published.
    #[graphql(complexity = "2 * child_complexity")]
    async fn collections(&self, ctx: &Context<'_>) -> Result<Vec<Collection>> {
        let rows = ctx.load(CollectionsOfProduct(self.0.id)).await?.unwrap_or_default();
        let shown = |row: &collection::Model| collections::is_visible(ctx.caller(), row);
        Ok(rows.into_iter().filter(shown).map(Collection).collect())
    }

    /// Named values, such as its material, by which products are filtered: what staff defined first, in its
    /// order.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn attributes(&self, ctx: &Context<'_>) -> Result<Vec<ProductAttribute>> {
        let rows = ctx.load(AttributesOfProduct(self.0.id)).await?.unwrap_or_default();
        ProductAttribute::show(ctx, rows.into_iter().map(|row| (row.name, row.value)).collect()).await
    }

    /// What a variant is chosen by, at most three; empty for a product with one variant.
    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<ProductOption>> {
        let rows = ctx.load(OptionsOfProduct(self.0.id)).await?.unwrap_or_default();
        let mut options = Vec::with_capacity(rows.len());
        for row in rows {
            options.push(ProductOption::read(ctx, row).await?);
        }
        Ok(options)
    }

    /// What can be bought, in display order. Those that are switched off are left out.
    #[graphql(complexity = "5 * child_complexity")]
    async fn variants(&self, ctx: &Context<'_>) -> Result<Vec<ProductVariant>> {
        let rows = ctx.load(VariantsOfProduct(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ProductVariant).collect())
    }

    /// All its variants in display order, those that are switched off too. For staff with the permission
    /// `CATALOG`; null with an error otherwise.
    #[graphql(complexity = "5 * child_complexity")]
    async fn all_variants(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Those that are deleted instead, which `variantsRestore` brings back.",
            default
        )]
        deleted: bool,
    ) -> Result<Option<Vec<ProductVariant>>> {
        ctx.require(Permission::Catalog)?;
        let rows = ctx.load(AllVariantsOfProduct(self.0.id)).await?.unwrap_or_default();
        let wanted = rows.into_iter().filter(|row| row.deleted_at.is_some() == deleted);
        Ok(Some(wanted.map(ProductVariant).collect()))
    }

    /// The variant that a shopper's choice leads to: it has all the values that are named. Null where there is
    /// none, and while the choice still leaves several.
    #[graphql(complexity = "5 + child_complexity")]
    async fn variant_by_selected_options(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "A value for each of the product's options.")] selected_options: Vec<SelectedOptionInput>,
    ) -> Result<Option<ProductVariant>> {
        let options = ctx.load(OptionsOfProduct(self.0.id)).await?.unwrap_or_default();
        let selected = SelectedOptionInput::own(ctx, &options, selected_options).await?;
        let names: Vec<_> = options.iter().map(|option| option.name.as_str()).collect();
        let rows = ctx.load(VariantsOfProduct(self.0.id)).await?.unwrap_or_default();
        Ok(variants::chosen(rows, &names, &selected).map(ProductVariant))
    }

    /// Its pictures, in display order.
    #[graphql(complexity = "3 * child_complexity")]
    async fn pictures(&self, ctx: &Context<'_>) -> Result<Vec<Image>> {
        let gallery = ctx.load(GalleryOfProduct(self.0.id)).await?.unwrap_or_default();
        Ok(gallery.pictures.into_iter().map(Image::from).collect())
    }

    /// The picture for lists: the first.
    async fn featured_picture(&self, ctx: &Context<'_>) -> Result<Option<Image>> {
        let gallery = ctx.load(GalleryOfProduct(self.0.id)).await?.unwrap_or_default();
        Ok(gallery.pictures.into_iter().next().map(Image::from))
    }

    /// Its videos, in display order.
    #[graphql(complexity = "3 * child_complexity")]
    async fn videos(&self, ctx: &Context<'_>) -> Result<Vec<ProductVideo>> {
        let rows = ctx.load(VideosOfProduct(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(ProductVideo).collect())
    }

    /// Why it is not taken back; null where it is.
    async fn return_exemption(&self, ctx: &Context<'_>) -> Result<Option<ReturnExemption>> {
        let reason = ctx.load(ExemptionOfProduct(self.0.id)).await?;
        Ok(reason.map(ReturnExemption::from))
    }

    /// What buyers in the EU are told for their safety, where staff said so.
    #[graphql(complexity = "1 + child_complexity")]
    async fn safety(&self, ctx: &Context<'_>) -> Result<Option<ProductSafety>> {
        Ok(ctx.load(SafetyOfProduct(self.0.id)).await?.map(ProductSafety))
    }

    /// The lowest and the highest price of its variants, as whoever asks pays them for one unit. Null while it has none.
    async fn price_range(&self, ctx: &Context<'_>) -> Result<Option<PriceRange>> {
        if ctx.pays_by_catalogs() {
            let range = ctx.load(MemberRangeOfProduct(self.0.id)).await?;
            return Ok(range.map(|range| PriceRange {
                min: range.least.into(),
                max: range.greatest.into(),
            }));
        }
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
    /// reduced, and of what a catalog sells for another price than everybody pays.
    async fn compare_at_price(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        if ctx.pays_by_catalogs() {
            let range = ctx.load(MemberRangeOfProduct(self.0.id)).await?;
            return Ok(range.and_then(|range| range.former).map(Money::from));
        }
        let Some(listing) = ctx.load(ListingOfProduct(self.0.id)).await? else {
            return Ok(None);
        };
        let former = listing.compare_at_max_minor;
        Ok(former.map(|minor| Money::new(minor, listing.currency)))
    }

    /// The least of what its reduced variants cost in the 30 days before they were reduced, as `ProductVariant` tells it of each.
    /// Null where none is reduced.
    #[graphql(name = "lowestPriceLast30Days")]
    async fn lowest_price_last_30_days(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        if ctx.pays_by_catalogs() {
            let range = ctx.load(MemberRangeOfProduct(self.0.id)).await?;
            return Ok(range.and_then(|range| range.lowest_before).map(Money::from));
        }
        let Some(listing) = ctx.load(ListingOfProduct(self.0.id)).await? else {
            return Ok(None);
        };
        Ok(listing.lowest_minor.map(|minor| Money::new(minor, listing.currency)))
    }

    /// Whether any of its variants can be bought now.
    async fn available_for_sale(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(ctx
            .load(ListingOfProduct(self.0.id))
            .await?
            .is_some_and(|listing| listing.in_stock))
    }

    /// What whoever orders now gets of the variant that can be had soonest.
    async fn stock_status(&self, ctx: &Context<'_>) -> Result<StockStatus> {
        let status = ctx.load(StatusOfProduct(self.0.id)).await?;
        Ok(status.map_or(StockStatus::SoldOut, StockStatus::from))
    }

    /// What search engines of the web are told.
    async fn seo(&self, ctx: &Context<'_>) -> Result<Seo> {
        let row = &self.0;
        let (title, description) = (row.seo_title.as_deref(), row.seo_description.as_deref());
        Seo::of(ctx, row.id, ("title", &row.title), title, description).await
    }

    /// What to show beside it, of what is sold: first what staff put there; then, of the kind `RELATED`, what is
    /// sold most in its category and its collections. Never the product itself.
    #[graphql(complexity = "1 + first.clamp(1, 24) as usize * child_complexity")]
    async fn related_products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How they belong together.", default)] kind: ProductRelationKind,
        #[graphql(desc = "How many, 1 to 24.", default = 8)] first: i32,
    ) -> Result<Option<Vec<Product>>> {
        let count = usize::try_from(first)
            .ok()
            .filter(|first| (1..=RELATED_MAX).contains(first));
        let Some(count) = count else {
            let message = format!("`first` must be between 1 and {RELATED_MAX}.");
            return Err(Refusal::new(ErrorCode::Invalid, message).at(&["first"]).into());
        };
        let related = ctx.load(RelatedOfProduct((self.0.id, kind.into()))).await?;
        let related = sold_there::of_those(ctx.shop(), ctx.caller(), related.unwrap_or_default()).await?;
        Ok(Some(related.into_iter().take(count).map(Product).collect()))
    }

    /// What staff put beside it with `productRelationsSet`, in their order, whether it is sold or not. For staff with the
    /// permission `CATALOG`; null with an error otherwise.
    #[graphql(complexity = "10 * child_complexity")]
    async fn chosen_related_products(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How they belong together.", default)] kind: ProductRelationKind,
    ) -> Result<Option<Vec<Product>>> {
        ctx.require(Permission::Catalog)?;
        let chosen = ctx.load(ChosenBesideProduct((self.0.id, kind.into()))).await?;
        Ok(Some(chosen.unwrap_or_default().into_iter().map(Product).collect()))
    }

    /// When it was deleted; only staff see such a product, and may restore it.
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
