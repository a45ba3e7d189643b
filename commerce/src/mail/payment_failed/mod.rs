//! The payment did not go through, and can be tried again.

use vitrine_entity::order::OrderStatus;

use crate::{
    Result, Shop,
    jobs::JobError,
    mail::{
        layout::{Entry, OrderView},
        render::templates,
    },
    payments::decline_message,
    ports::mailer::Mail,
};

pub(super) struct PaymentFailed {
    pub(super) order: OrderView,
    /// A sentence.
    pub(super) reason: &'static str,
    /// Until when the goods are held, where they are.
    pub(super) held_until: Option<String>,
}

templates! { PaymentFailed: "payment_failed/subject.txt", "payment_failed/body.txt", "payment_failed/body.html" }

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
