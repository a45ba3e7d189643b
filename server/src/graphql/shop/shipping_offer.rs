use async_graphql::SimpleObject;
use vitrine_commerce::delivery::estimate::Estimate;
use vitrine_entity::shipping_method;

use crate::graphql::{
    shared::Money,
    shipping::{estimate::DeliveryEstimate, method::ShippingMethodKind},
};

/// A way to ship to a place, before there is a cart.
#[derive(Debug, SimpleObject)]
pub struct ShippingOffer {
    /// Its name, as shoppers read it.
    pub name: String,
    /// What to expect of it.
    pub description: String,
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

impl ShippingOffer {
    pub fn new(method: &shipping_method::Model, estimate: Option<Estimate>) -> Self {
        let money = |minor| Money::new(minor, method.currency);
        let first = |steps: &shipping_method::Steps| steps.0.iter().map(|step| step.amount_minor).min().unwrap_or(0);
        let least = [first(&method.weight_steps), first(&method.value_steps)];
        Self {
            name: method.name.clone(),
            description: method.description.clone(),
            kind: method.kind.into(),
            carrier: method.carrier.clone(),
            price: money(least.into_iter().fold(method.amount_minor, i64::saturating_add)),
            free_from: method.free_from_minor.map(money),
            delivery_estimate: estimate.map(DeliveryEstimate::from),
        }
    }
}
