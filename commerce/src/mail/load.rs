//! Reads what a mail needs: the order's rows as they are now, and from the timeline's entry what
//! only it knows (`declineCode`, `reason`, `amountMinor`).

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde::de::DeserializeOwned;
use vitrine_entity::{
    ids::OrderId, order, order_event, order_line, payment, payment::PaymentStatus, reservation,
    reservation::ReservationState, shipment, shipment_line,
};

use super::{
    view::{Line, MoneyBack, Occasion, OrderView, Parcel},
    words::{decline_reason, moment, one_line, price},
};
use crate::{Fault, Result, Shop, jobs::JobError, notifications::MailKind, orders};

/// # Errors
/// Buried when there is no such row: no repetition will bring it.
pub(super) async fn order_and_event(
    shop: &Shop,
    order: OrderId,
    event: i64,
) -> Result<(order::Model, order_event::Model), JobError> {
    let gone = |what: &str| JobError::Bury(Fault::Other(format!("{what} of {order} does not exist"), None).into());
    let row = order::Entity::find_by_id(order)
        .one(&shop.db)
        .await?
        .ok_or_else(|| gone("the row"))?;
    let event = order_event::Entity::find_by_id((order, event)).one(&shop.db).await?;
    Ok((row, event.ok_or_else(|| gone("the timeline's entry"))?))
}

pub(super) async fn view(shop: &Shop, order: &order::Model, event: &order_event::Model) -> Result<OrderView> {
    let lines = lines(shop, order.id).await?;
    let link = orders::access::link(shop, order.id);
    Ok(OrderView::new(
        &shop.settings.shop_name,
        order,
        &lines,
        order.currency,
        link,
        event.number,
    ))
}

pub(super) async fn occasion(
    shop: &Shop,
    kind: MailKind,
    order: &order::Model,
    event: &order_event::Model,
) -> Result<Occasion> {
    Ok(match kind {
        MailKind::OrderReceived => Occasion::Received,
        MailKind::OrderConfirmed => Occasion::Confirmed,
        MailKind::PaymentInstructions => Occasion::PaymentInstructions {
            instructions: named(event, "instructions").unwrap_or_default(),
            held_until: held_until(shop, order).await?,
        },
        MailKind::PaymentFailed => payment_failed(shop, order, event).await?,
        MailKind::OrderDispatched => Occasion::Dispatched(parcel(shop, order).await?),
        MailKind::OrderCancelled => {
            let reason: Option<String> = named(event, "reason");
            Occasion::Cancelled {
                reason: reason.map(|reason| one_line(&reason)),
                money: money_back(shop, order).await?,
            }
        }
        MailKind::OrderRefunded => refunded(shop, order, event).await?,
    })
}

async fn payment_failed(shop: &Shop, order: &order::Model, event: &order_event::Model) -> Result<Occasion> {
    let code: Option<String> = named(event, "declineCode");
    Ok(Occasion::PaymentFailed {
        reason: decline_reason(code.as_deref()),
        held_until: held_until(shop, order).await?,
    })
}

/// Until when the goods are held, in words; `None` where they are not.
async fn held_until(shop: &Shop, order: &order::Model) -> Result<Option<String>> {
    let held = reservation::Entity::find()
        .filter(reservation::Column::OrderId.eq(order.id))
        .filter(reservation::Column::State.eq(ReservationState::Held))
        .filter(reservation::Column::ExpiresAt.gt(shop.now()))
        .order_by_asc(reservation::Column::ExpiresAt)
        .one(&shop.db)
        .await?;
    Ok(held.map(|reservation| moment(reservation.expires_at)))
}

async fn parcel(shop: &Shop, order: &order::Model) -> Result<Parcel> {
    let of_order = shipment::Entity::find().filter(shipment::Column::OrderId.eq(order.id));
    let newest = of_order.order_by_desc(shipment::Column::Id).one(&shop.db).await?;
    let Some(shipment) = newest else {
        return Ok(Parcel::default());
    };
    let held = shipment_line::Entity::find()
        .filter(shipment_line::Column::ShipmentId.eq(shipment.id))
        .all(&shop.db)
        .await?;
    let (ordered, currency) = (lines(shop, order.id).await?, order.currency);
    let quantity_of = |line: &order_line::Model| -> i32 {
        held.iter()
            .filter(|part| part.order_line_id == line.id)
            .map(|part| part.quantity)
            .sum()
    };
    let whole = held.is_empty() || ordered.iter().all(|line| quantity_of(line) == line.quantity);
    let part = ordered
        .iter()
        .map(|line| (line, quantity_of(line)))
        .filter(|(_, quantity)| !whole && *quantity > 0);
    let is_web = |url: &String| url.starts_with("https://") || url.starts_with("http://");
    Ok(Parcel {
        carrier: shipment.carrier.map(|carrier| one_line(&carrier)),
        tracking_number: shipment.tracking_number.map(|number| one_line(&number)),
        tracking_url: shipment.tracking_url.map(|url| one_line(&url)).filter(is_web),
        part: part
            .map(|(line, quantity)| Line::new(line, quantity, currency))
            .collect(),
    })
}

async fn money_back(shop: &Shop, order: &order::Model) -> Result<MoneyBack> {
    let payments = payments(shop, order.id).await?;
    let captured_minor: i64 = payments.iter().map(|payment| payment.captured_minor).sum();
    if captured_minor > 0 {
        return Ok(MoneyBack::Paid(price(captured_minor, order.currency)));
    }
    let is_unknown = |status| matches!(status, PaymentStatus::Unknown | PaymentStatus::Pending);
    if payments.iter().any(|payment| is_unknown(payment.status)) {
        return Ok(MoneyBack::Unknown);
    }
    let held = payments.iter().any(|payment| payment.status != PaymentStatus::Declined);
    Ok(if held { MoneyBack::Hold } else { MoneyBack::Nothing })
}

async fn refunded(shop: &Shop, order: &order::Model, event: &order_event::Model) -> Result<Occasion> {
    let corrupt = || Fault::Corrupt {
        table: "order_event",
        column: "data",
        id: format!("{}.{}", order.id, event.number),
    };
    let amount_minor: i64 = named(event, "amountMinor").ok_or_else(corrupt)?;
    let payments = payments(shop, order.id).await?;
    let left_minor: i64 = payments
        .iter()
        .map(|payment| payment.captured_minor - payment.refunded_minor)
        .sum();
    Ok(Occasion::Refunded {
        amount: price(amount_minor, order.currency),
        whole: left_minor == 0,
    })
}

async fn lines(shop: &Shop, order: OrderId) -> Result<Vec<order_line::Model>> {
    let lines = order_line::Entity::find().filter(order_line::Column::OrderId.eq(order));
    Ok(lines.order_by_asc(order_line::Column::Position).all(&shop.db).await?)
}

async fn payments(shop: &Shop, order: OrderId) -> Result<Vec<payment::Model>> {
    Ok(payment::Entity::find()
        .filter(payment::Column::OrderId.eq(order))
        .all(&shop.db)
        .await?)
}

fn named<T: DeserializeOwned>(event: &order_event::Model, key: &str) -> Option<T> {
    serde_json::from_value(event.data.get(key)?.clone()).ok()
}
