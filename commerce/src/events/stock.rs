//! What an entry of the stock ledger tells others.

use sea_orm::ActiveEnum;
use serde::Serialize;
use vitrine_entity::{
    ids::{LocationId, OrderId, StockEntryId, VariantId},
    stock_entry,
};

use super::{EventKind, NewEvent, is_anybody_told, write};
use crate::Tx;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct StockData {
    entry_id: StockEntryId,
    variant_id: VariantId,
    location_id: LocationId,
    on_hand_delta: i64,
    reserved_delta: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_id: Option<OrderId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cause: Option<String>,
}

/// Tells of an entry that is about to be written.
pub(crate) fn stock(tx: &Tx, entry: &stock_entry::Model) {
    if !is_anybody_told(tx.shop()) {
        return;
    }
    let data = StockData {
        entry_id: entry.id,
        variant_id: entry.variant_id,
        location_id: entry.location_id,
        on_hand_delta: entry.on_hand_delta,
        reserved_delta: entry.reserved_delta,
        order_id: entry.order_id,
        cause: entry.cause.map(|cause| cause.to_value()),
    };
    let event = NewEvent {
        kind: EventKind::of_stock(entry.kind),
        subject: &entry.variant_id.to_string(),
        sequence: None,
        customer: None,
        data: &data,
    };
    write(tx, &event);
}
