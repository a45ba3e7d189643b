use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::orders::{self, OrderFilter};

use super::object::{Order, OrderConnection, OrderStatus};
use crate::{
    graphql::shared::{ContextExt, Result, cost, map, page},
    ids,
};

/// Restricts a list of orders. Everything given must hold.
#[derive(Debug, Clone, Default, InputObject)]
pub struct OrderWhere {
    /// Where they stand.
    pub status: Option<OrderStatus>,
    /// The whole mail address that they were placed with.
    pub email: Option<String>,
}

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

    /// All orders, newest first. For staff with the permission `ORDERS`; a customer's own are
    /// `viewer.orders`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
        #[graphql(name = "where", desc = "Which orders.")] filter: Option<OrderWhere>,
    ) -> Result<Option<OrderConnection>> {
        let filter = filter.unwrap_or_default();
        let filter = OrderFilter {
            status: filter.status.map(Into::into),
            email: filter.email,
        };
        let page = orders::list(ctx.shop(), ctx.caller(), &filter, &page(first, after, last, before)).await?;
        Ok(Some(OrderConnection {
            page: map(page, Order),
            context: (),
        }))
    }
}
