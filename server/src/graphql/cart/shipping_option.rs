use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use vitrine_commerce::cart;
use vitrine_entity::shipping_method;

use super::adjustment::{self, Adjustment};
use crate::{
    graphql::{
        location::{object::Location, questions::LocationById},
        shared::{ContextExt, Money, Result, words},
        shipping::{estimate::DeliveryEstimate, method::ShippingMethodKind},
    },
    ids,
};

/// A way to ship to a cart's address, or to have the goods waiting.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct ShippingOption {
    /// Names the method: send it to `cartShippingMethodSelect`.
    pub id: ID,
    /// Whether the goods go to the shopper, or the shopper to the goods.
    pub kind: ShippingMethodKind,
    /// Who carries it.
    pub carrier: Option<String>,
    /// What it costs for this cart, after the discounts of shipping that the cart would have by it.
    pub price: Money,
    /// What it costs before them; null where it has none.
    pub compare_at_price: Option<Money>,
    /// Those discounts, with what each takes off.
    pub adjustments: Vec<Adjustment>,
    /// When the goods arrive, or wait to be picked up, if they were ordered now. Null where nobody said how long it
    /// takes.
    pub delivery_estimate: Option<DeliveryEstimate>,
    /// Whether it is the chosen one.
    pub selected: bool,
    #[graphql(skip)]
    method: shipping_method::Model,
}

#[ComplexObject]
impl ShippingOption {
    /// Its name, as shoppers read it.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(ctx, self.method.id, "name", &self.method.name).await
    }

    /// What to expect of it.
    async fn description(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(ctx, self.method.id, "description", &self.method.description).await
    }

    /// Where a pickup waits: its address, its opening hours, and what to bring.
    #[graphql(complexity = "1 + child_complexity")]
    async fn location(&self, ctx: &Context<'_>) -> Result<Option<Location>> {
        let Some(id) = self.method.location_id else {
            return Ok(None);
        };
        Ok(ctx.load(LocationById(id)).await?.map(Location))
    }
}

impl From<cart::ShippingOption> for ShippingOption {
    fn from(option: cart::ShippingOption) -> Self {
        Self {
            id: ids::public(option.method.id),
            kind: option.method.kind.into(),
            carrier: option.method.carrier.clone(),
            adjustments: adjustment::of_shipping(&option),
            price: option.price.into(),
            compare_at_price: option.former.map(Money::from),
            delivery_estimate: option.estimate.map(DeliveryEstimate::from),
            selected: option.selected,
            method: option.method,
        }
    }
}
