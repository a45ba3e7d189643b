use async_graphql::Context;
use vitrine_commerce::{
    companies,
    orders::{
        self,
        desk::{self, OrderFilter},
    },
    paging::Count,
};

use vitrine_entity::ids::CompanyId;

use super::object::Order;
use crate::graphql::shared::{ContextExt, CountPrecision, Counted, Result, connection};

/// Which orders a list shows.
#[derive(Debug, Clone)]
pub enum Listed {
    /// Those of the customer who asks.
    Mine,
    /// Those that staff look for.
    All(Box<OrderFilter>),
    /// Those of a company that whoever asks sees.
    OfCompany(CompanyId),
}

connection! { OrderConnection, OrderEdge, Order, Counted<Listed>, {
    /// How many orders the whole list has, counted up to 10,000: see `totalCountPrecision`.
    #[graphql(complexity = 20)]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        self.context.rows(self.context.of.count(ctx)).await
    }

    /// Whether `totalCount` is all, or the list has more.
    #[graphql(complexity = 20)]
    async fn total_count_precision(&self, ctx: &Context<'_>) -> Result<CountPrecision> {
        self.context.precision(self.context.of.count(ctx)).await
    }
} }

impl Listed {
    async fn count(&self, ctx: &Context<'_>) -> vitrine_commerce::Result<Count> {
        match self {
            Self::Mine => orders::count_mine(ctx.shop(), ctx.caller()).await,
            Self::OfCompany(id) => companies::count_of_company(ctx.shop(), ctx.caller(), *id).await,
            Self::All(filter) => desk::count(ctx.shop(), ctx.caller(), filter).await,
        }
    }
}
