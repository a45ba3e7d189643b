//! The order was cancelled, and what becomes of the money.

use vitrine_entity::payment::PaymentStatus;

use crate::{
    Result, Shop,
    jobs::JobError,
    mail::{
        layout::{Entry, OrderView},
        render::templates,
        words::{one_line, price},
    },
    orders::CancelReason,
    ports::mailer::Mail,
};

pub(super) struct OrderCancelled {
    pub(super) order: OrderView,
    /// In the words of whoever cancelled it.
    pub(super) reason: Option<String>,
    pub(super) money: MoneyBack,
}

/// What becomes of the money.
#[derive(Debug)]
pub(super) enum MoneyBack {
    /// No money was taken or held.
    Nothing,
    /// The provider has not told yet what became of the payment.
    Unknown,
    /// An amount may have been held, and will be let go.
    Hold,
    /// This much was taken, and will be paid back.
    Paid(String),
}

templates! {
    OrderCancelled: "order_cancelled/subject.txt", "order_cancelled/body.txt", "order_cancelled/body.html"
}

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let reason = CancelReason::of(&entry.event.data);
    let shown = OrderCancelled {
        order: entry.view(shop).await?,
        reason: reason.map(|reason| one_line(reason.words())),
        money: money_back(shop, entry).await?,
    };
    Ok(Some(entry.render(&shown)?))
}

async fn money_back(shop: &Shop, entry: &Entry) -> Result<MoneyBack> {
    let payments = entry.payments(shop).await?;
    let captured_minor: i64 = payments.iter().map(|payment| payment.captured_minor).sum();
    if captured_minor > 0 {
        return Ok(MoneyBack::Paid(price(captured_minor, entry.order.currency)));
    }
    let is_unknown = |status| matches!(status, PaymentStatus::Unknown | PaymentStatus::Pending);
    if payments.iter().any(|payment| is_unknown(payment.status)) {
        return Ok(MoneyBack::Unknown);
    }
    let held = payments.iter().any(|payment| payment.status != PaymentStatus::Declined);
    Ok(if held { MoneyBack::Hold } else { MoneyBack::Nothing })
}
