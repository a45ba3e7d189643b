use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{money::Currency, staff::Permission};
use vitrine_entity::capture;

use crate::{
    graphql::shared::{ContextExt, Money, Result},
    ids,
};

/// Where a capture stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::capture::CaptureStatus")]
pub enum CaptureStatus {
    /// It is under way.
    Requested,
    /// The money is the shop's.
    Succeeded,
    /// It did not work: staff look at it, and may try again.
    Failed,
}

/// Money of a payment on its way to the shop.
#[derive(Debug, Clone)]
pub struct Capture {
    pub row: capture::Model,
    /// The payment's.
    pub currency: Currency,
}

/// Money that was held for the shop, on its way to it. A payment is captured once: what is not
/// taken then is released to the shopper.
#[Object]
impl Capture {
    /// Names the capture.
    async fn id(&self) -> ID {
        ids::public(self.row.id)
    }

    /// How much.
    async fn amount(&self) -> Money {
        Money::new(self.row.amount_minor, self.currency)
    }

    /// Where it stands.
    async fn status(&self) -> CaptureStatus {
        self.row.status.into()
    }

    /// Why it failed, in the provider's words. For staff with the permission `ORDERS`; null with
    /// an error otherwise.
    async fn failure(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        ctx.require(Permission::Orders)?;
        Ok(self.row.failure.clone())
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
