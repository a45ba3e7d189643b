use async_graphql::Context;
use vitrine_commerce::orders::{
    self,
    desk::{self, OrderFilter},
};

use super::object::Order;
use crate::graphql::shared::{ContextExt, Result, connection, int};

/// Which orders a list shows.
#[derive(Debug, Clone)]
pub enum Listed {
    /// Those of the customer who asks.
    Mine,
    /// Those that staff look for.
    All(Box<OrderFilter>),
}

connection! { OrderConnection, OrderEdge, Order, Listed, {
    /// How many orders the whole list has. It is counted: ask only where it is shown.
    #[graphql(complexity = 20)]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = match &self.context {
            Listed::Mine => orders::count_mine(ctx.shop(), ctx.caller()).await?,
            Listed::All(filter) => desk::count(ctx.shop(), ctx.caller(), filter).await?,
        };
        Ok(int(count.try_into().unwrap_or(i64::MAX)))
    }
} }
