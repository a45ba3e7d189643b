//! The order was cancelled, and what becomes of the money.

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};
use vitrine_entity::{order_refund, order_return, payment::PaymentStatus};

use crate::{
    mail::of_order::{Entry, JobError, Letter, Mail, Message, Money, OrderView, Result, Shop, messages, templates},
    orders::CancelReason,
};

pub(super) struct OrderCancelled {
    pub(super) order: OrderView,
    /// In the words of whoever cancelled it.
    pub(super) reason: Option<Message>,
    pub(super) money: MoneyBack,
    /// What becomes of what credit paid: a sentence each.
    pub(super) credit: Vec<Message>,
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
        credit: credit(shop, entry).await?,
    };
    Ok(Some(entry.render(&shown)?))
}

/// What had paid goods that came back in an exchange goes on to what these were paid with.
async fn credit(shop: &Shop, entry: &Entry) -> Result<Vec<Message>> {
    let paid_minor = entry.order.credit_minor;
    if paid_minor == 0 {
        return Ok(Vec::new());
    }
    let exchange = order_return::Entity::find()
        .filter(order_return::Column::ExchangeOrderId.eq(entry.order.id))
        .one(&shop.db)
        .await?;
    let refund = match exchange.and_then(|exchange| exchange.exchange_refund_id) {
        Some(refund) => order_refund::Entity::find_by_id(refund).one(&shop.db).await?,
        None => None,
    };
    let goes_on_minor = refund.map_or(0, |refund| refund.amount_minor);
    let mut sentences = Vec::new();
    if goes_on_minor > 0 {
        sentences.push(messages::mail_cancelled_exchange());
    }
    if goes_on_minor < paid_minor {
        sentences.push(messages::mail_cancelled_credit());
    }
    Ok(sentences)
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
