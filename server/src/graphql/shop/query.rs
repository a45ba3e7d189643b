use async_graphql::Object;

use super::object::Shop;

#[derive(Debug, Default)]
pub struct ShopQuery;

#[Object]
impl ShopQuery {
    /// The shop itself: its name, currency and country.
    async fn shop(&self) -> Shop {
        Shop
    }
}
