use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::{economic_operator, product_safety};

use super::questions::OperatorById;
use crate::{
    graphql::shared::{ContextExt, Result, int, words},
    ids,
};

/// What buyers in the EU are told for their safety (Regulation 2023/988).
#[derive(Debug, Clone)]
pub struct ProductSafety(pub product_safety::Model);

/// What buyers in the EU are told for their safety (Regulation 2023/988).
#[Object]
impl ProductSafety {
    /// Who makes it.
    #[graphql(complexity = "1 + child_complexity")]
    async fn manufacturer(&self, ctx: &Context<'_>) -> Result<Option<EconomicOperator>> {
        let Some(id) = self.0.manufacturer_id else {
            return Ok(None);
        };
        Ok(ctx.load(OperatorById(id)).await?.map(EconomicOperator))
    }

    /// Who answers for it in the EU, where its maker is elsewhere.
    #[graphql(complexity = "1 + child_complexity")]
    async fn responsible_person(&self, ctx: &Context<'_>) -> Result<Option<EconomicOperator>> {
        let Some(id) = self.0.responsible_person_id else {
            return Ok(None);
        };
        Ok(ctx.load(OperatorById(id)).await?.map(EconomicOperator))
    }

    /// Warnings and how to use it safely, as text with line breaks.
    async fn warnings(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        words::optional(ctx, self.0.product_id, "warnings", self.0.warnings.as_deref()).await
    }
}

/// Who makes products, or answers for them in the EU.
#[derive(Debug, Clone)]
pub struct EconomicOperator(pub economic_operator::Model);

/// Who makes products, or answers for them in the EU.
#[Object]
impl EconomicOperator {
    /// Names them.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// What they are called.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Their postal address, with line breaks.
    async fn postal_address(&self) -> &str {
        &self.0.postal_address
    }

    /// Their mail address, or their address of the web.
    async fn electronic_address(&self) -> &str {
        &self.0.electronic_address
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// When they were deleted, where they were.
    async fn deleted_at(&self) -> Option<DateTime<Utc>> {
        self.0.deleted_at
    }
}
