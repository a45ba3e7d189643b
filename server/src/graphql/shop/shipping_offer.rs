use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use vitrine_commerce::delivery::estimate::Estimate;
use vitrine_entity::shipping_method;

use crate::{
    graphql::{
        shared::{Money, Result, words},
        shipping::{estimate::DeliveryEstimate, method::ShippingMethodKind},
    },
    ids,
};

/// A way to ship to a place, before there is a cart.
#[derive(Debug, SimpleObject)]
#[graphql(complex)]
pub struct ShippingOffer {
    #[graphql(skip)]
    method: shipping_method::Model,
    /// Whether the goods go to the shopper, or the shopper to the goods.
    pub kind: ShippingMethodKind,
    /// Who carries it.
    pub carrier: Option<String>,
    /// What it costs at least: the lightest and cheapest goods that it carries.
    pub price: Money,
    /// From this worth of goods on it costs nothing.
    pub free_from: Option<Money>,
    /// When goods arrive that are ordered now. Null where nobody said how long it takes.
    pub delivery_estimate: Option<DeliveryEstimate>,
}

#[ComplexObject]
impl ShippingOffer {
    /// Names the method: staff send it to `orderEdit`. A cart has its own `shippingMethods`.
    async fn id(&self) -> ID {
        ids::public(self.method.id)
    }

    /// Its name, as shoppers read it.
    async fn name(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(ctx, self.method.id, "name", &self.method.name).await
    }

    /// What to expect of it.
    async fn description(&self, ctx: &Context<'_>) -> Result<String> {
        words::text(ctx, self.method.id, "description", &self.method.description).await
    }
}

impl ShippingOffer {
    pub fn new(method: &shipping_method::Model, estimate: Option<Estimate>) -> Self {
        let money = |minor| Money::new(minor, method.currency);
        let first = |steps: &shipping_method::Steps| steps.0.iter().map(|step| step.amount_minor).min().unwrap_or(0);
        let least = [first(&method.weight_steps), first(&method.value_steps)];
        Self {
            method: method.clone(),
            kind: method.kind.into(),
            carrier: method.carrier.clone(),
            price: money(least.into_iter().fold(method.amount_minor, i64::saturating_add)),
            free_from: method.free_from_minor.map(money),
            delivery_estimate: estimate.map(DeliveryEstimate::from),
        }
    }
}
