use async_graphql::{Context, Enum, ID, Object, SimpleObject};
use chrono::{DateTime, Utc};
use vitrine_commerce::orders;
use vitrine_entity::legacy_order;

use crate::{
    graphql::{
        order::object::Order,
        shared::{ContextExt, Result, connection},
    },
    ids,
};

/// Which of two systems, while a shop moves from one to the other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::legacy_order::LegacySide")]
pub enum LegacySide {
    /// This shop.
    Here,
    /// The older system.
    There,
}

/// Where it stands whether both systems say the same of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::legacy_order::LegacyFinding")]
pub enum LegacyFinding {
    /// Both say the same, or have not been asked yet.
    None,
    /// They differ: it waits for a decision.
    Open,
    /// They differ, and staff have decided to leave it.
    Dismissed,
}

/// Something that two systems do not say alike of an order.
#[derive(Debug, SimpleObject)]
pub struct LegacyDifference {
    /// `order` (one of them has it not, or refused it), `status`, `currency`, `total`, or an SKU.
    pub field: String,
    /// What holds here; empty where there is nothing.
    pub here: String,
    /// What the older system says; empty where there is nothing.
    pub there: String,
}

/// An order of a client that knows the older checkout alone, and whether the older system says the same of it.
#[derive(Debug, Clone)]
pub struct LegacyOrder(pub legacy_order::Model);

connection! { LegacyOrderConnection, LegacyOrderEdge, LegacyOrder }

/// An order of a client that knows the older checkout alone, and whether the older system says the same of it.
#[Object]
impl LegacyOrder {
    /// Names it.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Its number, as whoever placed it calls it.
    async fn number(&self) -> &str {
        &self.0.number
    }

    /// Who placed it.
    async fn placed(&self) -> LegacySide {
        self.0.placed.into()
    }

    /// The order, where it was placed here.
    #[graphql(complexity = "1 + child_complexity")]
    async fn order(&self, ctx: &Context<'_>) -> Result<Option<Order>> {
        let Some(id) = self.0.order_id else { return Ok(None) };
        Ok(orders::find(ctx.shop(), ctx.caller(), id, None).await?.map(Order))
    }

    /// Where it stands, as both last agreed: `placed`, `paid`, `sent`, `done`, `cancelled`; null before that.
    async fn status(&self) -> Option<&str> {
        Some(self.0.agreed.status.as_str()).filter(|status| !status.is_empty())
    }

    /// What they do not say alike.
    #[graphql(complexity = "2 * child_complexity")]
    async fn differences(&self) -> Vec<LegacyDifference> {
        let differences = self.0.differences.0.iter().cloned();
        let shown = differences.map(|found| LegacyDifference {
            field: found.field,
            here: found.here,
            there: found.there,
        });
        shown.collect()
    }

    /// Where that stands.
    async fn finding(&self) -> LegacyFinding {
        self.0.finding.into()
    }

    /// Who decided: the id of a member of staff or an app.
    async fn decided_by(&self) -> Option<&str> {
        self.0.decided_by.as_deref()
    }

    /// Why it was left.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// When it was last written to the older system; null where it was not.
    async fn written_at(&self) -> Option<DateTime<Utc>> {
        self.0.written_at
    }

    /// When both were last compared; null where they have not been yet.
    async fn compared_at(&self) -> Option<DateTime<Utc>> {
        self.0.compared_at
    }

    /// When they are compared again; null once the order is over.
    async fn next_at(&self) -> Option<DateTime<Utc>> {
        self.0.next_at
    }

    /// When it was placed.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}
