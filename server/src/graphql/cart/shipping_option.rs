use async_graphql::{ComplexObject, Context, ID, SimpleObject};
use vitrine_commerce::cart;
use vitrine_entity::ids::LocationId;

use crate::{
    graphql::{
        location::{object::Location, questions::LocationById},
        shared::{ContextExt, Money, Result},
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
    /// Its name, as shoppers read it.
    pub name: String,
    /// What to expect of it.
    pub description: String,
    /// Whether the goods go to the shopper, or the shopper to the goods.
    pub kind: ShippingMethodKind,
    /// Who carries it.
    pub carrier: Option<String>,
    /// What it costs for this cart.
    pub price: Money,
    /// When the goods arrive, or wait to be picked up, if they were ordered now. Null where nobody said how long it
    /// takes.
    pub delivery_estimate: Option<DeliveryEstimate>,
    /// Whether it is the chosen one.
    pub selected: bool,
    #[graphql(skip)]
    location: Option<LocationId>,
}

#[ComplexObject]
impl ShippingOption {
    /// Where a pickup waits: its address, its opening hours, and what to bring.
    #[graphql(complexity = "1 + child_complexity")]
    async fn location(&self, ctx: &Context<'_>) -> Result<Option<Location>> {
        let Some(id) = self.location else { return Ok(None) };
        Ok(ctx.load(LocationById(id)).await?.map(Location))
    }
}

impl From<cart::ShippingOption> for ShippingOption {
    fn from(option: cart::ShippingOption) -> Self {
        Self {
            id: ids::public(option.method.id),
            name: option.method.name,
            description: option.method.description,
            kind: option.method.kind.into(),
            carrier: option.method.carrier,
            price: option.price.into(),
            delivery_estimate: option.estimate.map(DeliveryEstimate::from),
            selected: option.selected,
            location: option.method.location_id,
        }
    }
}
