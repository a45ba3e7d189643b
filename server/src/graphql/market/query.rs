use async_graphql::{Context, Object};
use vitrine_commerce::settings::markets;

use super::{object::Market, price_list::PriceList};
use crate::graphql::shared::{ContextExt, Result};

#[derive(Debug, Default)]
pub struct MarketQuery;

#[Object]
impl MarketQuery {
    /// Where the shop sells in which currency: for a choice of countries and currencies. What no market names is sold to in
    /// the shop's own currency; a shop without any sells everywhere so.
    #[graphql(complexity = "5 * child_complexity")]
    async fn markets(&self, ctx: &Context<'_>) -> Vec<Market> {
        ctx.shop().profile().markets.iter().cloned().map(Market).collect()
    }

    /// What the shop sells in besides its own currency, and at which rates. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "5 * child_complexity")]
    async fn price_lists(&self, ctx: &Context<'_>) -> Result<Option<Vec<PriceList>>> {
        let lists = markets::lists(ctx.shop(), ctx.caller()).await?;
        Ok(Some(lists.into_iter().map(PriceList).collect()))
    }
}
