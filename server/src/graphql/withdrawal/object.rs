use async_graphql::{Context, Enum};
use vitrine_commerce::withdrawals::{self, WithdrawalFilter};
use vitrine_entity::withdrawal;

use crate::graphql::shared::{ContextExt, CountPrecision, Counted, Result, connection};

/// Where a statement of withdrawal stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::withdrawal::WithdrawalStatus")]
pub enum WithdrawalStatus {
    /// It was received, and waits to be looked at: by the shop's rules, and where these do not decide it, by staff.
    Received,
    /// The goods come back, or the order was cancelled.
    Accepted,
    /// The shop does not accept it.
    Refused,
}

/// What the rules say of a statement of withdrawal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::withdrawal::WithdrawalJudgement")]
pub enum WithdrawalJudgement {
    /// It came in time. Goods that are exempt may be among those from which it withdraws.
    InTime,
    /// It came after the period.
    Late,
    /// The order's market has no such right, or a company bought.
    NotEntitled,
    /// No order has this number and this mail address.
    Unmatched,
}

/// Somebody's statement that they withdraw from a contract.
#[derive(Debug, Clone)]
pub struct Withdrawal(pub withdrawal::Model);

connection! { WithdrawalConnection, WithdrawalEdge, Withdrawal, Counted<WithdrawalFilter>, {
    /// How many statements the whole list has, counted up to 10,000: see `totalCountPrecision`.
    #[graphql(complexity = 20)]
    async fn total_count(&self, ctx: &Context<'_>) -> Result<i32> {
        self.context.rows(withdrawals::count(ctx.shop(), ctx.caller(), &self.context.of)).await
    }

    /// Whether `totalCount` is all, or the list has more.
    #[graphql(complexity = 20)]
    async fn total_count_precision(&self, ctx: &Context<'_>) -> Result<CountPrecision> {
        self.context.precision(withdrawals::count(ctx.shop(), ctx.caller(), &self.context.of)).await
    }
} }
