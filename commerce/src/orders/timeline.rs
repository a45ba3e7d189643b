//! What happened to an order, in order. An entry's number is gapless within its order, and is what
//! a subscription resumes after.

use chrono_tz::Tz;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use vitrine_entity::{
    ids::OrderId,
    order,
    order_event::{self, OrderEventKind},
};

use super::{alert::in_words, cancel_reason::CancelReason};
use crate::{
    Context, ErrorCode, Refusal, Result, Shop,
    money::Money,
    paging::{Page, PageRequest, write_cursor},
    staff::permission::{self, Permission},
};

/// A page of the timeline, oldest first. Shoppers see its public entries.
pub async fn timeline(
    shop: &Shop,
    context: &Context,
    order: &order::Model,
    page: &PageRequest,
) -> Result<Page<order_event::Model>> {
    let window = page.window::<(OrderId, i64)>()?;
    let number = window.cursor.map(|cursor| checked(cursor, order.id)).transpose()?;
    let mut query = order_event::Entity::find().filter(order_event::Column::OrderId.eq(order.id));
    if !sees_all(context) {
        query = query.filter(order_event::Column::Public.eq(true));
    }
    query = match (number, window.backward) {
        (None, _) => query,
        (Some(number), false) => query.filter(order_event::Column::Number.gt(number)),
        (Some(number), true) => query.filter(order_event::Column::Number.lt(number)),
    };
    let number = order_event::Column::Number;
    let query = if window.backward {
        query.order_by_desc(number)
    } else {
        query.order_by_asc(number)
    };
    let rows = query.limit(window.limit + 1).all(&shop.db).await?;
    Ok(window.page(rows, |event| cursor(event.order_id, event.number)))
}

/// The entries after `number`, oldest first, at most `limit`.
pub(super) async fn after(
    shop: &Shop,
    context: &Context,
    order: OrderId,
    number: i64,
    limit: u64,
) -> Result<Vec<order_event::Model>> {
    let mut query = order_event::Entity::find()
        .filter(order_event::Column::OrderId.eq(order))
        .filter(order_event::Column::Number.gt(number));
    if !sees_all(context) {
        query = query.filter(order_event::Column::Public.eq(true));
    }
    Ok(query
        .order_by_asc(order_event::Column::Number)
        .limit(limit)
        .all(&shop.db)
        .await?)
}

/// The cursor of the order's entry `number`.
pub fn cursor(order: OrderId, number: i64) -> String {
    write_cursor(&(order, number))
}

/// The number that a cursor of this order names.
pub(super) fn position(cursor: Option<&str>, order: OrderId) -> Result<i64, Refusal> {
    let page = PageRequest {
        first: Some(1),
        after: cursor.map(str::to_owned),
        ..PageRequest::default()
    };
    page.window::<(OrderId, i64)>()?
        .cursor
        .map_or(Ok(0), |cursor| checked(cursor, order))
}

fn checked((of, number): (OrderId, i64), order: OrderId) -> Result<i64, Refusal> {
    if of == order && number >= 0 {
        Ok(number)
    } else {
        Err(Refusal::new(
            ErrorCode::Invalid,
            "The cursor is not one that this order's timeline gave.",
        )
        .at(&["after"]))
    }
}

fn sees_all(context: &Context) -> bool {
    permission::allowed(context, Permission::Orders)
}

/// How much goes back, and why, where staff gave a reason: `€12.50 has been paid back to you: a scratch`.
fn refund(event: &order_event::Model, what: &str) -> String {
    let read = |name: &str| event.data.get(name).cloned().unwrap_or_default();
    let amount = serde_json::from_value(read("currency"))
        .ok()
        .zip(read("amountMinor").as_i64())
        .map_or_else(
            || "Your money".to_owned(),
            |(currency, minor)| Money::new(minor, currency).price(),
        );
    match read("reason").as_str() {
        Some(reason) => format!("{amount} {what}: {reason}"),
        None => format!("{amount} {what}."),
    }
}

/// Says it to the shopper, in a sentence; times by the clock of the shop's zone.
pub fn message(event: &order_event::Model, zone: Tz) -> String {
    let text = |name: &str| {
        event
            .data
            .get(name)
            .and_then(|value| value.as_str())
            .filter(|text| !text.is_empty())
    };
    match event.kind {
        OrderEventKind::Created => "We have received your order.".to_owned(),
        OrderEventKind::PaymentPending => "Your payment is being processed.".to_owned(),
        OrderEventKind::PaymentActionRequired => "Your bank asks you to confirm the payment.".to_owned(),
        OrderEventKind::PaymentInstructions => "We have told you how to pay.".to_owned(),
        OrderEventKind::PaymentSucceeded => match text("paid") {
            Some("held") => "Your payment is authorized.".to_owned(),
            Some("promised") => "You pay when the goods arrive.".to_owned(),
            _ => "Your payment has arrived.".to_owned(),
        },
        OrderEventKind::PaymentCaptured => "Your payment has been taken.".to_owned(),
        OrderEventKind::PaymentVoided => "The money that was held for your order has been released.".to_owned(),
        OrderEventKind::PaymentFailed => "Your payment did not go through. You can try again.".to_owned(),
        OrderEventKind::Confirmed => match text("by") {
            Some("LINK") => "Your order is confirmed.".to_owned(),
            _ => "Your order is confirmed and will be packed.".to_owned(),
        },
        OrderEventKind::Dispatched => match (text("by"), text("carrier")) {
            (Some("PICKUP"), _) => "Your order is ready to be picked up.".to_owned(),
            (_, Some(carrier)) => format!("Your order is on its way with {carrier}."),
            (_, None) => "Your order is on its way.".to_owned(),
        },
        OrderEventKind::Completed => "Your order is complete.".to_owned(),
        OrderEventKind::Cancelled => match CancelReason::of(&event.data) {
            Some(reason) => format!("Your order was cancelled: {}", reason.words()),
            None => "Your order was cancelled.".to_owned(),
        },
        OrderEventKind::RefundRequested => refund(event, "is on its way back to you"),
        OrderEventKind::Refunded => refund(event, "has been paid back to you"),
        OrderEventKind::ContactUpdated => "Your contact details were corrected.".to_owned(),
        OrderEventKind::ShippingAddressUpdated => "The address to which your order goes was corrected.".to_owned(),
        OrderEventKind::DownloadsRenewed => "Your downloads were renewed.".to_owned(),
        OrderEventKind::Alert => in_words(event, zone),
    }
}
