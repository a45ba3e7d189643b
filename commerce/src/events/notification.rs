//! That somebody is to be told something. To whom, and in which words, is the shop's own to know.

use serde::Serialize;
use vitrine_entity::ids::OrderId;

use super::{EventKind, NewEvent, is_anybody_told, write};
use crate::Tx;

/// How somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "UPPERCASE")]
pub(crate) enum Channel {
    Email,
    /// A text message to a mobile phone.
    Sms,
    /// The browsers that are told of an order.
    Push,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NotificationData<'a> {
    channel: Channel,
    notification: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_id: Option<OrderId>,
}

/// Tells that a message of this name was asked for, about `subject`, a public id, and the order that it belongs to.
pub(crate) fn notification(tx: &Tx, channel: Channel, name: &str, (subject, order): (&str, Option<OrderId>)) {
    if !is_anybody_told(tx.shop()) {
        return;
    }
    let data = NotificationData {
        channel,
        notification: name,
        order_id: order,
    };
    let event = NewEvent {
        kind: EventKind::NotificationRequested,
        subject,
        sequence: None,
        customer: None,
        data: &data,
    };
    write(tx, &event);
}
