//! That somebody is to be told something. To whom, and in which words, is the shop's own to know.

use serde::Serialize;
use vitrine_entity::ids::OrderId;

use super::{EventKind, NewEvent, is_anybody_told, write};
use crate::Tx;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct NotificationData<'a> {
    channel: &'a str,
    notification: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    order_id: Option<OrderId>,
}

/// Tells that a mail of this name was asked for, about `subject`, a public id.
pub(crate) fn notification(tx: &Tx, name: &str, subject: &str, order: Option<OrderId>) {
    if !is_anybody_told(tx.shop()) {
        return;
    }
    let data = NotificationData {
        channel: "EMAIL",
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
