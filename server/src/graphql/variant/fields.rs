use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{Fault, staff::Permission};
use vitrine_entity::ids::VariantId;

use super::{
    file::VariantFile,
    gift_card_amounts::GiftCardAmounts,
    measurement::UnitPriceMeasurement,
    object::ProductVariant,
    options, prices,
    questions::{AttributesOfVariant, AvailabilityOfVariant, FilesOfVariant, PolicyOfVariant, StockOfVariant},
};
use crate::{
    graphql::{
        attribute::value::ProductAttribute,
        catalog::{
            quantity::{QuantityPrice, QuantityRule},
            questions::MemberPriceOfVariant,
        },
        inventory::{
            availability::VariantAvailability,
            policy::StockPolicy,
            stock_level::StockLevel,
            transfer::{line::InventoryTransferLine, questions::IncomingOfVariant},
        },
        market::{list_price::ListPrice, questions::ListPricesOfVariant},
        metafield::{
            object::{Metafield, MetafieldConnection},
            show,
        },
        price::{
            history::{self, PriceHistoryConnection},
            period::PricePeriod,
            questions::PriceSchedulesOfVariant,
            schedule::PriceSchedule,
        },
        product::{
            object::Product,
            option::SelectedOption,
            questions::{GalleryOfProduct, ProductById},
        },
        shared::{ContextExt, CurrencyCode, Image, Money, Result, cost, int, page},
    },
    ids,
};

/// What is bought: one combination of a product's options, with its own SKU, price and stock.
#[Object]
impl ProductVariant {
    /// Names the variant: put it into a cart by this.
    pub async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The stock-keeping unit. Unique, but for variants that are deleted: theirs may be another's by now.
    async fn sku(&self) -> &str {
        self.0.deleted_sku.as_deref().unwrap_or(&self.0.sku)
    }

    /// The values of its options in words, as in `Oak / Large`.
    async fn title(&self, ctx: &Context<'_>) -> Result<String> {
        options::title(ctx, &self.0).await
    }

    /// What it is a variant of.
    #[graphql(complexity = "1 + child_complexity")]
    async fn product(&self, ctx: &Context<'_>) -> Result<Product> {
        let row = ctx.load(ProductById(self.0.product_id)).await?;
        let missing = || Fault::Corrupt {
            table: "variant",
            column: "product_id",
            id: self.0.id.to_string(),
        };
        Ok(Product(row.ok_or_else(missing)?))
    }

    /// Its value for each of the product's options, in their order.
    async fn options(&self, ctx: &Context<'_>) -> Result<Vec<SelectedOption>> {
        options::chosen(ctx, &self.0).await
    }

    /// What it needs of whoever carries it, in a word of the shop's own: `bulky`, `frozen`.
    async fn shipping_class(&self) -> Option<&str> {
        self.0.shipping_class.as_deref()
    }

    /// What one unit costs whoever asks: those who have a catalog of their own pay its price. Null while it has no price,
    /// and is then not for sale.
    async fn price(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        Ok(prices::of_one(ctx, self.0.id).await?.map(Money::from))
    }

