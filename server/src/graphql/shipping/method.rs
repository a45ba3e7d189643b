use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_entity::shipping_method;

use crate::{
    graphql::{
        location::{object::Location, questions::LocationById},
        shared::{ContextExt, Money, Result, int},
    },
    ids,
};

/// Whether the goods go to the shopper, or the shopper to the goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::shipping_method::MethodKind")]
pub enum ShippingMethodKind {
    /// Somebody carries them to the shopper's address.
    Ship,
    /// They wait at a location of the shop's.
    Pickup,
}

/// A way to ship within a zone, as staff set it up.
#[derive(Debug, Clone)]
pub struct ShippingMethod(pub shipping_method::Model);

/// A way to ship within a zone, as staff set it up. For staff with the permission `SETTINGS`; shoppers see what a cart
/// offers.
#[Object]
impl ShippingMethod {
    /// Names the method.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Its name, as shoppers read it.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// What to expect of it.
    async fn description(&self) -> &str {
        &self.0.description
    }

    /// Whether the goods go to the shopper, or the shopper to the goods.
    async fn kind(&self) -> ShippingMethodKind {
        self.0.kind.into()
    }

    /// Where a pickup waits.
    #[graphql(complexity = "1 + child_complexity")]
    async fn location(&self, ctx: &Context<'_>) -> Result<Option<Location>> {
        let Some(id) = self.0.location_id else { return Ok(None) };
        Ok(ctx.load(LocationById(id)).await?.map(Location))
    }

    /// Who carries it.
    async fn carrier(&self) -> Option<&str> {
        self.0.carrier.as_deref()
    }

    /// Whether it is offered.
    async fn active(&self) -> bool {
        self.0.active
    }

    /// What it costs in any case; what the steps say comes on top.
    async fn price(&self) -> Money {
        self.money(self.0.amount_minor)
    }

    /// What comes on top by weight: the first step that holds the goods' weight.
    async fn weight_steps(&self) -> Vec<ShippingWeightStep> {
        let step = |step: &shipping_method::Step| ShippingWeightStep {
            up_to_grams: step.up_to.map(int),
            price: self.money(step.amount_minor),
        };
        self.0.weight_steps.0.iter().map(step).collect()
    }

    /// What comes on top by the goods' subtotal: the first step that holds it.
    async fn value_steps(&self) -> Vec<ShippingValueStep> {
        let step = |step: &shipping_method::Step| ShippingValueStep {
            up_to: step.up_to.map(|minor| self.money(minor)),
            price: self.money(step.amount_minor),
        };
        self.0.value_steps.0.iter().map(step).collect()
    }

    /// From this subtotal on it costs nothing.
    async fn free_from(&self) -> Option<Money> {
        self.0.free_from_minor.map(|minor| self.money(minor))
    }

    /// Offered from this subtotal on.
    async fn value_min(&self) -> Option<Money> {
        self.0.value_min_minor.map(|minor| self.money(minor))
    }

    /// Offered up to this subtotal.
    async fn value_max(&self) -> Option<Money> {
        self.0.value_max_minor.map(|minor| self.money(minor))
    }

    /// Offered from this weight on.
    async fn weight_min_grams(&self) -> Option<i32> {
        self.0.weight_min_grams.map(int)
    }

    /// Offered up to this weight.
    async fn weight_max_grams(&self) -> Option<i32> {
        self.0.weight_max_grams.map(int)
    }

    /// Working days until the goods are handed over.
    async fn handling_days(&self) -> i32 {
        self.0.handling_days
    }

    /// Working days from then on, at least.
    async fn transit_days_min(&self) -> Option<i32> {
        self.0.transit_days_min
    }

    /// Working days from then on, at most.
    async fn transit_days_max(&self) -> Option<i32> {
        self.0.transit_days_max
    }

    /// The hour of the shop's day from which on an order counts as one of the next working day.
    async fn cutoff_hour(&self) -> Option<i32> {
        self.0.cutoff_hour
    }

    /// Classes of goods that it does not carry.
    async fn refused_classes(&self) -> &[String] {
        &self.0.refused_classes.0
    }

    /// The only classes that it carries; empty where it carries all that it does not refuse.
    async fn only_classes(&self) -> &[String] {
        &self.0.only_classes.0
    }

    /// The tax category whose rate its price is taxed at; null for the standard rate.
    async fn tax_category(&self) -> Option<&str> {
        self.0.tax_category.as_deref()
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When it was taken away; null while it is there.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}

impl ShippingMethod {
    fn money(&self, minor: i64) -> Money {
        Money::new(minor, self.0.currency)
    }
}

/// What comes on top up to a weight.
#[derive(Debug, SimpleObject)]
pub struct ShippingWeightStep {
    /// Up to this weight, it included; null for everything beyond the step before.
    pub up_to_grams: Option<i32>,
    /// What it costs.
    pub price: Money,
}

/// What comes on top up to a subtotal.
#[derive(Debug, SimpleObject)]
pub struct ShippingValueStep {
    /// Up to this subtotal, it included; null for everything beyond the step before.
    pub up_to: Option<Money>,
    /// What it costs.
    pub price: Money,
}
