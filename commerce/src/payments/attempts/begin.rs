//! Begins an attempt to be paid.

use vitrine_entity::{ids::PaymentId, order};

use super::{method::ChosenMethod, store};
use crate::{
    ErrorCode, Refusal, Result, Tx,
    jobs::Job,
    language::{Message, messages},
    orders::state::Transition,
    transaction::is_unique_violation,
};

/// What a new order begins with: an order that costs nothing is paid as it stands.
pub fn first_step(total_minor: i64) -> Transition {
    if total_minor == 0 {
        Transition::PaymentSucceeded
    } else {
        Transition::RequestPayment
    }
}

/// Records what follows from an order's [`first_step`]: its first attempt or, where nothing is to be paid, that it is
/// paid.
pub fn begin(tx: &Tx, order: &order::Model, method: Option<&ChosenMethod>) {
    let Some(method) = method else {
        tx.enqueue(order.id, Job::DeductStock { order: order.id });
        return;
    };
    // The order is written with the end of the transaction, and no other attempt can be there.
    let id = store::insert_later(tx, order, method);
    follow(tx, order, id);
}

pub(super) async fn write_attempt(
    tx: &Tx,
    order: &order::Model,
    method: &ChosenMethod,
    asked: store::AskedFor,
) -> Result<()> {
    let id = match store::insert(tx, order, method, asked).await {
        Ok(id) => id,
        Err(error) if is_unique_violation(&error) => {
            return Err(in_progress(messages::payment_earlier_open()).into());
        }
        Err(error) => return Err(error.into()),
    };
    follow(tx, order, id);
    Ok(())
}

fn follow(tx: &Tx, order: &order::Model, id: PaymentId) {
    tx.enqueue(order.id, Job::ProcessPayment { payment: id });
    let settle_after = tx.shop().settings.payment_settle_after;
    tx.enqueue_after(order.id, Job::SettlePayment { payment: id }, settle_after);
}

pub(in crate::payments) fn in_progress(message: Message) -> Refusal {
    Refusal::new(ErrorCode::PaymentInProgress, message).at(&["orderId"])
}
