use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::{money::Currency, payments::RefundReason, staff::Permission};
use vitrine_entity::{refund, refund_line};

use super::questions::LinesOfRefund;
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

/// Units of a line that a refund is for.
#[derive(Debug, SimpleObject)]
pub struct RefundLine {
    /// The line's id, of the order.
    pub line_id: ID,
    /// How many units.
    pub quantity: i32,
    /// How much of the refund is for them.
    pub amount: Money,
}

impl RefundLine {
    /// Those of a refund in `currency`.
    pub fn of(rows: Vec<refund_line::Model>, currency: Currency) -> Vec<Self> {
        let line = |row: refund_line::Model| Self {
            line_id: ids::public(row.order_line_id),
            quantity: row.quantity,
            amount: Money::new(row.amount_minor, currency),
        };
        rows.into_iter().map(line).collect()
    }
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

    /// Which units of which lines it is for, where staff said so. Of an `orderRefund` that gift cards or store credit paid a
    /// part of, the amounts are those of the whole.
    #[graphql(complexity = "5 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<RefundLine>> {
        let rows = ctx.load(LinesOfRefund(self.row.id)).await?.unwrap_or_default();
        Ok(RefundLine::of(rows, self.currency))
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
