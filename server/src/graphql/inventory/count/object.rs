use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::{Fault, inventory::counts};
use vitrine_entity::stock_count;

use super::line::{InventoryCountLine, InventoryCountLineConnection};
use crate::{
    graphql::{
        location::{object::Location, questions::LocationById},
        shared::{ContextExt, Result, connection, cost, int, map, page},
    },
    ids,
};

/// What became of a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::stock_count::CountStatus")]
pub enum InventoryCountStatus {
    /// Lines are entered.
    Open,
    /// Its differences have changed stock.
    Applied,
    /// It was given up.
    Abandoned,
}

/// A count of what lies at a location. For staff with the permission `INVENTORY`.
#[derive(Debug, Clone)]
pub struct InventoryCount(pub stock_count::Model);

connection! { InventoryCountConnection, InventoryCountEdge, InventoryCount }

/// A count of what lies at a location. For staff with the permission `INVENTORY`.
#[Object]
impl InventoryCount {
    /// Names the count.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where is counted.
    #[graphql(complexity = "1 + child_complexity")]
    async fn location(&self, ctx: &Context<'_>) -> Result<Location> {
        let missing = || Fault::Corrupt {
            table: "stock_count",
            column: "location_id",
            id: self.0.id.to_string(),
        };
        let row = ctx.load(LocationById(self.0.location_id)).await?;
        Ok(Location(row.ok_or_else(missing)?))
    }

    /// What became of it.
    async fn status(&self) -> InventoryCountStatus {
        self.0.status.into()
    }

    /// What staff wrote when they began.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// Why it was applied or given up.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// What was counted, by the variants' ids.
    #[graphql(complexity = "cost(first, last, child_complexity)")]
    async fn lines(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Only those that differ from the books.", default)] only_differences: bool,
        #[graphql(desc = "How many rows after `after`, 1 to 100.")] first: Option<i32>,
        #[graphql(desc = "A cursor: the page begins after it.")] after: Option<String>,
        #[graphql(desc = "How many rows before `before`, 1 to 100.")] last: Option<i32>,
        #[graphql(desc = "A cursor: the page ends before it.")] before: Option<String>,
    ) -> Result<Option<InventoryCountLineConnection>> {
        let page = page(first, after, last, before);
        let page = counts::lines(ctx.shop(), ctx.caller(), self.0.id, only_differences, &page).await?;
        Ok(Some(InventoryCountLineConnection {
            page: map(page, InventoryCountLine),
            context: (),
        }))
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// Who began it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When it was begun.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When it ended.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at
    }
}
