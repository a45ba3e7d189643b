use async_graphql::{Context, Enum, ID, Object};
use chrono::{DateTime, Utc};
use vitrine_entity::{
    ids::{ReturnId, StockCountId, StockTransferId},
    stock_entry,
};

use crate::{
    graphql::{
        shared::{Result, connection, int},
        staff::actor::name_of,
    },
    ids,
};

/// Why stock changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::stock_entry::StockEntryKind")]
pub enum StockEntryKind {
    /// It was counted, or came in with the catalogue.
    Received,
    /// Staff added or took away.
    Adjusted,
    /// An order holds it.
    Reserved,
    /// An order gave up what it held.
    Released,
    /// A paid order took what it held.
    Deducted,
    /// A paid order was cancelled before its goods went out; or they came back later.
    PutBack,
}

/// What moved units that no order's hold moved, where it was no single adjustment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "vitrine_entity::stock_entry::StockEntryCause")]
pub enum StockEntryCause {
    /// They left for another location.
    TransferShipped,
    /// They came from another location.
    TransferReceived,
    /// They left for another location, and came back.
    TransferReturned,
    /// They came from a supplier.
    Delivered,
    /// A count found more or fewer.
    Counted,
    /// They came back from whoever had bought them.
    Returned,
}

/// One change of a variant's stock. All of them together explain every unit.
#[derive(Debug, Clone)]
pub struct StockEntry(pub stock_entry::Model);

connection! { StockEntryConnection, StockEntryEdge, StockEntry }

/// One change of a variant's stock. All of them together explain every unit. For staff with the
/// permission `INVENTORY`.
#[Object]
impl StockEntry {
    /// Names the entry.
    async fn id(&self) -> ID {
        ids::public(self.0.id)
    }

    /// The variant whose stock changed.
    async fn variant_id(&self) -> ID {
        ids::public(self.0.variant_id)
    }

    /// Where.
    async fn location_id(&self) -> ID {
        ids::public(self.0.location_id)
    }

    /// Why.
    async fn kind(&self) -> StockEntryKind {
        self.0.kind.into()
    }

    /// More about why, where it was no order and no single adjustment.
    async fn cause(&self) -> Option<StockEntryCause> {
        self.0.cause.map(StockEntryCause::from)
    }

    /// The id of the transfer, the count or the return that it was for.
    async fn reference_id(&self) -> Option<ID> {
        let (cause, id) = (self.0.cause?, self.0.reference?);
        Some(match cause {
            stock_entry::StockEntryCause::Counted => ids::public(StockCountId(id)),
            stock_entry::StockEntryCause::Returned => ids::public(ReturnId(id)),
            _ => ids::public(StockTransferId(id)),
        })
    }

    /// Units that came to lie there; where negative, that went.
    async fn on_hand_delta(&self) -> i32 {
        int(self.0.on_hand_delta)
    }

    /// Units that orders came to hold; where negative, that they hold no longer.
    async fn reserved_delta(&self) -> i32 {
        int(self.0.reserved_delta)
    }

    /// The order that it was for.
    async fn order_id(&self) -> Option<ID> {
        self.0.order_id.map(ids::public)
    }

    /// Why, in the words of whoever did it.
    async fn reason(&self) -> Option<&str> {
        self.0.reason.as_deref()
    }

    /// Who did it: the id of a customer or a member of staff, `shopper` for a guest, or `system`.
    async fn actor(&self) -> &str {
        &self.0.actor
    }

    /// What whoever did it is called, where a member of staff or an app did.
    #[graphql(complexity = 2)]
    async fn actor_name(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        name_of(ctx, &self.0.actor).await
    }

    /// When.
    async fn created_at(&self) -> DateTime<Utc> {
        self.0.created_at
    }
}
