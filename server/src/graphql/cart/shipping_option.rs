use async_graphql::{ID, SimpleObject};
use vitrine_commerce::cart;

use crate::{graphql::shared::Money, ids};

/// A way to ship to a cart's address.
#[derive(Debug, SimpleObject)]
pub struct ShippingOption {
    /// Names the method: send it to `cartShippingMethodSelect`.
    pub id: ID,
    /// Its name, as shoppers read it.
    pub name: String,
    /// What to expect of it, such as how long it takes.
    pub description: String,
    /// What it costs for this cart.
    pub price: Money,
    /// Whether it is the chosen one.
    pub selected: bool,
}

impl From<cart::ShippingOption> for ShippingOption {
    fn from(option: cart::ShippingOption) -> Self {
        Self {
            id: ids::public(option.method.id),
            name: option.method.name,
            description: option.method.description,
            price: option.price.into(),
            selected: option.selected,
        }
    }
}
