//! Which entries of an order's timeline are told by a text message, in which words, and for how long it is worth telling.

use chrono::TimeDelta;
use serde_json::Value as Json;
use vitrine_entity::order_event::OrderEventKind;

use crate::{
    language::{Message, messages},
    text,
};

/// The most characters of a shop's or a carrier's name: each part of a message is paid for.
const NAME_LENGTH_MAX: usize = 40;

/// What happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Occasion {
    /// Goods are on their way.
    Dispatched {
        is_part: bool,
        carrier: Option<String>,
    },
    /// Goods wait where they are picked up.
    ReadyForPickup {
        is_part: bool,
    },
    OutForDelivery,
    Delivered,
}

impl Occasion {
    /// What an entry with these particulars tells; most tell nothing that is worth a message.
    pub(crate) fn of(kind: OrderEventKind, data: &Json) -> Option<Self> {
        let named = |name: &str| data.get(name).and_then(Json::as_str);
        let is_part = kind == OrderEventKind::ParcelDispatched;
        match kind {
            // The rest of it was paid back: nothing has left by this.
            OrderEventKind::Dispatched if data.get("closed").is_some() => None,
            OrderEventKind::Dispatched | OrderEventKind::ParcelDispatched => Some(match named("by") {
                Some("PICKUP") => Self::ReadyForPickup { is_part },
                _ => Self::Dispatched {
                    is_part,
                    carrier: named("carrier").map(short),
                },
            }),
            OrderEventKind::ParcelMoved if named("status") == Some("OUT_FOR_DELIVERY") => Some(Self::OutForDelivery),
            // The last parcel that arrives completes its order.
            OrderEventKind::ParcelDelivered => Some(Self::Delivered),
            OrderEventKind::Completed if named("status") == Some("DELIVERED") => Some(Self::Delivered),
            _ => None,
        }
    }

    /// What others know its message by.
    pub(super) fn name(&self) -> &'static str {
        match self {
            Self::Dispatched { .. } => "order_dispatched",
            Self::ReadyForPickup { .. } => "order_ready_for_pickup",
            Self::OutForDelivery => "parcel_out_for_delivery",
            Self::Delivered => "parcel_delivered",
        }
    }

    /// For how long it is told, if it could not be at once.
    pub(crate) fn lasts(&self) -> TimeDelta {
        match self {
            Self::OutForDelivery => TimeDelta::hours(8),
            Self::Dispatched { .. } | Self::ReadyForPickup { .. } | Self::Delivered => TimeDelta::hours(48),
        }
    }

    /// Whether whoever reads it wants to open the order.
    pub(crate) fn has_link(&self) -> bool {
        matches!(self, Self::Dispatched { .. } | Self::ReadyForPickup { .. })
    }

    pub(crate) fn message(&self, shop: &str, number: &str) -> Message {
        let shop = short(shop);
        match self {
            Self::Dispatched { is_part: true, .. } => messages::sms_dispatched_part(shop, number),
            Self::Dispatched {
                carrier: Some(carrier), ..
            } => messages::sms_dispatched_carrier(shop, number, carrier),
            Self::Dispatched { carrier: None, .. } => messages::sms_dispatched(shop, number),
            Self::ReadyForPickup { is_part: true } => messages::sms_ready_part(shop, number),
            Self::ReadyForPickup { is_part: false } => messages::sms_ready(shop, number),
            Self::OutForDelivery => messages::sms_out_for_delivery(shop, number),
            Self::Delivered => messages::sms_delivered(shop, number),
        }
    }
}

fn short(name: &str) -> String {
    text::one_line(name).chars().take(NAME_LENGTH_MAX).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::language::Language;

    #[test]
    fn what_is_worth_a_message_is_told_and_nothing_else() {
        let english = Language::of("en", "DE");
        let told = |kind, data: &Json| {
            let occasion = Occasion::of(kind, data);
            occasion.map(|occasion| english.say(&occasion.message("Lina  &\nSons", "V-1")))
        };
        let dispatched = OrderEventKind::Dispatched;
        for (kind, data, expected) in [
            (
                dispatched,
                json!({}),
                Some("Lina & Sons: your order V-1 is on its way."),
            ),
            (
                dispatched,
                json!({ "carrier": "DHL" }),
                Some("Lina & Sons: your order V-1 is on its way with DHL."),
            ),
            (
                OrderEventKind::ParcelDispatched,
                json!({ "carrier": "DHL" }),
                Some("Lina & Sons: a part of your order V-1 is on its way."),
            ),
            (
                dispatched,
                json!({ "by": "PICKUP" }),
                Some("Lina & Sons: your order V-1 is ready to be picked up."),
            ),
            (dispatched, json!({ "closed": true }), None),
            (
                OrderEventKind::ParcelMoved,
                json!({ "status": "OUT_FOR_DELIVERY" }),
                Some("Lina & Sons: a parcel of your order V-1 is out for delivery."),
            ),
            (OrderEventKind::ParcelMoved, json!({ "status": "IN_TRANSIT" }), None),
            (
                OrderEventKind::Completed,
                json!({ "status": "DELIVERED" }),
                Some("Lina & Sons: a parcel of your order V-1 was delivered."),
            ),
            (OrderEventKind::Completed, json!({}), None),
            (OrderEventKind::Refunded, json!({}), None),
        ] {
            assert_eq!(told(kind, &data).as_deref(), expected, "{kind:?} {data}");
        }
    }
}
