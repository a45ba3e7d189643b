use async_graphql::{Context, ID, Object};
use vitrine_commerce::orders::{
    self,
    analytics::{self, Period},
    desk,
};

use super::{
    analytics::OrderAnalytics,
    connection::{Listed, OrderConnection},
    filter::{OrderSort, OrderWhere},
    object::Order,
};
use crate::{
    graphql::shared::{ContextExt, Counted, CurrencyCode, Date, Result, cost, map, page},
    ids,
};

#[derive(Debug, Default)]
pub struct OrderQuery;

#[Object]
impl OrderQuery {
    /// An order. Null if there is none, or if it is not yours to see: sign in as its customer, or
    /// give its access token. Staff need the permission `ORDERS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order's id.")] id: ID,
        #[graphql(desc = "Opens it to a guest: `orderPlace` and the mails give it.", secret)] access_token: Option<
            String,
        >,
    ) -> Result<Option<Order>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        Ok(orders::find(ctx.shop(), ctx.caller(), id, access_token.as_deref())
            .await?
            .map(Order))
    }

    /// As `order`, by the number that people read and say.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order_by_number(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The order's number, as in `V-7K3M-9QXT`.")] number: String,
        #[graphql(desc = "Opens it to a guest: `orderPlace` and the mails give it.", secret)] access_token: Option<
            String,
        >,
    ) -> Result<Option<Order>> {
        let found = orders::find_by_number(ctx.shop(), ctx.caller(), &number, access_token.as_deref()).await?;
        Ok(found.map(Order))
    }

    /// All orders, newest first unless `sort` says otherwise. For staff with the permission `ORDERS`; a customer's
    /// own are `viewer.orders`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    #[expect(clippy::too_many_arguments, reason = "a list takes four of them to page")]
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which orders.")] filter: Option<OrderWhere>,
        #[graphql(desc = "In which order.")] sort: Option<OrderSort>,
    ) -> Result<Option<OrderConnection>> {
        let filter = filter.unwrap_or_default().filter(ctx.caller().currency)?;
        let (sort, page) = (sort.unwrap_or_default().into(), page(first, after, last, before));
        let page = desk::list(ctx.shop(), ctx.caller(), &filter, sort, &page).await?;
        Ok(Some(OrderConnection {
            page: map(page, Order),
            context: Counted::new(Listed::All(Box::new(filter))),
        }))
    }
    /// How much was ordered in a period of at most 366 days: counts and revenue, by status and by day. For staff with
    /// the permission `ORDERS`.
    #[graphql(complexity = "50 + child_complexity")]
    async fn order_analytics(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The first day, in the shop's time zone.")] from: Date,
        #[graphql(desc = "The last day; it counts.")] to: Date,
        #[graphql(desc = "In which currency by status and by day; the shop's own unless given.")] currency_code: Option<
            CurrencyCode,
        >,
    ) -> Result<Option<OrderAnalytics>> {
        let period = Period { from: from.0, to: to.0 };
        let code = currency_code.as_ref().map(|code| &*code.0);
        let analytics = analytics::analytics(ctx.shop(), ctx.caller(), period, code).await?;
        Ok(Some(analytics.into()))
    }
}
