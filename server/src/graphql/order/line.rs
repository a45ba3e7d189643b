use async_graphql::{Context, ID, Object};
use vitrine_commerce::{
    Fault,
    catalog::{find, unit_price},
    money::Currency,
    orders::LineFulfilment,
};
use vitrine_entity::{ids::OrderLineId, order_line};

use super::questions::{BackordersOfLine, FulfilmentOfOrder, OrderById, OrderLineById, RefundedOfLine};
use crate::{
    graphql::{
        credit::wish::LineGiftCard,
        inventory::availability::OrderLineBackorder,
        product::{object::Product, questions::ProductById},
        shared::{Attribute, ContextExt, Image, Money, Result, int},
        variant::{measurement::UnitPriceMeasurement, object::ProductVariant, questions::VariantById},
    },
    ids,
};

/// A line of an order.
#[derive(Debug, Clone)]
pub struct OrderLine {
    pub line: order_line::Model,
    /// The order's.
    pub currency: Currency,
}

impl OrderLine {
    /// The line that a row of `table` names, as it was sold.
    ///
    /// # Errors
    /// Where there is none, which is a fault.
    pub async fn named(ctx: &Context<'_>, table: &'static str, id: OrderLineId) -> Result<Self> {
        let missing = || Fault::Corrupt {
            table,
            column: "order_line_id",
            id: id.to_string(),
        };
        let line = ctx.load(OrderLineById(id)).await?.ok_or_else(missing)?;
        let order = ctx.load(OrderById(line.order_id)).await?.ok_or_else(missing)?;
        Ok(Self {
            line,
            currency: order.currency,
        })
    }
}

/// What an order sold, as it was on that day.
#[Object]
impl OrderLine {
    /// Names the line.
    async fn id(&self) -> ID {
        ids::public(self.line.id)
    }

    /// What the product was called.
    async fn title(&self) -> &str {
        &self.line.title
    }

    /// Which variant it was, in words, as in `Oak / Large`.
    async fn variant_title(&self) -> &str {
        &self.line.variant_title
    }

    /// The stock-keeping unit.
    async fn sku(&self) -> &str {
        &self.line.sku
    }

    /// What the front end noted of it, in the order in which it was given.
    async fn attributes(&self) -> Vec<Attribute> {
        self.line.attributes.0.iter().cloned().map(Attribute::from).collect()
    }

    /// For whom the gift cards are that the line is of, and when they are sent; null of other goods.
    #[graphql(complexity = "1 + child_complexity")]
    async fn gift_card(&self, ctx: &Context<'_>) -> Result<Option<LineGiftCard>> {
        let variant = ctx.load(VariantById(self.line.variant_id)).await?;
        let is_gift_card = variant.is_some_and(|variant| variant.gift_card);
        Ok(is_gift_card.then(|| LineGiftCard::of(&self.line.attributes)))
    }

    /// How many units.
    async fn quantity(&self) -> i32 {
        self.line.quantity
    }

    /// What one unit cost.
    async fn unit_price(&self) -> Money {
        self.money(self.line.unit_price_minor)
    }

    /// What it cost per unit of measurement, as per kilogram or litre, rounded half up. Null where nobody had said
    /// how much is in it.
    async fn measured_price(&self) -> Option<Money> {
        let price = vitrine_commerce::money::Money::new(self.line.unit_price_minor, self.currency);
        unit_price::unit_price(price, self.line.unit_measurement.as_ref()?).map(Money::from)
    }

    /// How much was in one unit, and for how much `measuredPrice` is told.
    async fn unit_price_measurement(&self) -> Option<UnitPriceMeasurement> {
        UnitPriceMeasurement::show(self.line.unit_measurement.as_ref()?)
    }

    /// What one unit weighed in grams, as it was sold. Null of orders that were placed before this was kept.
    async fn weight_grams(&self) -> Option<i32> {
        self.line.weight_grams
    }

