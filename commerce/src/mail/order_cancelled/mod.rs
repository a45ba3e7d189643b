//! The order was cancelled, and what becomes of the money.

use vitrine_entity::payment::PaymentStatus;

use crate::{
    Result, Shop,
    jobs::JobError,
    language::{Message, messages},
    mail::{
        layout::{Entry, OrderView},
        render::{Letter, templates},
    },
    money::Money,
    orders::CancelReason,
    ports::mailer::Mail,
};

pub(super) struct OrderCancelled {
    pub(super) order: OrderView,
    /// In the words of whoever cancelled it.
    pub(super) reason: Option<Message>,
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
    Paid(Money),
}

templates! { OrderCancelled: "order_cancelled/body.txt", "order_cancelled/body.html" }

impl Letter for OrderCancelled {
    fn subject(&self) -> Message {
        messages::mail_cancelled_subject(&self.order.number)
    }

    fn heading(&self) -> Message {
        messages::mail_cancelled_heading()
    }

    fn preview(&self) -> Message {
        match &self.reason {
            Some(reason) => messages::mail_cancelled_reason(reason),
            None => messages::mail_cancelled_text(&self.order.number),
        }
    }
}

impl MoneyBack {
    fn message(&self) -> Message {
        match self {
            Self::Nothing => messages::mail_cancelled_not_charged(),
            Self::Unknown => messages::mail_cancelled_payment_unknown(),
            Self::Hold => messages::mail_cancelled_held(),
            Self::Paid(amount) => messages::mail_cancelled_paid(amount),
        }
    }
}

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let reason = CancelReason::of(&entry.event.data);
    let shown = OrderCancelled {
        order: entry.view(shop).await?,
        reason: reason.map(CancelReason::message),
        money: money_back(shop, entry).await?,
    };
    Ok(Some(entry.render(&shown)?))
}

async fn money_back(shop: &Shop, entry: &Entry) -> Result<MoneyBack> {
    let payments = entry.payments(shop).await?;
    let captured_minor: i64 = payments.iter().map(|payment| payment.captured_minor).sum();
    if captured_minor > 0 {
        return Ok(MoneyBack::Paid(Money::new(captured_minor, entry.order.currency)));
    }
    let is_unknown = |status| matches!(status, PaymentStatus::Unknown | PaymentStatus::Pending);
    if payments.iter().any(|payment| is_unknown(payment.status)) {
        return Ok(MoneyBack::Unknown);
    }
    let held = payments.iter().any(|payment| payment.status != PaymentStatus::Declined);
    Ok(if held { MoneyBack::Hold } else { MoneyBack::Nothing })
}