    /// What one unit costs where more are bought: from each of these quantities on something else than before, the least
    /// first. Empty where it costs the same in any.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn quantity_prices(&self, ctx: &Context<'_>) -> Result<Vec<QuantityPrice>> {
        prices::by_quantity(ctx, self.0.id).await
    }

    /// In which quantities it is sold to whoever asks, where a catalog of theirs says so; null: in any.
    async fn quantity_rule(&self, ctx: &Context<'_>) -> Result<Option<QuantityRule>> {
        if !ctx.pays_by_catalogs() {
            return Ok(None);
        }
        let own = ctx.load(MemberPriceOfVariant(self.0.id)).await?;
        Ok(own.and_then(|own| own.rule).map(QuantityRule::from))
    }

    /// What one unit cost before, to be shown crossed out. Null where a catalog's price is another than everybody's.
    async fn compare_at_price(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        prices::former(ctx, self.0.id).await
    }

    /// Beside a reduced price: the lowest of the 30 days before the reduction began, or before its first step where it grew step
    /// by step (article 6a of directive 98/6/EC). Null where the price is not reduced, where there was none before, and where a
    /// catalog's price is another than everybody's.
    #[graphql(name = "lowestPriceLast30Days")]
    async fn lowest_price_last_30_days(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        prices::lowest_before(ctx, self.0.id).await
    }

    /// From when till when its price holds, where staff have planned it for a while. Null where nobody knows its end, and beside
    /// the price of a catalog.
    #[graphql(complexity = "1 + child_complexity")]
    async fn price_period(&self, ctx: &Context<'_>) -> Result<Option<PricePeriod>> {
        prices::period(ctx, self.0.id).await
    }

    /// What it cost in a currency, the newest first: the last 400 days, of prices that followed from a rate the last 60. For
    /// staff with the permission `CATALOG`; null with an error otherwise.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn price_history(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "In which currency; the shop's own unless given.")] currency_code: Option<CurrencyCode>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<PriceHistoryConnection>> {
        let request = page(first, after, last, before);
        Ok(Some(
            history::of_variant(ctx, self.0.id, currency_code, &request).await?,
        ))
    }

    /// What it is to cost, and for 90 days what it was to, what begins first before the others. For staff with the permission
    /// `CATALOG`; null with an error otherwise.
    #[graphql(complexity = "5 * child_complexity")]
    async fn price_schedules(&self, ctx: &Context<'_>) -> Result<Option<Vec<PriceSchedule>>> {
        ctx.require(Permission::Catalog)?;
        let rows = ctx.load(PriceSchedulesOfVariant(self.0.id)).await?.unwrap_or_default();
        Ok(Some(rows.into_iter().map(PriceSchedule).collect()))
    }

    /// What one unit costs in the currencies of the price lists, in their order. For staff with the permission `CATALOG`.
    #[graphql(complexity = "5 * child_complexity")]
    async fn list_prices(&self, ctx: &Context<'_>) -> Result<Option<Vec<ListPrice>>> {
        ctx.require(Permission::Catalog)?;
        let prices = ctx.load(ListPricesOfVariant(self.0.id)).await?.unwrap_or_default();
        Ok(Some(prices.into_iter().map(ListPrice::from).collect()))
    }

    /// Whether it can be bought now: switched on, with a price, and in stock or promised: `availability` says
    /// which.
    async fn available_for_sale(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(self.0.active && prices::of_one(ctx, self.0.id).await?.is_some() && to_be_had(ctx, self.0.id).await? > 0)
    }

    /// How many units could be ordered at this moment, those included that are promised and do not lie in
    /// stock; 1,000,000,000 where there is no limit.
    async fn available_quantity(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(int(to_be_had(ctx, self.0.id).await?))
    }

    /// How many units lie in stock, how many are promised beyond those, and for when.
    async fn availability(&self, ctx: &Context<'_>) -> Result<VariantAvailability> {
        let missing = || Fault::Corrupt {
            table: "variant",
            column: "id",
            id: self.0.id.to_string(),
        };
        let found = ctx.load(AvailabilityOfVariant(self.0.id)).await?.ok_or_else(missing)?;
        Ok(VariantAvailability::show(&found))
    }

    /// Its own picture, else the product's first.
    async fn picture(&self, ctx: &Context<'_>) -> Result<Option<Image>> {
        let gallery = ctx.load(GalleryOfProduct(self.0.product_id)).await?;
        let mut gallery = gallery.unwrap_or_default();
        let own = gallery.of_variants.remove(&self.0.id);
        let shown = own.or_else(|| gallery.pictures.into_iter().next());
        Ok(shown.map(Image::from))
    }

    /// Named values of its own, such as its colour, by which products are filtered, too: what staff defined first, in
    /// its order.
    #[graphql(complexity = "1 + 3 * child_complexity")]
    async fn attributes(&self, ctx: &Context<'_>) -> Result<Vec<ProductAttribute>> {
        let rows = ctx.load(AttributesOfVariant(self.0.id)).await?.unwrap_or_default();
        ProductAttribute::show(ctx, rows.into_iter().map(|row| (row.name, row.value)).collect()).await
    }

    /// What it weighs, in grams.
    async fn weight_grams(&self) -> i32 {
        self.0.weight_grams
    }

    /// Whether it is sent; a download is not.
    async fn requires_shipping(&self) -> bool {
        self.0.requires_shipping
    }

    /// Whether it is a gift card: each unit that is paid becomes one, worth its price. Say for whom it is in the attributes of
    /// the cart's line: `recipientEmail`, `recipientName`, `senderName`, `message` and `deliverOn`, a day like `2027-12-24`.
    async fn gift_card(&self) -> bool {
        self.0.gift_card
    }

    /// Between which amounts a gift card's buyer may choose, by the attribute `amount` of the cart's line; null where it costs
    /// its price. So it does without that attribute, and in a cart of another currency than these amounts are in.
    async fn gift_card_amounts(&self) -> Option<GiftCardAmounts> {
        self.0.gift_card_amounts.as_ref().map(GiftCardAmounts::show)
    }

    /// The files that whoever buys it may fetch, in their order. For staff with the permission `CATALOG`; null with an
    /// error otherwise.
    #[graphql(complexity = "2 * child_complexity")]
    async fn files(&self, ctx: &Context<'_>) -> Result<Option<Vec<VariantFile>>> {
        ctx.require(Permission::Catalog)?;
        let rows = ctx.load(FilesOfVariant(self.0.id)).await?.unwrap_or_default();
        Ok(Some(rows.into_iter().map(VariantFile).collect()))
    }

    /// The number under its barcode.
    async fn barcode(&self) -> Option<&str> {
        self.0.barcode.as_deref()
    }

    /// Whether it is switched on. Shoppers see no others.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// What it costs per unit of measurement, as per kilogram or litre, rounded half up, in currencies' own
    /// decimals. Null unless staff said how much is in it, and it has a price.
    async fn unit_price(&self, ctx: &Context<'_>) -> Result<Option<Money>> {
        prices::by_measurement(ctx, &self.0).await
    }

    /// How much is in it, and for how much `unitPrice` is told.
    async fn unit_price_measurement(&self) -> Option<UnitPriceMeasurement> {
        UnitPriceMeasurement::show(self.0.unit_measurement.as_ref()?)
    }

    /// Its place among the product's variants, from 0.
    async fn position(&self) -> i32 {
        self.0.position
    }

    /// Which tax rate applies, where the country has several; null for the standard one, `untaxed` for none.
    async fn tax_category(&self) -> Option<&str> {
        self.0.tax_category.as_deref()
    }

    /// When staff deleted it, where they did: nobody can buy it any more.
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

    /// What lies where. For staff with the permission `INVENTORY`; null with an error otherwise.
    async fn stock(&self, ctx: &Context<'_>) -> Result<Option<Vec<StockLevel>>> {
        ctx.require(Permission::Inventory)?;
        let rows = ctx.load(StockOfVariant(self.0.id)).await?.unwrap_or_default();
        Ok(Some(rows.into_iter().map(StockLevel).collect()))
    }

    /// What is on its way of it, what is expected first before the others, at most 50. For staff with the
    /// permission `INVENTORY`; null with an error otherwise.
    #[graphql(complexity = "1 + 5 * child_complexity")]
    async fn incoming(&self, ctx: &Context<'_>) -> Result<Option<Vec<InventoryTransferLine>>> {
        ctx.require(Permission::Inventory)?;
        let rows = ctx.load(IncomingOfVariant(self.0.id)).await?.unwrap_or_default();
        Ok(Some(rows.into_iter().map(InventoryTransferLine).collect()))
    }

    /// What is sold of it when stock is out. For staff with the permission `INVENTORY`; null with an error
    /// otherwise.
    async fn stock_policy(&self, ctx: &Context<'_>) -> Result<Option<StockPolicy>> {
        ctx.require(Permission::Inventory)?;
        let row = ctx.load(PolicyOfVariant(self.0.id)).await?;
        Ok(Some(row.map_or(StockPolicy::USUAL, StockPolicy::from)))
    }

    /// Staff are told once when what is available falls to this or below. For staff with the
    /// permission `INVENTORY`; null with an error otherwise.
    async fn low_stock_threshold(&self, ctx: &Context<'_>) -> Result<Option<i32>> {
        ctx.require(Permission::Inventory)?;
        Ok(self.0.low_stock_threshold)
    }
}

async fn to_be_had(ctx: &Context<'_>, id: VariantId) -> Result<i64> {
    let found = ctx.load(AvailabilityOfVariant(id)).await?;
    Ok(found.map_or(0, |availability| availability.to_be_had()))
}
