//! The stock ledger, append-only.

use sea_orm::IntoActiveModel;
use uuid::Uuid;
use vitrine_entity::{
    ids::{LocationId, OrderId, StockEntryId, VariantId},
    stock,
    stock_entry::{self, StockEntryCause, StockEntryKind},
};

use crate::{Tx, events};

/// A change of stock, as the ledger keeps it.
pub(super) struct Entry {
    pub variant: VariantId,
    pub location: LocationId,
    pub kind: StockEntryKind,
    pub on_hand_delta: i64,
    pub reserved_delta: i64,
    pub order: Option<OrderId>,
    pub reason: Option<String>,
    pub cause: Option<StockEntryCause>,
    /// The transfer or the count that it was for.
    pub reference: Option<Uuid>,
}

impl Entry {
    /// A change that an order made, of nothing yet.
    pub(super) fn of_order(kind: StockEntryKind, variant: VariantId, location: LocationId, order: OrderId) -> Self {
        Self {
            variant,
            location,
            kind,
            on_hand_delta: 0,
            reserved_delta: 0,
            order: Some(order),
            reason: None,
            cause: None,
            reference: None,
        }
    }
}

/// Writes `entries` with the end of the transaction.
pub(super) fn write(tx: &Tx, entries: Vec<Entry>) {
    let shop = tx.shop();
    let actor = tx.context().viewer.actor();
    let rows = entries.into_iter().map(|entry| stock_entry::Model {
        id: StockEntryId(shop.new_id()),
        variant_id: entry.variant,
        location_id: entry.location,
        kind: entry.kind,
        on_hand_delta: entry.on_hand_delta,
        reserved_delta: entry.reserved_delta,
        order_id: entry.order,
        reason: entry.reason,
        cause: entry.cause,
        reference: entry.reference,
        actor: actor.clone(),
        created_at: shop.now(),
    });
    let rows: Vec<_> = rows.inspect(|row| events::stock(tx, row)).collect();
    tx.write_later::<stock_entry::Entity>(rows.into_iter().map(IntoActiveModel::into_active_model));
}

/// A change of what lies in stock that no order made.
pub(super) fn of_stock(row: &stock::Model, kind: StockEntryKind, on_hand_delta: i64, reason: &str) -> Entry {
    Entry {
        variant: row.variant_id,
        location: row.location_id,
        kind,
        on_hand_delta,
        reserved_delta: 0,
        order: None,
        reason: Some(reason.to_owned()),
        cause: None,
        reference: None,
    }
}
