use async_graphql::{Context, InputObject, Object};
use vitrine_commerce::delivery::tax::setting::{self, RateFilter};

use super::object::{TaxRate, TaxRateConnection};
use crate::graphql::shared::{ContextExt, CountryCode, Result, cost, map, page};

/// Restricts a list of tax rates. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct TaxRateWhere {
    /// Whose taxes they are.
    pub country_code: Option<CountryCode>,
    /// Whether staff have looked at them.
    pub confirmed: Option<bool>,
    /// Whether those that were taken away are shown, too.
    #[graphql(default)]
    pub include_deleted: bool,
}

#[derive(Debug, Default)]
pub struct TaxQuery;

#[Object]
impl TaxQuery {
    /// The shop's tax rates, in the order in which they were made. For staff with the permission `SETTINGS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn tax_rates(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which rates.")] filter: Option<TaxRateWhere>,
    ) -> Result<Option<TaxRateConnection>> {
        let filter = filter.unwrap_or_default();
        let filter = RateFilter {
            country: filter.country_code.map(|code| code.0),
            confirmed: filter.confirmed,
            with_deleted: filter.include_deleted,
        };
        let page = setting::list(ctx.shop(), ctx.caller(), &filter, &page(first, after, last, before)).await?;
        Ok(Some(TaxRateConnection {
            page: map(page, TaxRate),
            context: (),
        }))
    }

    /// The tax categories that rates or goods name, at most 1000, in alphabetical order. For staff with the permission
    /// `SETTINGS`.
    #[graphql(complexity = 10)]
    async fn tax_categories(&self, ctx: &Context<'_>) -> Result<Option<Vec<String>>> {
        Ok(Some(setting::categories(ctx.shop(), ctx.caller()).await?))
    }
}
