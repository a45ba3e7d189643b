use async_graphql::{Context, Object};

use super::{object::Customer, questions::CustomerById};
use crate::graphql::shared::{ContextExt, Result};

#[derive(Debug, Default)]
pub struct CustomerQuery;

#[Object]
impl CustomerQuery {
    /// The customer who is signed in; null for a guest, and for staff.
    #[graphql(complexity = "1 + child_complexity")]
    async fn viewer(&self, ctx: &Context<'_>) -> Result<Option<Customer>> {
        let Some(id) = ctx.caller().viewer.customer() else {
            return Ok(None);
        };
        Ok(ctx.load(CustomerById(id)).await?.map(Customer))
    }
}
