//! What the order's timeline, and the audit log, keep of a parcel.

use serde_json::{Value as Json, json};
use vitrine_entity::{order, shipment};

use crate::fulfilment::way::way;

/// Which parcel an entry is about, and how it travels.
pub(in crate::fulfilment) fn data_of(order: &order::Model, parcel: &shipment::Model) -> Json {
    json!({
        "shipment": parcel.id,
        "carrier": parcel.carrier,
        "trackingNumber": parcel.tracking_number,
        "trackingUrl": parcel.tracking_url,
        "by": way(order),
    })
}
