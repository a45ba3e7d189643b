//! What staff change of variants.

pub mod create;
pub mod file;
pub mod input;
pub mod payload;
pub mod price;
pub mod reorder;
pub mod select;
pub mod update;

use async_graphql::{Context, Object};

use super::mutation::{
    create::{VariantsCreateInput, VariantsCreatePayload},
    price::{VariantPriceUpdateInput, VariantPriceUpdatePayload},
    reorder::{VariantsReorderInput, VariantsReorderPayload},
    select::{VariantsDeleteInput, VariantsDeletePayload, VariantsRestoreInput, VariantsRestorePayload},
    update::{VariantsUpdateInput, VariantsUpdatePayload},
};
use crate::graphql::shared::Result;

#[derive(Debug, Default)]
pub struct VariantMutation;

#[Object]
impl VariantMutation {
    /// Adds variants to a product, after those that it has. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn variants_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product, and its new variants.")] input: VariantsCreateInput,
    ) -> Result<Option<VariantsCreatePayload>> {
        VariantsCreatePayload::of(create::create(ctx, input).await)
    }

    /// Changes variants of a product, each in part: all of them or, where one is refused, none. For staff with
    /// the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn variants_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product, and how its variants change.")] input: VariantsUpdateInput,
    ) -> Result<Option<VariantsUpdatePayload>> {
        VariantsUpdatePayload::of(update::update(ctx, input).await)
    }

    /// Deletes variants of a product: nobody can buy them any more, and their SKUs are free. Orders go on
    /// naming them, carts that hold them say so, and `variantsRestore` brings them back. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn variants_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which variants of which product.")] input: VariantsDeleteInput,
    ) -> Result<Option<VariantsDeletePayload>> {
        VariantsDeletePayload::of(select::delete(ctx, input).await)
    }

    /// Brings deleted variants back as they were, with their SKUs, prices and stock. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn variants_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which variants of which product.")] input: VariantsRestoreInput,
    ) -> Result<Option<VariantsRestorePayload>> {
        VariantsRestorePayload::of(select::restore(ctx, input).await)
    }

    /// Shows a product's variants in another order. For staff with the permission `CATALOG`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn variants_reorder(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product, and the order of its variants.")] input: VariantsReorderInput,
    ) -> Result<Option<VariantsReorderPayload>> {
        VariantsReorderPayload::of(reorder::reorder(ctx, input).await)
    }

    /// Changes what a variant costs. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn variant_price_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which variant, and what it costs.")] input: VariantPriceUpdateInput,
    ) -> Result<Option<VariantPriceUpdatePayload>> {
        VariantPriceUpdatePayload::of(price::set_price(ctx, input).await)
    }
}