    /// Unit price times quantity.
    async fn subtotal(&self) -> Money {
        self.money(self.line.subtotal_minor)
    }

    /// What was taken off; not negative.
    async fn discount(&self) -> Money {
        self.money(self.line.discount_minor)
    }

    /// How many units are paid back or on their way back, as `orderRefund` and `paymentRefund` were asked for them by
    /// their line.
    async fn refunded_quantity(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(int(ctx.load(RefundedOfLine(self.line.id)).await?.unwrap_or_default()))
    }

    /// How many units have left, in parcels that did not come back.
    #[graphql(complexity = 2)]
    async fn sent_quantity(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.fulfilment(ctx).await?.map_or(0, |line| int(line.sent)))
    }

    /// How many units have arrived.
    #[graphql(complexity = 2)]
    async fn delivered_quantity(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.fulfilment(ctx).await?.map_or(0, |line| int(line.delivered)))
    }

    /// How many units are still to be sent, those among them that stand packed. What was paid back before it was sent is not.
    #[graphql(complexity = 2)]
    async fn unsent_quantity(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.fulfilment(ctx).await?.map_or(0, |line| int(line.unsent())))
    }

    /// How many units no parcel holds and are still to be sent.
    #[graphql(complexity = 2)]
    async fn open_quantity(&self, ctx: &Context<'_>) -> Result<i32> {
        Ok(self.fulfilment(ctx).await?.map_or(0, |line| int(line.open())))
    }

    /// The tax. Where prices include tax, it is a part of the subtotal.
    async fn tax(&self) -> Money {
        self.money(self.line.tax_minor)
    }

    /// The tax's rate in hundredths of a percent: 19 % is 1900.
    async fn tax_basis_points(&self) -> i32 {
        self.line.tax_basis_points
    }

    /// What the shopper pays for it.
    async fn total(&self) -> Money {
        self.money(self.line.total_minor)
    }

    /// What of it did not lie in stock when it was ordered, and when that should come; null where all of it did.
    async fn backorder(&self, ctx: &Context<'_>) -> Result<Option<OrderLineBackorder>> {
        let key = BackordersOfLine((self.line.order_id, self.line.variant_id));
        let rows = ctx.load(key).await?.unwrap_or_default();
        Ok(OrderLineBackorder::show(&rows))
    }

    /// The picture that it was sold with.
    async fn picture(&self) -> Option<Image> {
        let source = self.line.picture_source.clone()?;
        Some(Image::of_order_line(self.line.id, source, self.line.title.clone()))
    }

    /// The product as it is today; null when it is no longer sold.
    #[graphql(complexity = "1 + child_complexity")]
    async fn product(&self, ctx: &Context<'_>) -> Result<Option<Product>> {
        let row = ctx.load(ProductById(self.line.product_id)).await?;
        Ok(row
            .filter(|product| find::is_visible(ctx.caller(), product))
            .map(Product))
    }

    /// The variant as it is today; null when it is no longer sold.
    #[graphql(complexity = "1 + child_complexity")]
    async fn variant(&self, ctx: &Context<'_>) -> Result<Option<ProductVariant>> {
        let product = ctx.load(ProductById(self.line.product_id)).await?;
        if !product.is_some_and(|product| find::is_visible(ctx.caller(), &product)) {
            return Ok(None);
        }
        let row = ctx.load(VariantById(self.line.variant_id)).await?;
        Ok(row
            .filter(|variant| variant.active || ctx.is_staff())
            .map(ProductVariant))
    }
}

impl OrderLine {
    async fn fulfilment(&self, ctx: &Context<'_>) -> Result<Option<LineFulfilment>> {
        let lines = ctx.load(FulfilmentOfOrder(self.line.order_id)).await?;
        Ok(lines
            .into_iter()
            .flatten()
            .find(|line| line.order_line_id == self.line.id))
    }

    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.currency)
    }
}
