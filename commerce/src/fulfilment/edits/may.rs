//! Whether an order may be changed, and sent although something of it is to be paid.

use chrono::{DateTime, TimeDelta, Utc};
use vitrine_entity::{
    order::{self, OrderStatus},
    order_edit_policy,
};

use super::policy;
use crate::{
    ErrorCode, Refusal, Result, Tx,
    language::messages,
    money::Money,
    orders::{Alert, alert},
};

/// Refuses an order that is not confirmed yet, and one that is on its way or over.
pub(super) fn may_be_edited(order: &order::Model) -> Result<(), Refusal> {
    let message = match order.status {
        OrderStatus::Confirmed => return Ok(()),
        OrderStatus::Created
        | OrderStatus::PaymentPending
        | OrderStatus::PaymentFailed
        | OrderStatus::PaymentSuccess => messages::edit_unconfirmed(),
        OrderStatus::Dispatched | OrderStatus::Completed => messages::edit_sent(),
        OrderStatus::Cancelled => messages::edit_cancelled(),
    };
    Err(Refusal::new(ErrorCode::OrderState, message).at(&["orderId"]))
}

/// Until when whoever placed an order may change it themselves, while it is confirmed; `None` where they may not.
pub fn editable_until(
    order: &order::Model,
    policy: &order_edit_policy::Model,
    now: DateTime<Utc>,
) -> Option<DateTime<Utc>> {
    let until = order.placed_at + TimeDelta::minutes(policy.shopper_minutes.into());
    (order.status == OrderStatus::Confirmed && order.ships && until > now).then_some(until)
}

/// Whether whoever placed it may change it now.
pub(super) async fn may_be_edited_by_shopper(tx: &Tx, order: &order::Model) -> Result<()> {
    may_be_edited(order)?;
    let policy = policy::policy_on(tx).await?;
    match editable_until(order, &policy, tx.shop().now()) {
        Some(_) => Ok(()),
        None => {
            let message = messages::edit_by_shopper_too_late();
            Err(Refusal::new(ErrorCode::OrderState, message).at(&["orderId"]).into())
        }
    }
}

/// What a change has put on is paid before anything leaves, unless the shop says otherwise.
///
/// # Errors
/// `PAYMENT_STATE`.
pub(in crate::fulfilment) async fn refuse_unpaid(tx: &Tx, order: &order::Model) -> Result<()> {
    if order.unpaid_minor == 0 || policy::policy_on(tx).await?.dispatches_unpaid {
        return Ok(());
    }
    let message = messages::edit_unpaid_not_sent(Money::new(order.unpaid_minor, order.currency));
    Err(Refusal::new(ErrorCode::PaymentState, message).at(&["orderId"]).into())
}

/// What leaves is paid, or held, unless the shop says otherwise: then staff are told of it.
///
/// # Errors
/// `PAYMENT_STATE`.
pub(in crate::fulfilment) async fn refuse_short(
    tx: &Tx,
    order: order::Model,
    short_minor: i64,
) -> Result<order::Model> {
    if short_minor == 0 {
        return Ok(order);
    }
    if policy::policy_on(tx).await?.dispatches_unpaid {
        let (amount_minor, currency) = (short_minor, order.currency);
        return alert(tx, order, &Alert::LeftUnpaid { amount_minor, currency }).await;
    }
    let message = messages::parcel_short(Money::new(short_minor, order.currency));
    Err(Refusal::new(ErrorCode::PaymentState, message).at(&["orderId"]).into())
}
