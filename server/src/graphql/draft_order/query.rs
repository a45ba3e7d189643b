use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{
    checkout::drafts::{self, DraftFilter},
    staff::Permission,
};

use super::object::{DraftOrder, DraftOrderConnection, DraftOrderStatus};
use crate::{
    graphql::shared::{ContextExt, Counted, Result, cost, map, page},
    ids,
};

/// Which draft orders. All that is given must hold.
#[derive(Debug, Default, InputObject)]
pub struct DraftOrderWhere {
    /// Those that stand there.
    pub status: Option<DraftOrderStatus>,
    /// Those for this customer.
    pub customer_id: Option<ID>,
    /// The one with this whole number, or those for this whole mail address: at most 200 characters.
    pub query: Option<String>,
    /// Those that were taken away, in place of those that are there.
    pub deleted: Option<bool>,
}

#[derive(Debug, Default)]
pub struct DraftOrderQuery;

#[Object]
impl DraftOrderQuery {
    /// A draft order. Null if there is none, or if it is not yours to see: whoever is to pay it gives the token of its link,
    /// which opens it once it was sent. Staff need the permission `ORDERS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn draft_order(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The draft order's id.")] id: ID,
        #[graphql(desc = "The token of its link.", secret)] access_token: Option<String>,
    ) -> Result<Option<DraftOrder>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let row = drafts::by_id(ctx.shop(), ctx.caller(), id, access_token.as_deref()).await?;
        Ok(row.map(DraftOrder))
    }

    /// Draft orders, newest first. For staff with the permission `ORDERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn draft_orders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which draft orders.", name = "where")] wanted: Option<DraftOrderWhere>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<DraftOrderConnection>> {
        ctx.require(Permission::Orders)?;
        let wanted = wanted.unwrap_or_default();
        let customer = wanted.customer_id.as_ref();
        let filter = DraftFilter {
            status: wanted.status.map(Into::into),
            customer: customer
                .map(|id| ids::input(id, "customer", &["where", "customerId"]))
                .transpose()
                .map_err(vitrine_commerce::Error::from)?,
            query: wanted.query,
            deleted: wanted.deleted.unwrap_or_default(),
        };
        let page = page(first, after, last, before);
        let page = drafts::list(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(DraftOrderConnection {
            page: map(page, DraftOrder),
            context: Counted::new(filter),
        }))
    }
}
