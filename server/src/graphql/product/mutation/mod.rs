//! What staff change in the catalogue.

pub mod pictures;
pub mod set;
pub mod update;

use async_graphql::{Context, Object};

use super::mutation::{
    set::{ProductSetInput, ProductSetPayload},
    update::{ProductUpdateInput, ProductUpdatePayload},
};
use crate::graphql::shared::Result;

#[derive(Debug, Default)]
pub struct ProductMutation;

#[Object]
impl ProductMutation {
    /// Makes the product with this slug exactly what is sent, and creates it if there is none.
    /// Variants that are left out are switched off. Sending the same twice changes nothing. For
    /// staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn product_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product as it should be.")] input: ProductSetInput,
    ) -> Result<Option<ProductSetPayload>> {
        ProductSetPayload::of(set::set(ctx, input).await)
    }

    /// Changes some of a product's fields. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which product changes, and how.")] input: ProductUpdateInput,
    ) -> Result<Option<ProductUpdatePayload>> {
        ProductUpdatePayload::of(update::update(ctx, input).await)
    }
}
