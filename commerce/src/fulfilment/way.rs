//! How goods come to the shopper, as the timeline's entries say it.

use vitrine_entity::{order, shipping_method::MethodKind};

/// `PARCEL`, `PICKUP`, or `LINK` where nothing is sent.
pub(super) fn way(order: &order::Model) -> &'static str {
    let kind = order.delivery.as_ref().map(|delivery| delivery.kind);
    match (order.ships, kind) {
        (false, _) => "LINK",
        (true, Some(MethodKind::Pickup)) => "PICKUP",
        (true, _) => "PARCEL",
    }
}
