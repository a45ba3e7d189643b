use async_graphql::{ID, Object};
use vitrine_commerce::cart::CartLineView;

use super::{cost::CartLineCost, discount::LineAdjustment};
use crate::{
    graphql::{
        credit::wish::LineGiftCard,
        inventory::availability::StockPromise,
        product::object::Product,
        shared::{Attribute, Image, Money, int},
        variant::object::ProductVariant,
    },
    ids,
};

/// A variant in a cart, and how many of it.
#[derive(Debug, Clone)]
pub struct CartLine(pub CartLineView);

/// A variant in a cart, and how many of it.
#[Object]
impl CartLine {
    /// Names the line within its cart.
    async fn id(&self) -> ID {
        ids::public(self.0.line.id)
    }

    /// How many units.
    async fn quantity(&self) -> i32 {
        self.0.line.quantity
    }

    /// What is to be bought.
    async fn variant(&self) -> ProductVariant {
        ProductVariant(self.0.variant.clone())
    }

    /// The product that it is a variant of.
    async fn product(&self) -> Product {
        Product(self.0.product.clone())
    }

    /// Whether staff sell with it what the catalogue has not, in a draft order: its product has its title, and no page.
    async fn custom(&self) -> bool {
        self.0.line.own_goods.is_some()
    }

    /// Whether staff gave its price, in a draft order.
    async fn own_price(&self) -> bool {
        self.0.line.own_price
    }

    /// The variant's own picture, else the product's first.
    async fn picture(&self) -> Option<Image> {
        self.0.picture.clone().map(Image::from)
    }

    /// Today's price of one unit.
    async fn unit_price(&self) -> Money {
        self.0.unit_price.into()
    }

    /// What one unit cost before, to be shown crossed out.
    async fn compare_at_unit_price(&self) -> Option<Money> {
        self.0.compare_at.map(Money::from)
    }

    /// Beside a reduced price: the lowest of the 30 days before the reduction began, as its variant tells it.
    #[graphql(name = "lowestUnitPriceLast30Days")]
    async fn lowest_unit_price_last_30_days(&self) -> Option<Money> {
        self.0.lowest_before.map(Money::from)
    }

    /// What the line costs.
    async fn cost(&self) -> CartLineCost {
        CartLineCost {
            subtotal: self.0.subtotal.into(),
            discount: self.0.discount.into(),
            tax: self.0.tax.into(),
            total: self.0.total.into(),
        }
    }

    /// What was taken off it and put on it, each by itself. What is taken off of all goods together stands here with the
    /// line's part.
    async fn adjustments(&self) -> Vec<LineAdjustment> {
        self.0.adjustments.iter().map(LineAdjustment::from).collect()
    }

    /// What the front end has noted of it, in the order in which it was given.
    async fn attributes(&self) -> Vec<Attribute> {
        self.0.line.attributes.0.iter().cloned().map(Attribute::from).collect()
    }

    /// For whom the gift cards are that the line is of, and when they are sent; null of other goods.
    async fn gift_card(&self) -> Option<LineGiftCard> {
        let is_gift_card = self.0.variant.gift_card;
        is_gift_card.then(|| LineGiftCard::of(&self.0.line.attributes))
    }

    /// How many units could be ordered at this moment, this cart's included; 1,000,000,000 where there is no
    /// limit.
    async fn available_quantity(&self) -> i32 {
        int(self.0.availability.to_be_had())
    }

    /// What of it does not lie in stock, and when it should come; null where all of it does.
    async fn promise(&self) -> Option<StockPromise> {
        self.0.promise().map(StockPromise::from)
    }
}
