use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{
    returns::{self, ReturnFilter},
    staff::Permission,
};

use super::{
    object::{Listed, Return, ReturnConnection, ReturnStatus},
    policy::ReturnPolicy,
};
use crate::{
    graphql::shared::{ContextExt, Counted, Result, cost, map, page},
    ids,
};

/// Which returns. All that is given must hold.
#[derive(Debug, Default, InputObject)]
pub struct ReturnWhere {
    /// In one of these states.
    pub statuses: Option<Vec<ReturnStatus>>,
    /// Of this order.
    pub order_id: Option<ID>,
}

#[derive(Debug, Default)]
pub struct ReturnQuery;

#[Object]
impl ReturnQuery {
    /// A return. Null if there is none, or if its order is not yours to see: sign in as its customer, or give the order's
    /// access token. Staff need the permission `ORDERS`.
    #[graphql(name = "return", complexity = "1 + child_complexity")]
    async fn one(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The return's id.")] id: ID,
        #[graphql(desc = "Opens its order to a guest.", secret)] access_token: Option<String>,
    ) -> Result<Option<Return>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let row = returns::by_id(ctx.shop(), ctx.caller(), id, access_token.as_deref()).await?;
        Ok(row.map(Return))
    }

    /// Returns, newest first. For staff with the permission `ORDERS`; a customer's own are `viewer.returns`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn returns(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which returns.", name = "where")] wanted: Option<ReturnWhere>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<ReturnConnection>> {
        ctx.require(Permission::Orders)?;
        let wanted = wanted.unwrap_or_default();
        let order = wanted.order_id.as_ref();
        let filter = ReturnFilter {
            statuses: wanted
                .statuses
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            order: order
                .map(|id| ids::input(id, "order", &["where", "orderId"]))
                .transpose()
                .map_err(vitrine_commerce::Error::from)?,
        };
        let page = page(first, after, last, before);
        let page = returns::list(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(ReturnConnection {
            page: map(page, Return),
            context: Counted::new(Listed::All(filter)),
        }))
    }

    /// What the shop says of returns.
    async fn return_policy(&self, ctx: &Context<'_>) -> Result<Option<ReturnPolicy>> {
        Ok(Some(ReturnPolicy(returns::policy(ctx.shop()).await?)))
    }
}
