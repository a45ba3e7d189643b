//! The payment did not go through, and can be tried again.

use vitrine_entity::order::OrderStatus;

use crate::{
    language::Value,
    mail::of_order::{Entry, JobError, Letter, Mail, Message, OrderView, Result, Shop, messages, templates},
    payments::decline_message,
};

pub(super) struct PaymentFailed {
    pub(super) order: OrderView,
    /// A sentence.
    pub(super) reason: Message,
    /// Until when the goods are held, where they are.
    pub(super) held_until: Option<Value>,
}

templates! { PaymentFailed: "payment_failed/body.txt", "payment_failed/body.html" }

impl Letter for PaymentFailed {
    fn subject(&self) -> Message {
        messages::mail_payment_failed_subject(&self.order.number)
    }

    fn heading(&self) -> Message {
        messages::mail_payment_failed_heading()
    }

    fn preview(&self) -> Message {
        messages::mail_payment_failed_text(&self.order.number)
    }

    fn action(&self) -> Message {
        messages::mail_payment_failed_action()
    }

    fn next(&self) -> Option<Message> {
        Some(match self.held_until {
            Some(_) => messages::mail_payment_next_held(),
            None => messages::mail_payment_next(),
        })
    }
}

pub(super) async fn load(shop: &Shop, entry: &Entry) -> Result<Option<Mail>, JobError> {
    if entry.order.status != OrderStatus::PaymentFailed {
        return Ok(None);
    }
    let code: Option<String> = entry.named("declineCode");
    let shown = PaymentFailed {
        order: entry.view(shop).await?,
        reason: decline_message(code.as_deref().unwrap_or_default()),
        held_until: entry.held_until(shop).await?,
    };
    Ok(Some(entry.render(&shown)?))
}
