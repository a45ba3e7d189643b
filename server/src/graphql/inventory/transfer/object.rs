use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_commerce::Fault;
use vitrine_entity::{ids::LocationId, stock_transfer};

use super::{line::InventoryTransferLine, questions::LinesOfTransfer};
use crate::{
    graphql::{
        location::{object::Location, questions::LocationById},
        shared::{ContextExt, Date, Result, connection, int},
    },
    ids,
};

/// How far goods have come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::stock_transfer::TransferStatus")]
pub enum InventoryTransferStatus {
    /// Nothing has left yet.
    Draft,
    /// They have left and are not all there.
    InTransit,
    /// It is known of all of them what became of them, and some have come.
    Received,
    /// None of them came.
    Cancelled,
}

/// Goods on their way from one location to another, or from a supplier. For staff with the permission
/// `INVENTORY`.
#[derive(Debug, Clone)]
pub struct InventoryTransfer(pub stock_transfer::Model);

connection! { InventoryTransferConnection, InventoryTransferEdge, InventoryTransfer }

/// Goods on their way from one location to another, or from a supplier. For staff with the permission
/// `INVENTORY`.
#[Object]
impl InventoryTransfer {
    /// Names the transfer.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// Where they come from; null for a supplier's.
    #[graphql(complexity = "1 + child_complexity")]
    async fn origin(&self, ctx: &Context<'_>) -> Result<Option<Location>> {
        match self.0.origin_id {
            Some(id) => Ok(Some(location(ctx, id).await?)),
            None => Ok(None),
        }
    }

    /// Where they go.
    #[graphql(complexity = "1 + child_complexity")]
    async fn destination(&self, ctx: &Context<'_>) -> Result<Location> {
        location(ctx, self.0.destination_id).await
    }

    /// How far they have come.
    async fn status(&self) -> InventoryTransferStatus {
        self.0.status.into()
    }

    /// The supplier's number for it, or the carrier's.
    async fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// When they should come.
    async fn expected_on(&self) -> Option<Date> {
        self.0.expected_on.map(Date)
    }

    /// What staff wrote about it.
    async fn note(&self) -> Option<&str> {
        self.0.note.as_deref()
    }

    /// What it is to bring, at most 500 lines.
    #[graphql(complexity = "1 + 20 * child_complexity")]
    async fn lines(&self, ctx: &Context<'_>) -> Result<Vec<InventoryTransferLine>> {
        let rows = ctx.load(LinesOfTransfer(self.0.id)).await?.unwrap_or_default();
        Ok(rows.into_iter().map(InventoryTransferLine).collect())
    }

    /// Grows with every change: send it as `expectedVersion`.
    async fn version(&self) -> i32 {
        int(self.0.version)
    }

    /// Who made it.
    async fn created_by(&self) -> &str {
        &self.0.created_by
    }

    /// When it was made.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }

    /// When the goods left.
    async fn shipped_at(&self) -> Option<DateTime<Utc>> {
        self.0.shipped_at
    }

    /// When it ended.
    async fn closed_at(&self) -> Option<DateTime<Utc>> {
        self.0.closed_at
    }
}

async fn location(ctx: &Context<'_>, id: LocationId) -> Result<Location> {
    let missing = || Fault::Corrupt {
        table: "stock_transfer",
        column: "location",
        id: id.to_string(),
    };
    let row = ctx.load(LocationById(id)).await?;
    Ok(Location(row.ok_or_else(missing)?))
}
