use async_graphql::SimpleObject;

use crate::graphql::shared::Money;

/// A way to ship to a country, before there is a cart.
#[derive(Debug, SimpleObject)]
pub struct ShippingOffer {
    /// Its name, as shoppers read it.
    pub name: String,
    /// What to expect of it, such as how long it takes.
    pub description: String,
    /// What it costs.
    pub price: Money,
    /// From this worth of goods on it costs nothing.
    pub free_from: Option<Money>,
}
