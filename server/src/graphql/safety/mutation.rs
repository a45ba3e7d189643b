use async_graphql::{Context, Object};

use super::{
    operator::{
        self, EconomicOperatorCreateInput, EconomicOperatorCreatePayload, EconomicOperatorDeleteInput,
        EconomicOperatorDeletePayload, EconomicOperatorRestoreInput, EconomicOperatorRestorePayload,
        EconomicOperatorUpdateInput, EconomicOperatorUpdatePayload,
    },
    set::{self, ProductSafetySetInput, ProductSafetySetPayload},
};
use crate::graphql::shared::Result;

#[derive(Debug, Default)]
pub struct SafetyMutation;

#[Object]
impl SafetyMutation {
    /// Keeps a maker or responsible person, for products to name. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn economic_operator_create(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The new one.")] input: EconomicOperatorCreateInput,
    ) -> Result<Option<EconomicOperatorCreatePayload>> {
        EconomicOperatorCreatePayload::of(operator::create(ctx, input).await)
    }

    /// Changes a maker or responsible person; the products that name them show it. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn economic_operator_update(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one changes, and how.")] input: EconomicOperatorUpdateInput,
    ) -> Result<Option<EconomicOperatorUpdatePayload>> {
        EconomicOperatorUpdatePayload::of(operator::update(ctx, input).await)
    }

    /// Deletes a maker or responsible person that no product names; `economicOperatorRestore` brings them
    /// back. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn economic_operator_delete(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: EconomicOperatorDeleteInput,
    ) -> Result<Option<EconomicOperatorDeletePayload>> {
        EconomicOperatorDeletePayload::of(operator::delete(ctx, input).await)
    }

    /// Brings a deleted maker or responsible person back. For staff with the permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn economic_operator_restore(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: EconomicOperatorRestoreInput,
    ) -> Result<Option<EconomicOperatorRestorePayload>> {
        EconomicOperatorRestorePayload::of(operator::restore(ctx, input).await)
    }

    /// Says who makes a product, who answers for it in the EU, and what it warns of. For staff with the
    /// permission `CATALOG`.
    #[graphql(complexity = "20 + child_complexity")]
    async fn product_safety_set(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The product, and what its buyers are told.")] input: ProductSafetySetInput,
    ) -> Result<Option<ProductSafetySetPayload>> {
        ProductSafetySetPayload::of(set::set(ctx, input).await)
    }
}
