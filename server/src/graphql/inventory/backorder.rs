use async_graphql::{Context, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{inventory, staff::Permission};
use vitrine_entity::backorder;

use super::availability::BackorderKind;
use crate::{
    graphql::shared::{ContextExt, Date, Result, connection, cost, int, map, page},
    ids,
};

/// Units of a variant that an order waits for. For staff with the permission `INVENTORY`.
#[derive(Debug, Clone)]
pub struct Backorder(pub backorder::Model);

connection! { BackorderConnection, BackorderEdge, Backorder }

/// Units of a variant that an order waits for. For staff with the permission `INVENTORY`.
#[Object]
impl Backorder {
    /// Names it.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The order that waits.
    async fn order_id(&self) -> ID {
        ids::public(self.0.order_id)
    }

    /// The variant that it waits for.
    async fn variant_id(&self) -> ID {
        ids::public(self.0.variant_id)
    }

    /// Whether the goods come again or for the first time.
    async fn kind(&self) -> BackorderKind {
        self.0.kind.into()
    }

    /// How many units it was promised.
    async fn quantity(&self) -> i32 {
        int(self.0.quantity)
    }

    /// How many of those have not come yet.
    async fn waiting(&self) -> i32 {
        int(self.0.quantity - self.0.filled)
    }

    /// When they should be there, as it was promised; null where nobody could say.
    async fn expected_on(&self) -> Option<Date> {
        self.0.promised_for.map(Date)
    }

    /// When it was promised.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}

#[derive(Debug, Default)]
pub struct BackorderQuery;

#[Object]
impl BackorderQuery {
    /// Which orders wait for a variant, in the order in which they get what comes. For staff with the permission
    /// `INVENTORY`.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn backorders(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "The variant's id.")] variant_id: ID,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<BackorderConnection>> {
        ctx.require(Permission::Inventory)?;
        let Some(variant) = ids::find(&variant_id) else {
            return Ok(None);
        };
        let page = page(first, after, last, before);
        let page = inventory::waiting(ctx.shop(), ctx.caller(), variant, &page).await?;
        Ok(Some(BackorderConnection {
            page: map(page, Backorder),
            context: (),
        }))
    }
}
