use async_graphql::{Context, ID, InputObject, Object};
use vitrine_commerce::{
    staff::Permission,
    withdrawals::{self, WithdrawalFilter},
};

use super::object::{Withdrawal, WithdrawalConnection, WithdrawalJudgement, WithdrawalStatus};
use crate::{
    graphql::shared::{ContextExt, Counted, Result, cost, map, page},
    ids,
};

/// Which statements of withdrawal. All that is given must hold.
#[derive(Debug, Default, InputObject)]
pub struct WithdrawalWhere {
    /// In one of these states.
    pub statuses: Option<Vec<WithdrawalStatus>>,
    /// Of which the rules say one of these.
    pub judgements: Option<Vec<WithdrawalJudgement>>,
    /// Of this order.
    pub order_id: Option<ID>,
}

#[derive(Debug, Default)]
pub struct WithdrawalQuery;

#[Object]
impl WithdrawalQuery {
    /// A statement of withdrawal. Null if there is none, or if its order is not yours to see: sign in as its customer, or give
    /// the order's access token. Staff need the permission `ORDERS`.
    #[graphql(complexity = "1 + child_complexity")]
    async fn withdrawal(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The statement's id.")] id: ID,
        #[graphql(desc = "Opens its order to a guest.", secret)] access_token: Option<String>,
    ) -> Result<Option<Withdrawal>> {
        let Some(id) = ids::find(&id) else { return Ok(None) };
        let row = withdrawals::by_id(ctx.shop(), ctx.caller(), id, access_token.as_deref()).await?;
        Ok(row.map(Withdrawal))
    }

    /// Statements of withdrawal, newest first. For staff with the permission `ORDERS`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn withdrawals(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Which statements.", name = "where")] wanted: Option<WithdrawalWhere>,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<WithdrawalConnection>> {
        ctx.require(Permission::Orders)?;
        let wanted = wanted.unwrap_or_default();
        let order = wanted.order_id.as_ref();
        let filter = WithdrawalFilter {
            statuses: wanted
                .statuses
                .unwrap_or_default()
                .into_iter()
                .map(Into::into)
                .collect(),
            judgements: wanted
                .judgements
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
        let page = withdrawals::list(ctx.shop(), ctx.caller(), &filter, &page).await?;
        Ok(Some(WithdrawalConnection {
            page: map(page, Withdrawal),
            context: Counted::new(filter),
        }))
    }
}
