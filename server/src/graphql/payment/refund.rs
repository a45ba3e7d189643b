use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{money::Currency, payments::RefundReason, staff::Permission};
use vitrine_entity::refund;

use crate::{
    graphql::{
        order::{object::Order, questions::OrderById},
        shared::{ContextExt, Money, Result},
    },
    ids,
};

/// Where a refund stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::refund::RefundStatus")]
pub enum RefundStatus {
    /// It is under way. What staff pay back by hand stays so until `refundConfirm`.
    Requested,
    /// The money is back.
    Succeeded,
    /// It did not work: staff look at it.
    Failed,
}

/// Money on its way back.
#[derive(Debug, Clone)]
pub struct Refund {
    pub row: refund::Model,
    /// The payment's.
    pub currency: Currency,
}

/// Money on its way back.
#[Object]
impl Refund {
    /// Names the refund.
    async fn id(&self) -> ID {
        ids::public(self.row.id)
    }

    /// How much.
    async fn amount(&self) -> Money {
        Money::new(self.row.amount_minor, self.currency)
    }

    /// Why.
    async fn reason(&self) -> &str {
        RefundReason::of(&self.row).words()
    }

    /// Where it stands.
    async fn status(&self) -> RefundStatus {
        self.row.status.into()
    }

    /// Why it failed, in the provider's words. For staff with the permission `REFUNDS`; null with
    /// an error otherwise.
    async fn failure(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        ctx.require(Permission::Refunds)?;
        Ok(self.row.failure.clone())
    }

    /// The order whose money it is. For staff with the permission `ORDERS`; null with an error
    /// otherwise.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        ctx.require(Permission::Orders)?;
        Ok(ctx.load(OrderById(self.row.order_id)).await?.map(Order))
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime<Utc> {
        self.row.created_at
    }

    /// When it last changed.
    async fn updated_at(&self) -> DateTime<Utc> {
        self.row.updated_at
    }
}
