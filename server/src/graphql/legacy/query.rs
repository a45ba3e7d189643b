use async_graphql::{Context, Object};
use vitrine_commerce::legacy;

use super::object::{LegacyFinding, LegacyOrder, LegacyOrderConnection};
use crate::graphql::shared::{ContextExt, Result, cost, map, page};

#[derive(Debug, Default)]
pub struct LegacyQuery;

#[Object]
impl LegacyQuery {
    /// Orders of clients that know the older checkout alone, newest first: those that were placed here and written to the
    /// older system, and those that it placed. For staff with the permission `ORDERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn legacy_orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(desc = "Whether both systems say the same; all unless given.")] finding: Option<LegacyFinding>,
    ) -> Result<Option<LegacyOrderConnection>> {
        let asked = page(first, after, last, before);
        let found = legacy::list(ctx.shop(), ctx.caller(), finding.map(Into::into), &asked).await?;
        Ok(Some(LegacyOrderConnection {
            page: map(found, LegacyOrder),
            context: (),
        }))
    }
}
