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
    language::{Message, messages},
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
        Err(Refusal::new(ErrorCode::Invalid, messages::timeline_cursor()).at(&["after"]))
    }
}

fn sees_all(context: &Context) -> bool {
    permission::allowed(context, Permission::Orders)
}

/// How much goes back, and why, where staff gave a reason.
fn refund(event: &order_event::Model) -> (Option<Money>, Option<&str>) {
    let read = |name: &str| event.data.get(name).cloned().unwrap_or_default();
    let amount = serde_json::from_value(read("currency"))
        .ok()
        .zip(read("amountMinor").as_i64())
        .map(|(currency, minor)| Money::new(minor, currency));
    (amount, event.data.get("reason").and_then(|reason| reason.as_str()))
}

/// An amount of a change of the order, where it is more than nothing.
fn edited(event: &order_event::Model, name: &str) -> Option<Money> {
    let minor = event.data.get(name)?.as_i64().filter(|minor| *minor > 0)?;
    let currency = serde_json::from_value(event.data.get("currency")?.clone()).ok()?;
    Some(Money::new(minor, currency))
}

/// Says it to the shopper, in a sentence; times by the clock of the shop's zone.
pub fn message(event: &order_event::Model, zone: Tz) -> Message {
    let text = |name: &str| {
        event
            .data
            .get(name)
            .and_then(|value| value.as_str())
            .filter(|text| !text.is_empty())
    };
    match event.kind {
        OrderEventKind::Created => match text("draft") {
            Some(number) => messages::timeline_created_from_draft(number),
            None => messages::timeline_created(),
        },
        OrderEventKind::PaymentPending => messages::timeline_payment_pending(),
        OrderEventKind::PaymentActionRequired => messages::timeline_action_required(),
        OrderEventKind::PaymentInstructions => messages::timeline_instructions(),
        OrderEventKind::PaymentSucceeded => match text("paid") {
            Some("held") => messages::timeline_payment_authorized(),
            Some("promised") => messages::timeline_payment_promised(),
            Some("on_account") => messages::timeline_payment_on_account(),
            _ => messages::timeline_payment_arrived(),
        },
        OrderEventKind::PaymentCaptured => messages::timeline_payment_captured(),
        OrderEventKind::PaymentVoided => messages::timeline_payment_voided(),
        OrderEventKind::PaymentFailed => messages::timeline_payment_failed(),
        OrderEventKind::Confirmed => match text("by") {
            Some("LINK") => messages::timeline_confirmed(),
            _ => messages::timeline_confirmed_packed(),
        },
        OrderEventKind::Dispatched => match (text("by"), text("carrier")) {
            (Some("PICKUP"), _) => messages::timeline_dispatched_pick_up(),
            (_, Some(carrier)) => messages::timeline_dispatched_carrier(carrier),
            (_, None) => messages::timeline_dispatched(),
        },
        OrderEventKind::ParcelPacked => messages::timeline_parcel_packed(),
        OrderEventKind::ParcelDispatched => match (text("by"), text("carrier")) {
            (Some("PICKUP"), _) => messages::timeline_parcel_dispatched_pick_up(),
            (_, Some(carrier)) => messages::timeline_parcel_dispatched_carrier(carrier),
            (_, None) => messages::timeline_parcel_dispatched(),
        },
        OrderEventKind::ParcelMoved => match text("status") {
            Some("OUT_FOR_DELIVERY") => messages::timeline_parcel_out_for_delivery(),
            _ => messages::timeline_parcel_in_transit(),
        },
        OrderEventKind::ParcelDelivered => messages::timeline_parcel_delivered(),
        OrderEventKind::ParcelDeliveryFailed => messages::timeline_parcel_delivery_failed(),
        OrderEventKind::ParcelReturned => messages::timeline_parcel_returned(),
        OrderEventKind::ParcelUpdated => messages::timeline_parcel_updated(),
        OrderEventKind::ParcelCancelled => messages::timeline_parcel_cancelled(),
        OrderEventKind::Completed => messages::timeline_completed(),
        OrderEventKind::Cancelled => match CancelReason::of(&event.data) {
            Some(reason) => messages::timeline_cancelled_reason(reason.message()),
            None => messages::timeline_cancelled(),
        },
        OrderEventKind::RefundRequested => match refund(event) {
            (Some(amount), Some(reason)) => messages::timeline_refund_requested_reason(amount, reason),
            (Some(amount), None) => messages::timeline_refund_requested(amount),
            (None, _) => messages::timeline_refund_requested_all(),
        },
        OrderEventKind::Refunded if text("to") == Some("EXCHANGE") => messages::timeline_exchanged(),
        OrderEventKind::Refunded if text("to") == Some("FIRST_ORDER") => messages::timeline_refunded_first(),
        OrderEventKind::Refunded if text("to") == Some("OWED") => messages::timeline_owed_less(),
        OrderEventKind::Refunded => match refund(event) {
            (Some(amount), Some(reason)) => messages::timeline_refunded_reason(amount, reason),
            (Some(amount), None) => messages::timeline_refunded(amount),
            (None, _) => messages::timeline_refunded_all(),
        },
        OrderEventKind::ContactUpdated => messages::timeline_contact_updated(),
        OrderEventKind::ShippingAddressUpdated => messages::timeline_address_updated(),
        OrderEventKind::DownloadsRenewed => messages::timeline_downloads_renewed(),
        OrderEventKind::ReturnRequested => messages::timeline_return_requested(),
        OrderEventKind::ReturnApproved => messages::timeline_return_approved(),
        OrderEventKind::ReturnRefused => messages::timeline_return_refused(),
        OrderEventKind::ReturnCancelled => messages::timeline_return_cancelled(),
        OrderEventKind::ReturnReceived => messages::timeline_return_received(),
        OrderEventKind::ReturnClosed => messages::timeline_return_closed(),
        OrderEventKind::ClaimSettled => match text("kind") {
            Some("RESEND") => messages::timeline_claim_resent(),
            _ => messages::timeline_claim_settled(),
        },
        OrderEventKind::Edited => match (edited(event, "unpaidMinor"), edited(event, "refundMinor")) {
            (Some(amount), _) => messages::timeline_edited_unpaid(amount),
            (None, Some(amount)) => messages::timeline_edited_refund(amount),
            (None, None) => messages::timeline_edited(),
        },
        OrderEventKind::WithdrawalReceived => messages::timeline_withdrawal_received(),
        OrderEventKind::WithdrawalAccepted => messages::timeline_withdrawal_accepted(),
        OrderEventKind::WithdrawalRefused => messages::timeline_withdrawal_refused(),
        OrderEventKind::Alert => in_words(event, zone),
    }
}
