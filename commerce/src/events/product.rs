//! That a product was changed: whoever wants to know how asks for it.

use sea_orm::ActiveEnum;
use serde::Serialize;
use vitrine_entity::{ids::ProductId, product};

use super::{EventKind, NewEvent, is_anybody_told, write};
use crate::Tx;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ProductData {
    product_id: ProductId,
    status: String,
}

/// Tells that a product has come to `version`.
pub(crate) fn product(tx: &Tx, kind: EventKind, product: &product::Model, version: i64) {
    if !is_anybody_told(tx.shop()) {
        return;
    }
    let data = ProductData {
        product_id: product.id,
        status: product.status.to_value(),
    };
    let event = NewEvent {
        kind,
        subject: &product.id.to_string(),
        sequence: Some(version),
        customer: None,
        data: &data,
    };
    write(tx, &event);
}
