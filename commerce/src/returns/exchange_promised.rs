//! Goods that came back before they were paid, on account or in cash, are exchanged. No credit is made of what never came: so much
//! less is owed of their order, and the order by which others are sent is owed in the same way, for what it costs.

use vitrine_entity::{ids::RefundId, order, order_refund::RefundTo};

use super::{
    replacement::{self, Sent, Why},
    steps,
};
use crate::{
    Error, ErrorCode, Refusal, Result, Tx,
    language::messages,
    money::Money,
    payments::{self, ChosenMethod, RefundLine, RefundLines, Withheld},
};

/// How what is sent is to be paid, where at least as much as came back is still to be paid of a locked order, and how much it costs
/// then; `None` where that was paid.
///
/// # Errors
/// Refuses a way to pay that the shop has no more.
pub(super) async fn method(
    tx: &Tx,
    order: &order::Model,
    sent: &mut [Sent],
    back_minor: i64,
) -> Result<Option<ChosenMethod>> {
    let mut totals: Vec<i64> = sent.iter().map(|sent| sent.total_minor).collect();
    let step_minor = tx.shop().price_step_minor(order.currency);
    let costs_minor = steps::even_out(totals.iter_mut().collect(), 0, step_minor);
    let costs = Money::new(costs_minor, order.currency);
    let promised = payments::promised_as(tx, order.id, costs).await?;
    let Some((_, method)) = promised.filter(|(promised_minor, _)| *promised_minor >= back_minor) else {
        return Ok(None);
    };
    for (sent, total_minor) in sent.iter_mut().zip(totals) {
        sent.total_minor = total_minor;
    }
    Ok(Some(method))
}

/// Takes what came off what is owed, and places the order by which others are sent. Gives both orders, and the refund by which it is
/// less.
///
/// # Errors
/// Refuses goods of which less is left, and more on account than a company may owe.
pub(super) async fn swap(
    tx: &Tx,
    order: order::Model,
    (lines, sent): (&[RefundLine], &[Sent]),
    method: &ChosenMethod,
    why: &Why,
) -> Result<(order::Model, RefundId, order::Model)> {
    let what = RefundLines {
        lines,
        shipping: None,
        withheld: Withheld::Sum(0),
        to: RefundTo::Original,
        onto: None,
        reason: None,
    };
    let (order, refund) = payments::refund_lines(tx, order, &what).await?;
    let other = replacement::place(tx, &order, sent, &[], why, Some(method)).await?;
    Ok((order, refund, other))
}

/// Where a part of what came is paid and the rest is owed, no credit can be made of it as a whole: says what to do instead.
pub(super) fn refusal(error: Error, is_promised: bool) -> Error {
    match error {
        Error::Refused(_) if is_promised => {
            let message = messages::exchange_partly_paid();
            Refusal::new(ErrorCode::PaymentState, message).at(&["id"]).into()
        }
        error => error,
    }
}
