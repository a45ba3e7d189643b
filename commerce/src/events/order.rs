//! What an entry of an order's timeline tells others.

use sea_orm::ActiveEnum;
use serde::Serialize;
use serde_json::Value as Json;
use vitrine_entity::{
    ids::OrderId,
    order::{self, OrderStatus},
    order_event::OrderEventKind,
};

use super::{Amount, EventKind, NewEvent, is_anybody_told, write};
use crate::{Tx, money::Money};

/// What entries keep of an amount that they are about.
const AMOUNTS: [&str; 3] = ["amountMinor", "unpaidMinor", "refundMinor"];

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct OrderData<'a> {
    order_id: OrderId,
    number: &'a str,
    status: String,
    total: Amount,
    placed_at: chrono::DateTime<chrono::Utc>,
    #[serde(skip_serializing_if = "Option::is_none")]
    amount: Option<Amount>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    to: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    shipment_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    withdrawal_id: Option<&'a str>,
}

/// Tells of an entry of the order's timeline, its number, kind, and the status that the order has by it, with what it says in
/// `data`. Texts that people wrote stay here: they may
/// say anything about anybody.
pub(crate) fn order(
    tx: &Tx,
    order: &order::Model,
    (number, kind, status): (i64, OrderEventKind, OrderStatus),
    data: &Json,
) {
    let Some(kind) = EventKind::of_entry(kind).filter(|_| is_anybody_told(tx.shop())) else {
        return;
    };
    let text = |name: &str| data.get(name).and_then(Json::as_str).filter(|text| !text.is_empty());
    let amount_minor = AMOUNTS
        .iter()
        .find_map(|name| data.get(name)?.as_i64().filter(|minor| *minor > 0));
    let data = OrderData {
        order_id: order.id,
        number: &order.number,
        status: status.to_value(),
        total: Money::new(order.total_minor, order.currency).into(),
        placed_at: order.placed_at,
        amount: amount_minor.map(|minor| Money::new(minor, order.currency).into()),
        paid: text("paid").map(str::to_ascii_uppercase),
        reason: text("reasonCode"),
        to: text("to"),
        shipment_id: text("shipment"),
        return_id: text("return"),
        withdrawal_id: text("withdrawal"),
    };
    let event = NewEvent {
        kind,
        subject: &order.id.to_string(),
        sequence: Some(number),
        customer: order.customer_id,
        data: &data,
    };
    write(tx, &event);
}
