//! Money was paid back.

use crate::{
    Fault, credit,
    mail::of_order::{Entry, JobError, Letter, Mail, Message, Money, OrderView, Result, Shop, messages, templates},
    returns,
};

pub(super) struct OrderRefunded {
    pub(super) order: OrderView,
    pub(super) amount: Money,
    /// Why, in the words of staff.
    pub(super) reason: Option<String>,
    /// What was kept, of goods that came back.
    pub(super) fee: Option<Money>,
    /// Whether nothing of what was paid remains with the shop.
    pub(super) whole: bool,
    pub(super) to: MoneyTo,
}

/// Where the money went.
pub(super) enum MoneyTo {
    /// Back to the means of payment.
    Payment,
    /// Back to a gift card, whose code ends so.
    GiftCard(String),
    StoreCredit,
    /// It pays what is sent in place of what came back.
    Exchange,
    /// Of an exchange: to what the first order was paid with, of which that order's mail tells.
    FirstOrder,
    /// Nowhere, as nothing had come: less is to be paid.
    Owed,
}

templates! { OrderRefunded: "order_refunded/body.txt", "order_refunded/body.html" }

impl Letter for OrderRefunded {
    fn subject(&self) -> Message {
        match self.to {
            MoneyTo::Exchange => messages::mail_exchanged_subject(&self.order.number),
            MoneyTo::Owed => messages::mail_owed_less_subject(&self.order.number),
            _ => messages::mail_refunded_subject(&self.order.number),
        }
    }

    fn heading(&self) -> Message {
        match self.to {
            MoneyTo::Exchange => messages::mail_exchanged_heading(),
            MoneyTo::Owed => messages::mail_owed_less_heading(),
            _ => messages::mail_refunded_heading(),
        }
    }

    fn preview(&self) -> Message {
        match &self.to {
            MoneyTo::Payment => messages::mail_refunded_preview(self.amount),
            MoneyTo::GiftCard(_) | MoneyTo::StoreCredit | MoneyTo::Exchange | MoneyTo::FirstOrder | MoneyTo::Owed => {
                self.text()
            }
        }
    }

    fn next(&self) -> Option<Message> {
        match &self.to {
            MoneyTo::Payment => Some(messages::mail_refunded_next()),
            MoneyTo::GiftCard(_) | MoneyTo::StoreCredit => Some(messages::mail_refunded_credit_next()),
            MoneyTo::Exchange => Some(messages::mail_exchanged_next()),
            MoneyTo::FirstOrder | MoneyTo::Owed => None,
        }
    }
}

impl OrderRefunded {
    fn text(&self) -> Message {
        let number = &self.order.number;
        match (&self.to, self.whole) {
            (MoneyTo::Payment, true) => messages::mail_refunded_text_whole(self.amount, number),
            (MoneyTo::Payment, false) => messages::mail_refunded_text(self.amount, number),
            (MoneyTo::GiftCard(digits), _) => messages::mail_refunded_card_text(self.amount, number, digits),
            (MoneyTo::StoreCredit, _) => messages::mail_refunded_credit_text(self.amount, number),
            (MoneyTo::Exchange, _) => messages::mail_exchanged_text(number, self.amount),
            (MoneyTo::FirstOrder, _) => messages::mail_refunded_first_text(self.amount, number),
            (MoneyTo::Owed, _) => messages::mail_owed_less_text(self.amount, number),
        }
    }
}

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    let corrupt = || Fault::Corrupt {
        table: "order_event",
        column: "data",
        id: format!("{}.{}", entry.order.id, entry.event.number),
    };
    let amount_minor: i64 = entry.named("amountMinor").ok_or_else(corrupt)?;
    let left_minor = |payment: &vitrine_entity::payment::Model| {
        payment.captured_minor - payment.refunded_minor - payment.credited_minor
    };
    let kept_minor: i64 = entry.payments(shop).await?.iter().map(left_minor).sum();
    let credits = match entry.order.credit_minor {
        0 => Vec::new(),
        _ => {
            let mut found = credit::of_orders(shop, &[entry.order.id]).await?;
            found.remove(&entry.order.id).unwrap_or_default()
        }
    };
    let kept_credit = credits.iter().any(|(paid, _)| paid.returned_minor < paid.amount_minor);
    let to: Option<String> = entry.named("to");
    let to = match to.as_deref() {
        Some("GIFT_CARD") => MoneyTo::GiftCard(entry.named("lastFour").unwrap_or_default()),
        Some("STORE_CREDIT") => MoneyTo::StoreCredit,
        Some("EXCHANGE") => MoneyTo::Exchange,
        Some("FIRST_ORDER") => MoneyTo::FirstOrder,
        Some("OWED") => MoneyTo::Owed,
        _ => MoneyTo::Payment,
    };
    let shown = OrderRefunded {
        order: entry.view(shop).await?,
        amount: Money::new(amount_minor, entry.order.currency),
        reason: entry.named("reason"),
        fee: fee(shop, entry).await?,
        whole: kept_minor == 0 && !kept_credit,
        to,
    };
    Ok(Some(entry.render(&shown)?))
}

async fn fee(shop: &Shop, entry: &Entry) -> Result<Option<Money>> {
    // Of credit that was given it is not written down.
    let Some(refund) = entry.named("refund") else {
        return Ok(None);
    };
    let fee_minor = returns::fee_minor_of(shop, refund).await?;
    Ok(fee_minor.map(|minor| Money::new(minor, entry.order.currency)))
}
