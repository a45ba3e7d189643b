use async_graphql::{Context, Enum, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::withdrawals;
use vitrine_entity::order;

use crate::graphql::shared::{ContextExt, Result};

/// From when the period counts in which a consumer may withdraw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::withdrawal::PeriodBasis")]
pub enum WithdrawalPeriodBasis {
    /// The delivery of the last parcel.
    Delivered,
    /// Nobody told that the last parcel came: so many days after it left as `returnPolicy.deliveryMarginDays` says.
    Sent,
    /// Something is still to be sent: the period has not begun.
    NotSent,
    /// Nothing of the order is sent: the moment in which it was placed.
    Concluded,
}

/// For how long a consumer may withdraw from an order.
#[derive(Debug, Clone)]
pub struct WithdrawalPeriod(pub withdrawals::Period);

impl WithdrawalPeriod {
    /// Of an order that the caller may open.
    pub async fn of(ctx: &Context<'_>, order: &order::Model) -> Result<Self> {
        Ok(Self(withdrawals::period_of(ctx.shop(), order).await?))
    }
}

/// For how long a consumer may withdraw from an order. It ends with its last day in the shop's time zone; where that is a
/// Saturday, a Sunday, or a day on which the shop is closed, with the next that is none.
#[Object]
impl WithdrawalPeriod {
    /// How many days it has; 0 where there is no such right: by the order's market, and where a company bought.
    async fn days(&self) -> i32 {
        self.0.days
    }

    /// What it is counted from.
    async fn basis(&self) -> WithdrawalPeriodBasis {
        self.0.basis.into()
    }

    /// From when it is counted; null while it has not begun.
    async fn counted_from(&self) -> Option<DateTime<Utc>> {
        self.0.counted_from
    }

    /// The first moment that is too late; null while it has not begun, and where there is no such right.
    async fn ends_at(&self) -> Option<DateTime<Utc>> {
        self.0.ends_at
    }
}
