use async_graphql::{Context, Object};
use vitrine_commerce::catalog::safety;

use super::object::EconomicOperator;
use crate::graphql::shared::{ContextExt, Result};

#[derive(Debug, Default)]
pub struct SafetyQuery;

#[Object]
impl SafetyQuery {
    /// Makers and responsible persons by name, at most 1,000. For staff with the permission `CATALOG`; null
    /// with an error otherwise.
    #[graphql(complexity = "10 + 10 * child_complexity")]
    async fn economic_operators(
        &self,
        ctx: &Context<'_>,
        #[graphql(
            desc = "Those that are deleted instead, which `economicOperatorRestore` brings back.",
            default
        )]
        deleted: bool,
    ) -> Result<Option<Vec<EconomicOperator>>> {
        let rows = safety::all_operators(ctx.shop(), ctx.caller(), deleted).await?;
        Ok(Some(rows.into_iter().map(EconomicOperator).collect()))
    }
}
